import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { mulberry32 } from '../../src/util/random.ts';
import { runCli, startCli, startServer } from '../support/cli.ts';

let folder = '';
let index = '';
let more = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-crash-'));
  index = join(folder, 'index');
  expect((await runCli(['ingest', 'data', '--index', index])).exitCode).toBe(0);
  more = join(folder, 'more.jsonl');
  const records = Array.from({ length: 80 }, (_, i) => ({
    id: `m${i}`,
    title: `Paper ${i}`,
    abstract: `Number ${i}. `.repeat(20),
  }));
  await writeFile(more, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('killed without warning', () => {
  test.each(['Encoding: 16', 'Encoding: 48', 'Mapping', 'Writing'])(
    'at “%s”, an ingest leaves an index that opens, and the next one finishes the work',
    async (stage) => {
      const place = join(folder, `killed at ${stage}`.replace(/\W+/g, '-'));
      await cp(index, place, { recursive: true });
      const child = startCli(['ingest', more, '--index', place]);
      let said = '';
      child.stderr!.on('data', (chunk) => {
        said += chunk;
        if (said.includes(stage)) child.kill('SIGKILL');
      });
      await once(child, 'close');
      expect(said).toContain(stage);
      expect([6, 86]).toContain((await openSnapshot(place)).papers.size);

      const { exitCode, stderr, stdout } = await runCli(['ingest', more, '--index', place, '--json']);
      expect(exitCode, stderr).toBe(0);
      // At least the vectors that were reported before the kill are not encoded again.
      if (stage.startsWith('Encoding')) expect(JSON.parse(stdout).encoded).toBeLessThanOrEqual(86 - 16);
      expect((await openSnapshot(place)).papers.size).toBe(86);
      expect((await readdir(place)).filter((name) => name.includes('.tmp'))).toEqual([]);
    },
  );

  test('at twenty random moments, one after another, an ingest never loses papers', async () => {
    const place = join(folder, 'killed at random');
    await cp(index, place, { recursive: true });
    const random = mulberry32(7);
    let ended = 0;
    let least = 6;
    for (let kill = 1; kill <= 20; kill++) {
      const records = Array.from({ length: kill }, (_, n) => ({ id: `r${n}`, title: `Killed ${n} times` }));
      const file = join(folder, 'random.jsonl');
      await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      const child = startCli(['ingest', file, '--index', place]);
      const closed = once(child, 'close');
      // From before it starts to after it ends, on machines of different speed.
      const timer = setTimeout(() => child.kill('SIGKILL'), 100 + random() * 2400);
      const [exitCode] = await closed;
      clearTimeout(timer);
      if (exitCode === 0) ended++;
      expect((await verifyIndex(place)).damages).toEqual([]);
      const { size } = (await openSnapshot(place)).papers;
      expect(size).toBeGreaterThanOrEqual(exitCode === 0 ? 6 + kill : least);
      expect(size).toBeLessThanOrEqual(6 + kill);
      least = size;
      // The next ingest need not wait until the lock is stale.
      await utimes(join(place, 'ingest.lock'), 0, 0).catch(() => {});
    }
    expect(ended).toBeLessThan(20);
    const { exitCode, stderr } = await runCli(['ingest', join(folder, 'random.jsonl'), '--index', place]);
    expect(exitCode, stderr).toBe(0);
    expect((await openSnapshot(place)).papers.size).toBe(26);
    const left = (await readdir(place)).filter((name) => !/^(?:CURRENT|[0-9a-f]{16})$/.test(name));
    expect(left).toEqual([]);
  });

  test('a server does not change the index', async () => {
    const { child, url } = await startServer(['--index', index]);
    // The outcome of the request does not matter here.
    const signal = AbortSignal.timeout(5000);
    const answer = fetch(`${url}/search?q=self-improvement`, { signal }).catch(() => undefined);
    child.kill('SIGKILL');
    await answer;
    expect((await runCli(['stats', '--index', index])).exitCode).toBe(0);
  });
});

test('interrupted by Ctrl-C, an ingest says how to resume', async () => {
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
  expect(said).toContain('run the same command again to resume');
});
