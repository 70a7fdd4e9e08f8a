import { once } from 'node:events';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { verifyIndex } from '../../src/indexes/store/verify.ts';
import { runCli, startCli, startServer } from '../support/cli.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

const PAPERS = 300;

let folder = '';
let papers = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-while-encoding-'));
  papers = join(folder, 'papers.jsonl');
  const records = Array.from({ length: PAPERS }, (_, i) => ({
    id: `p${i}`,
    title: `Paper ${i} about topic${i}`,
    abstract: `Number ${i}. `.repeat(60),
  }));
  await writeFile(papers, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('papers are found by words while they are encoded, and a killed ingest is completed to the same snapshot', async () => {
  const index = join(folder, 'index');
  const ingest = startCli(['ingest', papers, '--index', index, '--no-corpus-map']);
  onTestFinished(() => void ingest.kill('SIGKILL'));
  const closed = once(ingest, 'close');
  let said = '';
  for await (const chunk of ingest.stderr!) {
    said += chunk;
    if (said.includes('encoding continues')) break;
  }
  expect(said).toContain(`${PAPERS} papers can be searched by words`);
  // On a busy machine it could end before the server has started.
  ingest.kill('SIGSTOP');

  const server = await startServer(['--index', index]);
  onTestFinished(() => void server.child.kill('SIGKILL'));
  const answer = async (path: string) => JSON.parse(await (await validatedFetch(server.url + path)).text());
  const early = await answer('/search?mode=keyword&q=topic299');
  ingest.kill('SIGKILL');
  await closed;
  expect(early.hits[0].paper.id).toBe('p299');
  expect((await verifyIndex(index)).damages).toEqual([]);
  // The next ingest need not wait until the lock is stale.
  await utimes(join(index, 'ingest.lock'), 0, 0).catch(() => {});

  // It is not empty, but not complete either.
  const next = ['ingest', papers, '--no-corpus-map', '--if-empty', '--json'];
  const { stdout, stderr } = await runCli([...next, '--index', index]);
  const report = JSON.parse(stdout);
  expect(report, stderr).toMatchObject({ papers: PAPERS, unchanged: PAPERS });
  expect(report.encoded).toBeLessThanOrEqual(PAPERS);
  await expect.poll(async () => (await answer('/health')).snapshot).toBe(report.snapshot);
  expect((await answer('/search?mode=hybrid&q=topic299')).hits[0].paper.id).toBe('p299');
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');

  const atOnce = join(folder, 'at-once');
  const whole = await runCli([
    ...['ingest', papers, '--no-corpus-map', '--wait-for-vectors', '--json'],
    ...['--index', atOnce],
  ]);
  expect(whole.stderr).not.toContain('can be searched');
  expect(JSON.parse(whole.stdout).snapshot).toBe(report.snapshot);
}, 300_000);
