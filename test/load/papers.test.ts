import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asLines, paper, questions } from '../../scripts/load/papers.ts';
import { References } from '../../scripts/load/references.ts';
import { KINDS, mixed } from '../../scripts/load/requests.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { mulberry32 } from '../../src/util/random.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('makes papers that only their own words find', async () => {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const encoder = new HashingEncoder();
  const papers = Array.from({ length: 30 }, (_, n) => paper(n));
  await writeFile(join(folder, 'papers.jsonl'), asLines(papers));
  const { snapshot } = await ingest([join(folder, 'papers.jsonl')], { index, encoder });
  const references = new References(join(folder, 'copies'), openIndex, encoder);
  expect([...(await references.keep(index, snapshot))].sort()).toEqual(papers.map(({ id }) => id).sort());

  const engine = await openIndex(index, { encoder });
  const held = await engine.acquire();
  for (const { mark, id } of papers) {
    const { hits } = await held.search({ query: mark, mode: 'keyword', fallback: false });
    expect(hits.map((hit) => hit.paper.id)).toEqual([id]);
  }
  const requests = mixed(questions(), () => papers.map(({ id }) => id), mulberry32(1));
  const seen = new Set<string>();
  for (let i = 0; i < 60; i++) {
    const request = requests.next().value;
    seen.add(request.kind);
    expect(await references.expected(snapshot, request)).toBeTypeOf('object');
  }
  expect([...seen].sort()).toEqual([...KINDS].sort());
  await engine.close();
  await references.close();
});

test('makes the same paper for the same number, and no two alike', () => {
  expect(paper(7)).toEqual(paper(7));
  expect(new Set(Array.from({ length: 1000 }, (_, n) => paper(n).mark)).size).toBe(1000);
});
