import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';

const searcher = new FakeSnapshot();
let server: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  server = await listening(createApp({ engine: new FakeEngine(searcher) }));
});
afterAll(() => server.close());
// A fetch with a condition of one's own asks caches for a new answer, unless it says otherwise.
const ifNot = (etag: string) => ({ 'If-None-Match': etag, 'Cache-Control': 'max-age=0' });
const get = (path: string, headers = {}) => fetch(`${server.url}/v1/map${path}`, { headers });

describe('GET /v1/map', () => {
  test('returns clusters, venues and years, and 304 when nothing has changed', async () => {
    const response = await get('');
    expect(response.headers.get('etag')).toBe('"s"');
    expect(await response.json()).toMatchObject({
      snapshot: 's',
      papers: 3,
      clusters: [{ name: 'graph, kernels', papers: 3 }],
      venues: [{ value: 'ACL', count: 2 }],
      years: { first: 2020, last: 2024 },
    });
    expect((await get('', ifNot('"s"'))).status).toBe(304);
    expect((await get('', ifNot('"t"'))).status).toBe(200);
  });

  test('returns positions as columns of little-endian numbers', async () => {
    const response = await get('/points');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const buffer = await response.arrayBuffer();
    expect([...new Uint16Array(buffer, 0, 9)]).toEqual([0, 30_000, 65_535, 1, 2, 3, 2020, 0, 2024]);
    expect([...new Uint8Array(buffer, 18)]).toEqual([0, 0, 0, 0, 255, 0]);
    expect((await get('/points', ifNot('"s"'))).status).toBe(304);
  });

  test('returns the hits of a search with its filters', async () => {
    const response = await get('/hits?q=graphs&venue=ACL&within=0,0,9,0,9,-9&cluster=a,%20b');
    expect(await response.json()).toEqual({ snapshot: 's', docs: [2, 0], scores: [0.5, 0.25], total: 2 });
    expect(searcher.requests.at(-1)).toMatchObject({
      query: 'graphs',
      filters: {
        venue: ['ACL'],
        cluster: ['a, b'],
        within: [
          [0, 0],
          [9, 0],
          [9, -9],
        ],
      },
    });
  });

  test.each(['0,0,9,0', '0,0,9,0,9,9,1', 'a', '0,0,9,0,9,9e3', '', `0,0${',1,1'.repeat(400)}`])(
    'refuses the polygon %.20s',
    async (within) => {
      const response = await get(`/hits?q=x&within=${within}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { details: { issues: [{ parameter: 'within' }] } },
      });
    },
  );

  test('returns the paper at a position', async () => {
    expect(await (await get('/papers/0')).json()).toMatchObject({ snapshot: 's', paper: { title: 'First' } });
    expect((await get('/papers/3')).status).toBe(404);
    expect((await get('/papers/-1')).status).toBe(400);
  });
});
