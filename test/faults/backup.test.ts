import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { PaperSearchError } from '../../src/errors.ts';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { withSnapshot } from '../../src/search/engine.ts';
import { LiveEngine } from '../../src/serve/live/live-engine.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder = '';
let index = '';
beforeEach(async () => {
  folder = await temporaryFolder();
  index = join(folder, 'index');
});

/** Adds the n-th paper: afterwards the index has n papers. */
async function add(n: number, to = index) {
  const file = join(folder, `${n}.jsonl`);
  await writeFile(file, `${JSON.stringify({ id: `p${n}`, title: `Paper number ${n}` })}\n`);
  return ingest([file], { index: to, encoder: new HashingEncoder() });
}

/** As docs/service.md says: first the pointer, then the snapshot that it names. */
async function backUp(to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await cp(join(index, 'CURRENT'), join(to, 'CURRENT'));
  const name = (await readFile(join(to, 'CURRENT'), 'utf8')).trim();
  await cp(join(index, name), join(to, name), { recursive: true });
}

/** Ids of the papers in an index that verifies completely. */
async function soundIdsOf(place: string): Promise<string[]> {
  expect((await verifyIndex(place)).damages).toEqual([]);
  const snapshot = await openSnapshot(place);
  const ids = Array.from(snapshot.papers, ({ id }) => id);
  snapshot.close();
  return ids;
}

test('copies of the pointer, then its snapshot, are complete while a server serves and ingests run', async () => {
  await add(1);
  const server = await LiveEngine.open(index, { encoder: new HashingEncoder() });
  let papers = 1;
  const ingesting = (async () => {
    while (papers < 12) {
      await add(papers + 1);
      papers++;
    }
  })();
  let copies = 0;
  let tooLate = 0;
  while (papers < 12) {
    const place = join(folder, `backup ${copies + tooLate}`);
    const least = papers;
    try {
      await backUp(place);
    } catch (error) {
      // Two ingests ended in the meantime, and the second removed the snapshot.
      expect(error).toMatchObject({ code: 'ENOENT' });
      tooLate++;
      continue;
    }
    const ids = await soundIdsOf(place);
    expect(ids.length).toBeGreaterThanOrEqual(least);
    copies++;
  }
  await ingesting;
  await server.close();
  expect(copies).toBeGreaterThan(0);
});

test('a copy of the whole folder during an ingest opens, or says how to recover a complete snapshot', async () => {
  await add(1);
  for (let n = 2; n < 10; n++) {
    const adding = add(n);
    const place = join(folder, `whole ${n}`);
    await cp(index, place, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      // Files of the ingest that were removed before they were copied.
      expect(error.code).toBe('ENOENT');
    });
    await adding;
    try {
      expect([n - 1, n]).toContain((await soundIdsOf(place)).length);
    } catch (error) {
      if (!(error instanceof PaperSearchError)) throw error;
      expect(error.message).toMatch(/Remove it|paper-search ingest/);
    }
    await rm(join(place, 'CURRENT'), { force: true });
    await rm(join(place, 'ingest.lock'), { recursive: true, force: true });
    const { papers } = await add(n + 100, place);
    expect(await soundIdsOf(place)).toHaveLength(papers);
  }
});

test('a backup is restored under a running server: its snapshot next to the others, then the pointer', async () => {
  await add(1);
  await add(2);
  const backup = join(folder, 'backup');
  await backUp(backup);
  await add(3);
  await add(4);
  const server = await LiveEngine.open(index, { encoder: new HashingEncoder() });
  expect((await withSnapshot(server, (snapshot) => snapshot.stats())).papers).toBe(4);
  const name = (await readFile(join(backup, 'CURRENT'), 'utf8')).trim();
  await cp(join(backup, name), join(index, name), { recursive: true });
  await cp(join(backup, 'CURRENT'), join(index, 'CURRENT.new'));
  await rename(join(index, 'CURRENT.new'), join(index, 'CURRENT'));
  await server.refresh();
  expect((await withSnapshot(server, (snapshot) => snapshot.stats())).papers).toBe(2);
  await server.close();
  expect(await soundIdsOf(index)).toEqual(['p1', 'p2']);
  expect(await add(5)).toMatchObject({ papers: 3, encoded: 1 });
});

test('a backup alone is an index: it opens, and the next ingest updates it', async () => {
  await add(1);
  const backup = join(folder, 'backup');
  await backUp(backup);
  await rm(index, { recursive: true });
  await cp(backup, index, { recursive: true });
  expect(await soundIdsOf(index)).toEqual(['p1']);
  expect(await add(2)).toMatchObject({ papers: 2, encoded: 1 });
});
