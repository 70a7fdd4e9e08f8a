import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSnapshot } from '../../src/store/snapshot-reader.ts';
import { runCli, startCli, startServer } from '../support/cli.ts';

let folder = '';
let index = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-crash-'));
  index = join(folder, 'index');
  expect((await runCli(['ingest', 'data', '--index', index])).exitCode).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('killed without warning', () => {
  test('an ingest leaves the index as it was or as it should be, and the next one finishes the work', async () => {
    const more = join(folder, 'more.jsonl');
    const records = Array.from({ length: 80 }, (_, i) => ({
      id: `m${i}`,
      title: `Paper ${i}`,
      abstract: `Number ${i}. `.repeat(20),
    }));
    await writeFile(more, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    for (const delayMs of [50, 300, 600, 900, 1200, 1600]) {
      const child = startCli(['ingest', more, '--index', index]);
      child.stderr!.resume();
      const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
      await once(child, 'exit');
      clearTimeout(timer);
      expect([6, 86]).toContain((await openSnapshot(index)).papers.length);
      // A dead ingest's lock is waited for until it is stale; the next kill should hit an ingest at work.
      await rm(join(index, 'ingest.lock'), { recursive: true, force: true });
    }
    const { exitCode, stderr } = await runCli(['ingest', more, '--index', index]);
    expect(exitCode, stderr).toBe(0);
    expect((await openSnapshot(index)).papers).toHaveLength(86);
    expect((await readdir(index)).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('a server leaves the index as it is', async () => {
    const { child, url } = await startServer(['--index', index]);
    const answer = fetch(`${url}/search?q=self-improvement`).catch(() => undefined);
    child.kill('SIGKILL');
    await answer;
    expect((await runCli(['stats', '--index', index])).exitCode).toBe(0);
  });
});

test('interrupted by Ctrl-C, an ingest says how to go on', async () => {
  const more = join(folder, 'interrupted.jsonl');
  const records = Array.from({ length: 400 }, (_, i) => ({
    id: `i${i}`,
    title: `Paper ${i}`,
    abstract: `Number ${i}. `.repeat(60),
  }));
  await writeFile(more, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const child = startCli(['ingest', more, '--index', join(folder, 'interrupted')]);
  let said = '';
  let interrupted = false;
  child.stderr!.on('data', (chunk) => {
    said += chunk;
    if (interrupted || !said.includes('Encoding:')) return;
    interrupted = child.kill('SIGINT');
  });
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(130);
  expect(said).toContain('goes on from here');
});
