import { once } from 'node:events';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { RawSocket } from '../support/raw-socket.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

// The built product as a service: its log, its readiness, its shutdown.
let folder = '';
let index = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-operations-'));
  index = join(folder, 'index');
  await runCli(['ingest', 'data', '--index', index]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts `serve` until the test ends. */
async function serve(...args: string[]) {
  const child = startCli(['serve', '--port', '0', '--index', index, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const lines = () =>
    said
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const url = await vi.waitFor(() => /http:\/\/\S+?:\d+/.exec(said)![0], 30_000);
  const isReady = () =>
    vi.waitFor(async () => expect((await validatedFetch(`${url}/ready`)).status).toBe(200), 60_000);
  return { child, url, lines, isReady, said: () => said };
}

describe('the log', () => {
  test('is JSON, and contains neither queries nor ids nor the token', async () => {
    const token = join(folder, 'token');
    await writeFile(token, 'very-secret-token\n');
    await chmod(token, 0o644);
    const { url, lines, said } = await serve('--token-file', token);
    await fetch(`${url}/search?q=confidential+idea&mode=keyword`);
    await fetch(`${url}/papers/private-id`, {
      method: 'DELETE',
      headers: { Authorization: 'Bearer very-secret-token' },
    });
    await fetch(`${url}/health`);
    await vi.waitFor(() => expect(lines().filter(({ msg }) => msg === 'request')).toHaveLength(2));
    expect(lines()).toMatchObject([
      { level: 'warn', msg: expect.stringContaining('chmod 600') },
      {
        level: 'info',
        msg: `Serving 6 papers at ${url}`,
        changes: 'with a token',
        rateLimit: 'off',
        cors: 'off',
        allowedHosts: ['localhost'],
      },
      { route: '/search', status: 200, snapshot: expect.any(String) },
      { route: '/papers/{id}', status: 404 },
    ]);
    for (const secret of ['confidential', 'private-id', 'very-secret']) expect(said()).not.toContain(secret);
  });

  test('warns if any client may send unlimited requests, and logs queries on request', async () => {
    const { url, lines } = await serve('--host', '0.0.0.0', '--rate-limit', '0', '--log-queries');
    await fetch(`${url}/search?q=some+idea&mode=keyword`);
    await vi.waitFor(() =>
      expect(lines()).toMatchObject([
        { level: 'info', rateLimit: 'off', logQueries: true },
        { level: 'warn', msg: expect.stringContaining('--rate-limit') },
        { url: '/search?q=some+idea&mode=keyword' },
      ]),
    );
  });

  test('is empty below its level', async () => {
    const { url, said } = await serve('--log-level', 'info', '--cors', 'https://example.org');
    await fetch(`${url}/health`);
    expect(said()).not.toContain('/health');
  });
});

test('reports ready when the model runs, and counts encoded texts', async () => {
  const { url, isReady } = await serve();
  await isReady();
  await fetch(`${url}/search?q=learning+dynamics`);
  const metrics = await (await validatedFetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/^paper_search_encodes_total\{end="done"\} [2-9]/m);
  expect(metrics).toContain('paper_search_cache_lookups_total{result="miss"} 1');
  expect(metrics).toContain('paper_search_snapshot_papers 6');
});

test('stops even if a client hangs', async () => {
  const { child, url, lines } = await serve();
  const hanging = await RawSocket.to(url);
  hanging.send(
    'POST /related HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  await fetch(`${url}/health`);
  child.kill('SIGTERM');
  await vi.waitFor(() => expect(lines().at(-1)).toMatchObject({ msg: 'Stopping' }));
  // After a second signal, it still finishes.
  child.kill('SIGTERM');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(0);
  expect(lines().some(({ level }) => level === 'error')).toBe(false);
});

test('serves an index that it cannot write to', async () => {
  const copy = join(folder, 'read-only');
  await cp(index, copy, { recursive: true });
  await chmod(copy, 0o555);
  onTestFinished(() => chmod(copy, 0o755));
  const { url } = await serve('--index', copy);
  expect((await fetch(`${url}/search?q=learning&mode=keyword`)).status).toBe(200);
});

test.each([
  [['--trust-proxy', 'everybody'], 'how many proxies'],
  [['--cors', 'example.org'], 'an origin'],
  [['--allow-host', 'http://example.org'], 'without scheme'],
  [['--log-level', 'loud'], 'silent'],
  [['--rate-limit', '-1'], 'whole number'],
])('refuses serve %o', async (args, reason) => {
  const { exitCode, stderr } = await runCli(['serve', '--port', '0', '--index', index, ...args]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(reason);
});
