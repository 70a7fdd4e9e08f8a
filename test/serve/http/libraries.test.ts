import { afterAll, describe, expect, test, vi } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import type { Engine } from '../../../src/search/engine.ts';
import type { Access, Grant } from '../../../src/serve/access/access.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import type { Exchange } from '../../../src/serve/http/exchange.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

function engineOf(id: string) {
  const snapshot = new FakeSnapshot();
  snapshot.id = id;
  return new FakeEngine(snapshot);
}

const DAMAGED = new PaperSearchError('INDEX_CORRUPT', 'The index is damaged.');
const damaged: Engine = {
  acquire: () => Promise.reject(DAMAGED),
  warmUp: async () => {},
  close: async () => {},
};
/** Access by one token per library. */
const accessBy = (token: string, grant: Grant, isPrivate = false): Access => ({
  isPrivate,
  find: (given) => (given === token ? grant : undefined),
  hasTokens: () => true,
});
function writerOf(removed: string[]) {
  return {
    add: () => Promise.reject(new Error('unused')),
    remove: async (ids: readonly string[]) => {
      removed.push(...ids);
      return { index: 'index', snapshot: 's', records: 1, removed: 1, papers: 0 };
    },
  };
}

const exchanges: Exchange[] = [];
const html = Buffer.from('<!doctype html><link rel="search" href="/opensearch.xml">');
const removedFrom = { vision: [] as string[], speech: [] as string[] };
const app = createApp({
  name: 'vision',
  engine: engineOf('of-vision'),
  writing: { writer: writerOf(removedFrom.vision) },
  access: accessBy('v', { name: 'anna', scopes: ['add'] }),
  others: [
    {
      name: 'speech',
      engine: engineOf('of-speech'),
      writing: { writer: writerOf(removedFrom.speech) },
      access: accessBy('s', { name: 'bert', scopes: ['add'] }),
    },
    { name: 'broken', engine: damaged },
  ],
  page: { html, assets: new Map() },
  onExchange: (exchange) => exchanges.push(exchange),
  log: () => {},
});
const { url, close } = await listening(app);
afterAll(() => close());

const snapshotOf = async (path: string) =>
  (await validatedFetch(url + path)).headers.get('X-Paper-Search-Snapshot');
const jsonOf = async (path: string) => JSON.parse(await (await validatedFetch(url + path)).text());

describe('a server with several libraries', () => {
  test.each([
    ['/search?q=a', 'of-vision'],
    ['/v1/search?q=a', 'of-vision'],
    ['/v1/libraries/vision/search?q=a', 'of-vision'],
    ['/v1/libraries/speech/search?q=a', 'of-speech'],
    ['/libraries/speech/search?q=a', 'of-speech'],
    ['/v1/libraries/speech/v1/search?q=a', 'of-speech'],
    ['/v1/libraries/speech/papers/a', 'of-speech'],
    ['/v1/libraries/speech/search.atom?q=a', 'of-speech'],
    ['/v1/libraries/speech/schedule.ics', 'of-speech'],
    ['/v1/libraries/speech/graph/v1/paper/search?query=a', 'of-speech'],
    ['/v1/libraries/speech/api/query?search_query=all:a', 'of-speech'],
  ])('answers %s from one of them', async (path, snapshot) => {
    expect(await snapshotOf(path)).toBe(snapshot);
  });

  test('lists them, with the reason for one that cannot be used', async () => {
    const states = [
      { name: 'vision', snapshot: 'of-vision', papers: 3 },
      { name: 'speech', snapshot: 'of-speech', papers: 3 },
      { name: 'broken', error: { code: 'INDEX_CORRUPT', message: 'The index is damaged.' } },
    ];
    expect(await jsonOf('/v1/libraries')).toEqual({ default: 'vision', libraries: states });
    expect(await jsonOf('/health')).toMatchObject({ status: 'ok', snapshot: 'of-vision', libraries: states });
    expect(await jsonOf('/ready')).toMatchObject({ status: 'ready', libraries: states });
  });

  test('answers 503 with the reason for a damaged library, and 404 for an unknown one', async () => {
    const answered = async (path: string) => {
      const response = await fetch(url + path);
      return { status: response.status, message: JSON.parse(await response.text()).error.message };
    };
    expect(await answered('/v1/libraries/broken/search?q=a')).toEqual({
      status: 503,
      message: 'The index is damaged.',
    });
    expect((await answered('/libraries/broken/ready')).status).toBe(503);
    for (const path of ['/v1/libraries/other/search?q=a', '/libraries/other', '/libraries/speech/nothing']) {
      expect(await answered(path), path).toMatchObject({
        status: 404,
        message: expect.stringContaining('GET /v1/libraries lists the libraries'),
      });
    }
  });

  test('accepts the tokens of each library only there', async () => {
    const remove = async (path: string, token: string) =>
      (await validatedFetch(url + path, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } }))
        .status;
    expect(await remove('/papers/a', 'v')).toBe(200);
    expect(await remove('/papers/a', 's')).toBe(401);
    expect(await remove('/v1/libraries/vision/papers/a', 'v')).toBe(200);
    expect(await remove('/v1/libraries/speech/papers/c', 's')).toBe(200);
    expect(await remove('/v1/libraries/speech/papers/c', 'v')).toBe(401);
    expect(await remove('/v1/libraries/broken/papers/a', 'v')).toBe(403);
    expect(removedFrom).toEqual({ vision: ['a', 'a'], speech: ['c'] });
  });

  test('links of feeds stay in the library', async () => {
    const feed = await (await fetch(`${url}/v1/libraries/speech/search.atom?q=a&limit=1`)).text();
    const links = Array.from(feed.matchAll(/href="(http:[^"]+)"/g), ([, href]) => href!);
    expect(links).toEqual(
      expect.arrayContaining([
        `${url}/libraries/speech/search.atom?q=a&amp;limit=1`,
        `${url}/libraries/speech/?q=a`,
        `${url}/libraries/speech/search.atom?q=a&amp;offset=1&amp;limit=1`,
        `${url}/libraries/speech/paper/a`,
      ]),
    );
    expect(await (await fetch(`${url}/libraries/speech/opensearch.xml`)).text()).toContain(
      `${url}/libraries/speech/?q={searchTerms}`,
    );
    expect(await (await fetch(`${url}/libraries/speech/api/query?search_query=all:a`)).text()).toContain(
      `${url}/libraries/speech/api/query?search_query=all:a`,
    );
  });

  test('agents talk to one library', async () => {
    const CALL = { name: 'search', arguments: { query: 'a' } };
    const call = async (path: string) => {
      const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: CALL };
      const headers = {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      };
      const init = { method: 'POST', headers, body: JSON.stringify(message) };
      return (await fetch(url + path, init)).text();
    };
    expect(await call('/v1/libraries/speech/mcp')).toContain('First');
    expect(await call('/v1/libraries/broken/mcp')).toContain('The index is damaged.');
  });

  test.each([
    ['/libraries/speech/', 200, '/libraries/speech/opensearch.xml'],
    ['/libraries/speech/paper/a', 200, '/libraries/speech/opensearch.xml'],
    ['/', 200, '"/opensearch.xml'],
    ['/libraries/vision/paper/a?x=1', 302, '/paper/a?x=1'],
    ['/libraries/vision', 302, '/'],
    ['/libraries/speech/tray', 308, '/libraries/speech/collection'],
  ])('the page at %s is %d %s', async (path, status, expected) => {
    const response = await fetch(url + path, { headers: { Accept: 'text/html' }, redirect: 'manual' });
    expect(response.status).toBe(status);
    if (status === 200) expect(await response.text()).toContain(expected);
    else expect(response.headers.get('Location')).toBe(expected);
  });

  test('reports and counts requests by library', async () => {
    exchanges.length = 0;
    await (await fetch(`${url}/v1/libraries/speech/search?q=count`)).text();
    await vi.waitFor(() => expect(exchanges).toMatchObject([{ library: 'speech', route: '/search' }]));
    const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'paper_search_snapshot_papers{library="vision"} 3',
        'paper_search_snapshot_papers{library="speech"} 3',
        'paper_search_library_usable{library="speech"} 1',
        'paper_search_library_usable{library="broken"} 0',
        expect.stringMatching(
          /^paper_search_http_requests_total\{method="GET",route="[^"]+",status="200",library="speech"\}/,
        ),
      ]),
    );
    expect(lines.join('\n')).not.toContain('library="other"');
  });
});

test('a private server lists the libraries that the token can read', async () => {
  const reads = (token: string) => accessBy(token, { name: 'anna', scopes: ['read'] }, true);
  const served = await listening(
    createApp({
      name: 'one',
      engine: engineOf('1'),
      access: reads('a'),
      others: [{ name: 'two', engine: engineOf('2'), access: reads('b') }],
      log: () => {},
    }),
  );
  const list = async (token?: string) => {
    const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
    const response = await validatedFetch(`${served.url}/v1/libraries`, { headers });
    const body = JSON.parse(await response.text());
    return body.libraries?.map(({ name }: { name: string }) => name) ?? body.error.code;
  };
  expect(await list('b')).toEqual(['two']);
  expect(await list('a')).toEqual(['one']);
  expect(await list('c')).toBe('UNAUTHORIZED');
  expect(await list()).toBe('UNAUTHORIZED');
  served.close();
});

test.each(['a/b', '', '.', '..', 'ä', 'x'.repeat(65), 'vision'])('refuses the name %j', (name) => {
  const others = [{ name, engine: damaged }];
  expect(() => createApp({ name: 'vision', engine: damaged, others })).toThrow('cannot be the name');
});
