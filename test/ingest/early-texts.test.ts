import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** More than the engine waits for before it begins. */
const PAPERS = 4100;

test('a new index whose texts are indexed as they are read has the keyword index of its papers', async () => {
  const folder = await temporaryFolder();
  const record = (n: number) => ({
    // Not in the order of reading.
    id: `p${(n * 7919) % PAPERS}`,
    title: `Paper number${n}`,
    abstract: `About few-shot topic${n % 7}.`,
    keywords: [`key${n % 3}`],
  });
  const records = Array.from({ length: PAPERS }, (_, n) => record(n));
  const doi = (n: number) => ({ externalIds: { doi: `10.1000/${n}` } });
  const text = (all: readonly object[]) => all.map((each) => `${JSON.stringify(each)}\n`).join('');
  const [one, two] = [join(folder, 'one.jsonl'), join(folder, 'two.jsonl')];
  // The first 50 have two records each, of which the other has further keywords; one is there twice.
  await writeFile(
    one,
    text([...records.map((each, n) => ({ ...each, ...doi(n) })), { ...records[60], ...doi(60) }]),
  );
  const others = records
    .slice(0, 50)
    .map((each, n) => ({ ...each, id: `other${n}`, keywords: ['more'], ...doi(n) }));
  await writeFile(two, text(others));
  const index = join(folder, 'index');
  const report = await ingest([one, two], { index, encoder: new HashingEncoder(), corpusMap: false });
  expect(report).toMatchObject({ papers: PAPERS, ofSeveralSources: 50, duplicate: 51 });
  const snapshot = await openSnapshot(index);
  const { papers: stored, name } = snapshot;
  const papers: Paper[] = Array.from({ length: PAPERS }, (_, doc) => stored.read(doc));
  snapshot.close();
  const built = await bm25Engine.build(papers);
  const file = await readFile(join(index, name, 'lexical.bin'));
  expect(file.equals(Buffer.concat(built.serialize()))).toBe(true);
  // Lines are taken over as records were stored: they are what writing the papers gives.
  const lines = await readFile(join(index, name, 'papers.jsonl'), 'utf8');
  expect(lines === papers.map((paper) => `${JSON.stringify(paper)}\n`).join('')).toBe(true);
});
