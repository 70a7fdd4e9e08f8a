import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Tuning } from '../../../src/indexes/store/manifest.ts';
import { publishTuning } from '../../../src/indexes/store/publish-tuning.ts';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { publishSnapshot, type SnapshotContent } from '../../../src/indexes/store/snapshot-writer.ts';
import { verifyIndex } from '../../../src/indexes/store/verify.ts';
import { paperOf } from '../../support/papers.ts';
import { contentOf } from '../../support/snapshot-content.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FIGURES = { queries: 60, default: 0.5, tuned: 0.6, p: 0.01 };
const TUNING: Tuning = {
  lexicalShare: 0.4,
  bm25: { k1: 1.2, b: 0.75, fieldWeights: { title: 2, abstract: 1, keywords: 2, authors: 1, venue: 0.5 } },
  papers: 1,
  seed: 1,
  figures: { fit: FIGURES, check: FIGURES },
};

async function indexFolder(more: Partial<SnapshotContent> = {}) {
  const folder = await temporaryFolder();
  return { folder, name: await publishSnapshot(folder, contentOf(more), '1.2.3') };
}

const manifestOf = async (folder: string) => {
  const snapshot = await openSnapshot(folder);
  snapshot.close();
  return snapshot.manifest;
};

test('writes the weights into a new snapshot that shares the other files', async () => {
  const { folder, name } = await indexFolder();
  const before = await manifestOf(folder);
  const tuned = await publishTuning(folder, TUNING);
  expect(tuned).not.toBe(name);
  expect(await manifestOf(folder)).toEqual({ ...before, tuning: TUNING });
  expect(await verifyIndex(folder)).toEqual({ snapshot: tuned, damages: [] });
  const inodeOf = async (snapshot: string) => (await stat(join(folder, snapshot, 'papers.jsonl'))).ino;
  expect(await inodeOf(tuned)).toBe(await inodeOf(name));
});

test('returns the same snapshot for the same weights, and the one before for none', async () => {
  const { folder, name } = await indexFolder();
  const tuned = await publishTuning(folder, TUNING);
  expect(await publishTuning(folder, TUNING)).toBe(tuned);
  expect(await publishTuning(folder, { ...TUNING, lexicalShare: 0.5 })).not.toBe(tuned);
  expect(await publishTuning(folder, undefined)).toBe(name);
  expect((await manifestOf(folder)).tuning).toBeUndefined();
});

test('keeps source records and whether they were merged; without the weights it is the snapshot before', async () => {
  const records = [paperOf({ title: 'a', id: 'r1' }), paperOf({ title: 'a', id: 'r2' })];
  const { folder, name } = await indexFolder({ recordsOf: () => records, keepDuplicates: true });
  await publishTuning(folder, TUNING);
  const tuned = await openSnapshot(folder);
  expect(tuned.manifest).toMatchObject({ keepDuplicates: true, tuning: TUNING });
  expect(tuned.readSources().read(0)).toEqual(records);
  tuned.close();
  expect(await publishTuning(folder, undefined)).toBe(name);
});

test('leaves the index as it was when it is aborted', async () => {
  const { folder, name } = await indexFolder();
  const aborted = AbortSignal.abort(new Error('stopped'));
  await expect(publishTuning(folder, TUNING, aborted)).rejects.toThrow('stopped');
  expect((await openSnapshot(folder)).name).toBe(name);
});

test.each([
  ['"lexicalShare": 0.4', '"lexicalShare": 4'],
  ['"k1": 1.2', '"k1": 0'],
  ['"title": 2', '"titel": 2'],
])('reports a manifest with %s as %s as damaged', async (right, wrong) => {
  const { folder } = await indexFolder();
  const manifest = join(folder, await publishTuning(folder, TUNING), 'manifest.json');
  const text = await readFile(manifest, 'utf8');
  expect(text).toContain(right);
  await writeFile(manifest, text.replace(right, wrong));
  await expect(openSnapshot(folder)).rejects.toMatchObject({ code: 'INDEX_CORRUPT' });
});

test('reports a missing index', async () => {
  await expect(publishTuning(await temporaryFolder(), TUNING)).rejects.toMatchObject({
    code: 'INDEX_MISSING',
  });
});
