import { afterAll, beforeAll, expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const REASON = 'No node of the cluster answers.';
const usual = new FakeEngine(new FakeSnapshot());
/** What the cluster does: it answers, refuses, or keeps its clients waiting. */
let state: 'up' | 'down' | 'silent' = 'up';
const engine: Engine = {
  acquire: async (): Promise<Snapshot> => {
    if (state === 'down') throw new PaperSearchError('CLUSTER_UNAVAILABLE', REASON);
    if (state === 'silent') return new Promise<Snapshot>(() => {});
    return usual.acquire();
  },
  warmUp: async () => {},
  close: async () => {},
};
const { url, close } = await listening(createApp({ engine, log: () => {} }));
// The document that answers are compared with needs a snapshot.
beforeAll(() => validatedFetch(`${url}/health`));
afterAll(() => close());

async function answer(path: string) {
  const response = await validatedFetch(url + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const metric = async (name: string) =>
  (await answer('/metrics')).text.split('\n').filter((line) => line.startsWith(name));

test('/health runs, and says why the papers cannot be read', async () => {
  state = 'down';
  const { status, text } = await answer('/health');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    status: 'ok',
    error: { code: 'CLUSTER_UNAVAILABLE', message: REASON },
  });
  expect(JSON.parse(text)).not.toHaveProperty('papers');
  state = 'up';
  expect(JSON.parse((await answer('/health')).text)).toMatchObject({ status: 'ok', papers: 3 });
});

test.each(['/ready', '/v1/search?q=a', '/v1/papers/a', '/v1/stats', '/graph/v1/paper/search?query=a'])(
  '%s is 503, with the time after which to try again',
  async (path) => {
    state = 'down';
    const { status, headers, text } = await answer(path);
    expect(status).toBe(503);
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(text).toContain(REASON);
  },
);

test('/metrics are there, and count the cluster as not usable', async () => {
  state = 'down';
  expect(await metric('paper_search_library_usable')).toEqual(['paper_search_library_usable 0']);
  expect(await metric('paper_search_snapshot_papers')).toEqual([]);
  expect(await metric('paper_search_http_requests_total')).not.toEqual([]);
  state = 'up';
  expect(await metric('paper_search_library_usable')).toEqual(['paper_search_library_usable 1']);
});

test('probes do not wait for a cluster that does not answer', async () => {
  state = 'silent';
  const started = performance.now();
  const [health, ready, usable] = await Promise.all([
    answer('/health'),
    answer('/ready'),
    metric('paper_search_library_usable'),
  ]);
  expect(performance.now() - started).toBeLessThan(15_000);
  expect(health.status).toBe(200);
  expect(health.text).toContain('has not answered within 2 seconds');
  expect(ready.status).toBe(503);
  expect(usable).toEqual(['paper_search_library_usable 0']);
  state = 'up';
});
