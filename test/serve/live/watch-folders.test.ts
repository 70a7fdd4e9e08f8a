import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { foldersWithFiles, watchFolders } from '../../../src/serve/live/watch-folders.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A watch with an ingest that the test writes. */
async function startWatch(folder: string, ingest: () => Promise<void>) {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const watching = watchFolders([folder], {
    ingest,
    onError: (error) => errors.push(error),
    pollMs: 5,
    signal: stop.signal,
  });
  const end = async () => {
    stop.abort();
    await watching;
  };
  onTestFinished(end);
  return { errors, end };
}

const times = (mock: ReturnType<typeof vi.fn>, count: number) =>
  vi.waitFor(() => expect(mock).toHaveBeenCalledTimes(count), { timeout: 10_000, interval: 5 });
const looks = () => new Promise((resolve) => setTimeout(resolve, 100));

test('ingests at the start, and after every change of a file', async () => {
  const folder = await temporaryFolder();
  const ingest = vi.fn(async () => {});
  await startWatch(folder, ingest);
  await times(ingest, 1);
  await writeFile(join(folder, 'a.jsonl'), '1');
  await times(ingest, 2);
  await writeFile(join(folder, 'a.jsonl'), '22');
  await times(ingest, 3);
  await mkdir(join(folder, 'deep'));
  await writeFile(join(folder, 'deep', 'b.bib'), '1');
  await times(ingest, 4);
  await writeFile(join(folder, 'deep', 'b.meta.json'), '{}');
  await times(ingest, 5);
  await rm(join(folder, 'a.jsonl'));
  await times(ingest, 6);
  await writeFile(join(folder, '.hidden'), '1');
  await looks();
  expect(ingest).toHaveBeenCalledTimes(6);
});

test('ingests once more after changes during an ingest, never in parallel', async () => {
  const folder = await temporaryFolder();
  const ends: (() => void)[] = [];
  const ingest = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
  await startWatch(folder, ingest);
  await times(ingest, 1);
  await writeFile(join(folder, 'a'), '1');
  await writeFile(join(folder, 'b'), '1');
  await looks();
  expect(ingest).toHaveBeenCalledTimes(1);
  ends.pop()!();
  await times(ingest, 2);
  ends.pop()!();
  await looks();
  expect(ingest).toHaveBeenCalledTimes(2);
});

test('retries without a change when another ingest has the lock', async () => {
  const ingest = vi
    .fn(async () => {})
    .mockRejectedValueOnce(new PaperSearchError('INDEX_LOCKED', 'Held.'))
    .mockRejectedValueOnce(new PaperSearchError('INDEX_LOCKED', 'Held.'));
  const { errors } = await startWatch(await temporaryFolder(), ingest);
  await times(ingest, 3);
  expect(errors).toMatchObject([{ code: 'INDEX_LOCKED' }]);
});

test('reports another error, and waits for a change', async () => {
  const folder = await temporaryFolder();
  const ingest = vi.fn(async () => {}).mockRejectedValueOnce(new PaperSearchError('NO_INPUT', 'Empty.'));
  const { errors } = await startWatch(folder, ingest);
  await times(ingest, 1);
  await looks();
  expect(ingest).toHaveBeenCalledTimes(1);
  expect(errors).toMatchObject([{ code: 'NO_INPUT' }]);
  await writeFile(join(folder, 'a'), '1');
  await times(ingest, 2);
});

test('reports a missing folder once, and waits for it', async () => {
  const parent = await temporaryFolder();
  const ingest = vi.fn(async () => {});
  const { errors } = await startWatch(join(parent, 'later'), ingest);
  await vi.waitFor(() => expect(errors).toMatchObject([{ code: 'NO_INPUT' }]));
  await looks();
  await mkdir(join(parent, 'elsewhere'));
  await rename(join(parent, 'elsewhere'), join(parent, 'later'));
  await times(ingest, 1);
  expect(errors).toHaveLength(1);
});

test('ends when aborted, after the running ingest', async () => {
  let ended = false;
  const ingest = vi.fn(async () => {
    await looks();
    ended = true;
  });
  const { end } = await startWatch(await temporaryFolder(), ingest);
  await times(ingest, 1);
  await end();
  expect(ended).toBe(true);
});

test('skips a folder without files, and refuses when none has files', async () => {
  const folder = await temporaryFolder();
  const [full, empty] = [join(folder, 'full'), join(folder, 'empty')];
  await mkdir(join(full, 'deep'), { recursive: true });
  await mkdir(join(empty, 'deep'), { recursive: true });
  await writeFile(join(full, 'deep', 'a.jsonl'), '1');
  await writeFile(join(empty, 'README.md'), 'never papers');
  expect(await foldersWithFiles([empty, full])).toEqual([full]);
  const nothing = { code: 'NO_INPUT', message: expect.stringContaining('stay in the index') };
  await expect(foldersWithFiles([empty])).rejects.toMatchObject(nothing);
  await expect(foldersWithFiles([full, join(folder, 'gone')])).rejects.toMatchObject({ code: 'NO_INPUT' });
});
