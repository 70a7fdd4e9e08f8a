import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { servedApp } from '../../support/app.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const body = async (response: Response) => JSON.parse(await response.text());

describe('the id of a request', () => {
  test.each(['abc', 'A-b_c.1:2', 'x'.repeat(64)])('is the one that the client sends: %s', async (id) => {
    const { url, exchanges } = await servedApp();
    const { headers } = await fetch(`${url}/search?q=a`, { headers: { 'X-Request-Id': id } });
    expect(headers.get('x-request-id')).toBe(id);
    await vi.waitFor(() => expect(exchanges).toMatchObject([{ id }]));
  });

  test.each(['', 'a b', 'x'.repeat(65), '<script>', 'a"b', 'é', 'a,b'])(
    'is made when the client gives one that is not sane: %s',
    async (id) => {
      const { url } = await servedApp();
      const { headers } = await fetch(`${url}/stats`, { headers: { 'X-Request-Id': id } });
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    },
  );

  test('is logged with an internal error', async () => {
    const told: unknown[] = [];
    const { url } = await servedApp({ log: (error, id) => told.push(id, error) });
    const { headers } = await fetch(`${url}/search?q=crash`);
    expect(told).toEqual([
      headers.get('x-request-id'),
      expect.objectContaining({ message: 'secret detail' }),
    ]);
  });
});

test.each([
  [
    'GET',
    '/v1/search?q=a&mode=keyword',
    { route: '/v1/search', status: 200, mode: 'keyword', snapshot: 's' },
  ],
  ['GET', '/search?q=a', { route: '/search', status: 200, mode: 'hybrid' }],
  ['GET', '/search?q=a&mode=nonsense', { route: '/search', status: 400, mode: undefined }],
  ['GET', '/papers/doi:10.1%2Fx%20y', { route: '/papers/{id}', status: 200, snapshot: 's' }],
  ['GET', '/papers/nobody', { route: '/papers/{id}', status: 404 }],
  ['DELETE', '/papers/a', { route: '/papers/{id}', status: 403 }],
  ['PUT', '/search', { route: '/search', status: 405 }],
  ['GET', '/nowhere/at/all', { route: 'none', status: 404, snapshot: undefined }],
  ['GET', '/health', { route: '/health', status: 200, isMonitoring: true }],
])('reports %s %s', async (method, path, expected) => {
  const { url, exchanges } = await servedApp();
  const response = await fetch(url + path, { method });
  const { length } = await response.text();
  await vi.waitFor(() => expect(exchanges).toMatchObject([{ method, url: path, ...expected }]));
  const [{ bytes, durationMs } = { bytes: 0, durationMs: -1 }] = exchanges;
  expect(bytes).toBeGreaterThan(length);
  expect(durationMs).toBeGreaterThanOrEqual(0);
});

describe('GET /ready', () => {
  test('reports why the server is not ready, and when it is', async () => {
    let modelError: PaperSearchError | undefined = new PaperSearchError(
      'MODEL_UNAVAILABLE',
      'Not loaded yet.',
    );
    const { url } = await servedApp({ modelError: () => modelError });
    const loading = await validatedFetch(`${url}/ready`);
    expect(loading.status).toBe(503);
    expect(loading.headers.get('retry-after')).toBe('10');
    expect(await body(loading)).toEqual({ error: { code: 'MODEL_UNAVAILABLE', message: 'Not loaded yet.' } });
    expect((await validatedFetch(`${url}/health`)).status).toBe(200);
    modelError = undefined;
    const ready = await validatedFetch(`${url}/v1/ready`);
    expect(await body(ready)).toEqual({ status: 'ready', snapshot: 's', papers: 3 });
  });
});

describe('GET /metrics', () => {
  const engineStats = () => ({
    encodes: { running: 1, waiting: 2, ended: { done: 3, failed: 4, refused: 5, expired: 6, abandoned: 7 } },
    cache: { hits: 8, misses: 9 },
  });

  test('reports requests, the snapshot, the engine and the process', async () => {
    const { url } = await servedApp({ engineStats });
    await fetch(`${url}/search?q=a&mode=keyword`);
    await fetch(`${url}/papers/nobody`);
    const response = await validatedFetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await response.text()).split('\n');
    for (const line of [
      'paper_search_http_requests_total{method="GET",route="/search",status="200"} 1',
      'paper_search_http_requests_total{method="GET",route="/papers/{id}",status="404"} 1',
      'paper_search_http_request_duration_seconds_count{route="/search",mode="keyword"} 1',
      'paper_search_snapshot_papers 3',
      'paper_search_snapshot_info{snapshot="s"} 1',
      'paper_search_encodes{state="waiting"} 2',
      'paper_search_encodes_total{end="expired"} 6',
      'paper_search_cache_lookups_total{result="hit"} 8',
    ]) {
      expect(lines).toContain(line);
    }
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
      expect(
        lines.some((line) => line.startsWith(`${name} `)),
        name,
      ).toBe(true);
    }
  });

  test('counts once, however often metrics are read', async () => {
    const { url } = await servedApp({ engineStats });
    const encodes = async () =>
      /^paper_search_encodes_total\{end="done"\} .*/m.exec(await (await fetch(`${url}/metrics`)).text())![0];
    expect([await encodes(), await encodes()]).toEqual(
      Array(2).fill('paper_search_encodes_total{end="done"} 3'),
    );
  });

  test('has one series per route, whatever paths are requested', async () => {
    const { url } = await servedApp({ engineStats });
    const count = async () =>
      (await (await fetch(`${url}/metrics`)).text()).match(/^paper_search_/gm)!.length;
    await fetch(`${url}/papers/x`);
    await fetch(`${url}/nowhere`);
    await fetch(`${url}/search?q=a&mode=keyword`);
    await count();
    const before = await count();
    for (let i = 0; i < 20; i++) {
      await fetch(`${url}/papers/${i}`);
      await fetch(`${url}/nowhere/${i}`);
      await fetch(`${url}/search?q=${i}&mode=keyword`, { headers: { 'X-Request-Id': `id-${i}` } });
    }
    expect(await count()).toBe(before);
  });

  test('has no series for unknown methods', async () => {
    const { url, exchanges } = await servedApp();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end('PROPFIND /search HTTP/1.1\r\nHost: x\r\n\r\n').resume();
    await vi.waitFor(() => expect(exchanges).toHaveLength(1));
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      '{method="other",route="/search",status="405"} 1',
    );
  });
});
