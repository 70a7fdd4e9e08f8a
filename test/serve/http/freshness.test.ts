import { describe, expect, test } from 'vitest';
import { servedApp } from '../../support/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

async function serve() {
  // Its id changes when a test says so.
  const snapshot = new FakeSnapshot();
  snapshot.id = 'one';
  const { url } = await servedApp({ engine: new FakeEngine(snapshot) });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(url + path, { method, headers });
  const tagOf = async (path: string) => (await get(path)).headers.get('etag')!;
  return { snapshot, get, tagOf };
}

describe('an answer with an ETag', () => {
  test('is not computed again for a client that has it', async () => {
    const { snapshot, get } = await serve();
    const first = await get('/search?q=a');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect(first.headers.get('vary')).toContain('Accept');
    const tag = first.headers.get('etag')!;
    // Weak, since the answer contains the time that it took.
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = await get('/search?q=a', { 'If-None-Match': tag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect(again.headers.get('etag')).toBe(tag);
    expect(again.headers.get('cache-control')).toBe('no-cache');
    expect(again.headers.get('vary')).toContain('Accept');
    expect(again.headers.get('content-type')).toBeNull();
    expect(snapshot.requests).toHaveLength(1);
    expect((await get('/search?q=a', { 'If-None-Match': tag }, 'HEAD')).status).toBe(304);
  });

  test('is computed again for another snapshot, and valid again when the first one returns', async () => {
    const { snapshot, get, tagOf } = await serve();
    const tag = await tagOf('/search?q=a');
    snapshot.id = 'two';
    const changed = await get('/search?q=a', { 'If-None-Match': tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
    snapshot.id = 'one';
    expect((await get('/search?q=a', { 'If-None-Match': tag })).status).toBe(304);
  });

  test('has the tag of the old snapshot when the snapshot changes meanwhile, so it is requested again', async () => {
    const { snapshot, get, tagOf } = await serve();
    const search = snapshot.search.bind(snapshot);
    snapshot.search = (request) => {
      snapshot.id = 'two';
      return search(request);
    };
    const tag = await tagOf('/search?q=a');
    expect((await get('/search?q=a', { 'If-None-Match': tag })).status).toBe(200);
  });

  test.each([
    ['the tag itself', (tag: string) => tag, 304],
    ['the tag as a strong one', (tag: string) => tag.slice(2), 304],
    ['the tag among others', (tag: string) => `"x", ${tag} , W/"y"`, 304],
    ['any tag', () => '*', 304],
    ['another tag', () => 'W/"x"', 200],
    ['a part of the tag', (tag: string) => tag.slice(0, -2), 200],
    ['nothing', () => '', 200],
  ])('compares %s', async (_what, header, status) => {
    const { get, tagOf } = await serve();
    const tag = await tagOf('/papers/a');
    expect((await get('/papers/a', { 'If-None-Match': header(tag) })).status).toBe(status);
  });

  test('depends on URL and Accept', async () => {
    const { get, tagOf } = await serve();
    const tag = await tagOf('/search?q=a');
    expect((await get('/search?q=b', { 'If-None-Match': tag })).status).toBe(200);
    expect((await get('/search?q=a', { 'If-None-Match': tag, Accept: 'application/json' })).status).toBe(200);
  });
});

test.each(['/papers/nobody', '/search?limit=x', '/nowhere'])(
  'a failure is not good for long, whatever is compared: %s',
  async (path) => {
    const { get } = await serve();
    for (const tag of ['*', 'W/"x"']) {
      const { status, headers } = await get(path, { 'If-None-Match': tag });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.get('cache-control')).toBe('no-store');
    }
  },
);

test('POST ignores If-None-Match', async () => {
  const { snapshot, get } = await serve();
  const { headers } = await get('/related', { 'If-None-Match': '*' }, 'POST');
  expect(headers.get('etag')).not.toBe('W/"x"');
  expect(snapshot.requests).toEqual([]);
});

test.each(['/health', '/ready', '/metrics'])('%s is never cached', async (path) => {
  const { get } = await serve();
  const { status, headers } = await get(path, { 'If-None-Match': '"x"' });
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('no-store');
});

test('keeps the tag of the document for every snapshot', async () => {
  const { snapshot, get, tagOf } = await serve();
  const tag = await tagOf('/openapi.json');
  snapshot.id = 'two';
  expect((await get('/openapi.json', { 'If-None-Match': tag })).status).toBe(304);
});
