import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { lockForIngest } from '../../../src/indexes/store/ingest-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const PATIENT = { onWait: () => {}, onLost: () => {}, patienceMs: 30_000, staleMs: 2000 };
const IMPATIENT = { ...PATIENT, patienceMs: 1 };

test('refuses a second ingest and says who holds the lock since when; a third gets it after its release', async () => {
  const folder = await temporaryFolder();
  const onWait = vi.fn();
  const release = await lockForIngest(folder, PATIENT);
  const { since } = JSON.parse(await readFile(join(folder, 'ingest.holder'), 'utf8'));
  expect(Date.now() - Date.parse(since)).toBeLessThan(60_000);
  await expect(lockForIngest(folder, { ...IMPATIENT, onWait })).rejects.toMatchObject({
    code: 'INDEX_LOCKED',
    message: `Another ingest is writing to "${folder}" (process ${process.pid} on ${hostname()}, since ${since}). Wait for it to end, then try again.`,
    details: { index: folder, holder: { pid: process.pid, host: hostname(), since } },
  });
  expect(onWait).toHaveBeenCalledTimes(1);
  const waiting = lockForIngest(folder, PATIENT);
  await release();
  await (await waiting)();
  expect(await readdir(folder)).toEqual([]);
});

/** What a process leaves that is gone. */
async function lockOf(folder: string, holder: string | undefined, renewed: Date): Promise<string> {
  const lock = join(folder, 'ingest.lock');
  await mkdir(lock);
  if (holder !== undefined) await writeFile(join(folder, 'ingest.holder'), holder);
  await utimes(lock, renewed, renewed);
  return lock;
}
const since = '2026-01-01T00:00:00.000Z';
const here = JSON.stringify({ pid: 1, host: hostname(), since });
const elsewhere = JSON.stringify({ pid: 1, host: 'another-machine', since });
const LONG_AGO = new Date(Date.now() - 3_600_000);

test.each([
  ['of this machine', here],
  ['that nobody is noted for', undefined],
  ['whose note is damaged', '{"pid":'],
])('takes over a lock %s that was not renewed, at once', async (_, holder) => {
  const folder = await temporaryFolder();
  await lockOf(folder, holder, LONG_AGO);
  await (await lockForIngest(folder, IMPATIENT))();
});

test('waits for a lock of another machine that looks old, as its clock may differ', async () => {
  const folder = await temporaryFolder();
  const lock = await lockOf(folder, elsewhere, LONG_AGO);
  await expect(lockForIngest(folder, IMPATIENT)).rejects.toMatchObject({
    code: 'INDEX_LOCKED',
    message: expect.stringContaining(
      `(process 1 on another-machine, since ${since}). Wait for it to end, then try again. If that process is gone, remove ${lock}.`,
    ),
  });
  expect((await stat(lock)).isDirectory()).toBe(true);
});

test('takes over a lock of another machine that is not renewed meanwhile', async () => {
  const folder = await temporaryFolder();
  await lockOf(folder, elsewhere, LONG_AGO);
  await (await lockForIngest(folder, PATIENT))();
  expect(await readdir(folder)).toEqual([]);
}, 60_000);

test('takes over the lock of a killed process', async () => {
  const folder = await temporaryFolder();
  const file = new URL('../../../src/indexes/store/ingest-lock.ts', import.meta.url).href;
  const script = `const { lockForIngest } = await import('${file}');
    await lockForIngest(${JSON.stringify(folder)}, { onWait() {}, onLost() {}, staleMs: 2000 });
    console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
  await once(child.stdout, 'data');
  await expect(lockForIngest(folder, IMPATIENT)).rejects.toMatchObject({
    message: expect.stringContaining(`process ${child.pid} `),
  });
  child.kill('SIGKILL');
  await once(child, 'close');
  await (await lockForIngest(folder, PATIENT))();
}, 60_000);

test('does not remove the note of the process that took the lock over', async () => {
  const folder = await temporaryFolder();
  const release = await lockForIngest(folder, PATIENT);
  await writeFile(join(folder, 'ingest.holder'), elsewhere);
  await release();
  expect(await readFile(join(folder, 'ingest.holder'), 'utf8')).toBe(elsewhere);
});
