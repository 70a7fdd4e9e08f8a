import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../../../src/ingest/ingest.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** An index with two snapshots, and the file that the current one was made of. */
async function indexOfTwo() {
  const folder = await temporaryFolder();
  const [index, file] = [join(folder, 'index'), join(folder, 'papers.jsonl')];
  const ingestOf = async (...ids: string[]) => {
    await writeFile(file, ids.map((id) => `${JSON.stringify({ id, title: `Title ${id}` })}\n`).join(''));
    return ingest([file], { index, encoder: new HashingEncoder() });
  };
  const before = await ingestOf('a');
  const current = await ingestOf('a', 'b');
  return { index, ingestOf, before: before.snapshot, current: current.snapshot };
}

test('removes what a killed ingest left, and keeps the snapshot before, when nothing changes', async () => {
  const { index, ingestOf, before, current } = await indexOfTwo();
  await mkdir(join(index, 'snapshot.12-ab.tmp'));
  await writeFile(join(index, 'records.12-ab.tmp'), 'x');
  const past = new Date(Date.now() - 60_000);
  await writeFile(join(index, 'encoding.journal'), 'x');
  await utimes(join(index, 'encoding.journal'), past, past);
  await ingestOf('a', 'b');
  expect((await readdir(index)).sort()).toEqual([before, current, 'CURRENT'].sort());
});

test('keeps the vectors of an ingest that was stopped after the last one that ended', async () => {
  const { index, ingestOf } = await indexOfTwo();
  await writeFile(join(index, 'encoding.journal'), 'x');
  const later = new Date(Date.now() + 60_000);
  await utimes(join(index, 'encoding.journal'), later, later);
  await ingestOf('a', 'b');
  expect(await readdir(index)).toContain('encoding.journal');
});

test('takes over the newest snapshot without a pointer, also when nothing is new', async () => {
  const { index, ingestOf, current } = await indexOfTwo();
  await rm(join(index, 'CURRENT'));
  await expect(openSnapshot(index)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  expect(await ingestOf('a', 'b')).toMatchObject({ snapshot: current, unchanged: 2, encoded: 0 });
  expect(await readFile(join(index, 'CURRENT'), 'utf8')).toBe(`${current}\n`);
});
