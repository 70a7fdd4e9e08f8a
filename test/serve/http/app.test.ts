import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const searcher = new FakeSnapshot();
const logged: unknown[] = [];
let base = '';
let close = () => {};
beforeAll(async () => {
  const app = createApp({ engine: new FakeEngine(searcher), log: (error) => logged.push(error) });
  ({ url: base, close } = await listening(app));
});
afterAll(() => close());

async function get(path: string, init?: RequestInit) {
  const response = await validatedFetch(base + path, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

describe('GET /search', () => {
  test('answers with the documented fields and defaults', async () => {
    const { status, body } = await get('/search?q=papers+about+dogs');
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(
      expect.arrayContaining(['query', 'mode', 'total', 'limit', 'offset', 'tookMs', 'hits']),
    );
    expect(body).toMatchObject({
      query: 'papers about dogs',
      mode: 'hybrid',
      limit: 10,
      offset: 0,
      total: 3,
    });
    expect(body.hits[0]).toMatchObject({ rank: 1, score: 1, paper: { id: 'a' }, highlights: [] });
  });

  test('accepts the deprecated parameter secondLook', async () => {
    await get('/search?q=x&secondLook=false');
    expect(searcher.requests.at(-1)).toMatchObject({ secondLook: false });
    expect(searcher.requests.at(-1)).not.toHaveProperty('fallback');
  });

  test('takes a list that is repeated like one with commas', async () => {
    await get('/search?q=x&facets=year&facets=venue,author');
    expect(searcher.requests.at(-1)).toMatchObject({ facets: ['year', 'venue', 'author'] });
  });

  test('passes every parameter on', async () => {
    const { body } = await get(
      '/search?q=x&mode=keyword&fusion=reciprocal-rank&limit=1&offset=2&sort=title&facets=year,%20venue' +
        '&explain=true&strict=1&fallback=false&rerank=7&rerankBy=tiny&rerankBudgetMs=300&year=2020..&venue=A&venue=B&author=C&keyword=D' +
        '&area=E&session=F&has=pdf,abstract&rejected=show',
    );
    expect(searcher.requests.at(-1)).toEqual({
      query: 'x',
      relevantFirst: false,
      highlight: true,
      plain: false,
      mode: 'keyword',
      fusion: 'reciprocal-rank',
      limit: 1,
      offset: 2,
      sort: 'title',
      facets: ['year', 'venue'],
      explain: true,
      strict: true,
      fallback: false,
      rerank: 7,
      rerankBy: 'tiny',
      rerankBudgetMs: 300,
      rejected: 'show',
      filters: {
        year: '2020..',
        venue: ['A', 'B'],
        author: ['C'],
        keyword: ['D'],
        area: ['E'],
        session: ['F'],
        has: ['pdf', 'abstract'],
      },
    });
    expect(body.hits).toMatchObject([{ rank: 3 }]);
  });

  test.each([
    ['?q=a&q=b', ['q']],
    ['?q=a&mode=fuzzy', ['mode']],
    ['?q=a&fusion=x', ['fusion']],
    ['?q=a&limit=0', ['limit']],
    ['?q=a&limit=101', ['limit']],
    ['?q=a&limit=ten', ['limit']],
    ['?q=a&limit=1e1', ['limit']],
    ['?q=a&limit=5&limit=6', ['limit']],
    ['?q=a&offset=-1', ['offset']],
    ['?q=a&offset=99999999999', ['offset']],
    ['?q=a&limt=5&yaer=2020', ['limt', 'yaer']],
    ['?q=a&limit=0&mode=x', ['mode', 'limit']],
    ['?q[x]=a', ['q[x]']],
    ['?q=a&sort=newest', ['sort']],
    ['?q=a&facets=venue,colour', ['facets']],
    ['?q=a&facets=venue&facets=colour', ['facets']],
    ['?q=a&explain=yes', ['explain']],
    ['?q=a&strict=', ['strict']],
    ['?q=a&fallback=2', ['fallback']],
    ['?q=a&rerank=101', ['rerank']],
    ['?q=a&rerankBy=', ['rerankBy']],
    ['?q=a&rerank=1&rerankBudgetMs=0', ['rerankBudgetMs']],
    ['?year=2020&year=2021', ['year']],
    ['?venue=', ['venue']],
    [`?author=${'a'.repeat(501)}`, ['author']],
    [`?${'keyword=a&'.repeat(51)}`, ['keyword']],
    ['?has=video', ['has']],
    [`?q=${'a'.repeat(8001)}`, ['q']],
  ])('%s is 400 and names %o', async (query, parameters) => {
    const { status, body } = await get(`/search${query}`);
    expect(status).toBe(400);
    expect(body.error.code).toBe('BAD_REQUEST');
    expect(body.error.details.issues.map(({ parameter }: { parameter: string }) => parameter)).toEqual(
      parameters,
    );
    for (const parameter of parameters) expect(body.error.message).toContain(parameter);
  });

  test('answers an unexpected error with 500, logs it, and does not send its details', async () => {
    const { status, body } = await get('/search?q=crash');
    expect(status).toBe(500);
    expect(body.error.code).toBe('INTERNAL');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(logged).toMatchObject([{ message: 'secret detail' }]);
  });

  test('answers 503 when the model cannot run', async () => {
    expect(await get('/search?q=no+model')).toMatchObject({
      status: 503,
      body: { error: { code: 'MODEL_UNAVAILABLE' } },
    });
  });
});

test('answers as documented for any parameters', async () => {
  const names = [
    'q',
    'mode',
    'limit',
    'offset',
    'sort',
    'facets',
    'explain',
    'year',
    'venue',
    'has',
    '__proto__',
  ];
  const parameter = fc.tuple(
    fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 8 })),
    fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('1', 'true', 'keyword', 'year')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(parameter, { maxLength: 6 }), async (parameters) => {
      const { status } = await get(`/v1/search?${new URLSearchParams(parameters)}`);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 200 },
  );
});

describe('GET /suggest', () => {
  test('answers with the text and its suggestions', async () => {
    expect(await get('/suggest?q=se')).toMatchObject({
      status: 200,
      body: { query: 'se', suggestions: [{ kind: 'title', text: 'Second', id: 'doi:10.1/x y' }] },
    });
    expect((await get('/suggest?q=nothing')).body).toEqual({ query: 'nothing', suggestions: [] });
  });

  test.each([
    ['', ['q']],
    ['?q=%20', ['q']],
    ['?q=a&limit=0', ['limit']],
    ['?q=a&limit=101', ['limit']],
    ['?q=a&mode=keyword', ['mode']],
    [`?q=${'a'.repeat(8001)}`, ['q']],
  ])('%s is 400 and names %o', async (query, parameters) => {
    const { status, body } = await get(`/suggest${query}`);
    expect(status).toBe(400);
    expect(body.error.details.issues.map(({ parameter }: { parameter: string }) => parameter)).toEqual(
      parameters,
    );
  });
});

describe('papers', () => {
  test('GET /papers/:id, also with a slash in the id', async () => {
    expect(await get('/papers/a')).toMatchObject({ status: 200, body: { id: 'a', title: 'First' } });
    expect(await get(`/papers/${encodeURIComponent('doi:10.1/x y')}`)).toMatchObject({
      status: 200,
      body: { title: 'Second' },
    });
  });

  test('GET /papers/:id/related', async () => {
    const { status, body } = await get('/papers/a/related?limit=1&offset=1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      seeds: { positive: [{ id: 'a' }] },
      limit: 1,
      offset: 1,
      hits: [{ rank: 2 }],
    });
  });

  test.each(['/papers/nobody', '/papers/nobody/related'])('%s is 404 and names the id', async (path) => {
    expect(await get(path)).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND', details: { id: 'nobody' } } },
    });
  });

  test.each(['/papers/a?x=1', '/papers/a/related?limit=x', '/papers/%E0%A4%A'])('%s is 400', async (path) => {
    expect(await get(path)).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST' } } });
  });
});

describe('every route', () => {
  test.each(['/', '/health', '/stats'])('%s answers', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  test('an unknown path is 404 with the error body', async () => {
    expect(await get('/nowhere')).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  });

  test.each([
    ['/', 'GET, HEAD'],
    ['/search', 'GET, HEAD'],
    ['/v1/search', 'GET, HEAD'],
    ['/suggest', 'GET, HEAD'],
    ['/papers/a', 'GET, HEAD, DELETE'],
    ['/papers/a/related', 'GET, HEAD'],
    ['/health', 'GET, HEAD'],
    ['/stats', 'GET, HEAD'],
  ])('POST %s is 405 and lists %s as allowed', async (path, allowed) => {
    const { status, headers, body } = await get(path, { method: 'POST', body: 'x' });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe(allowed);
    expect(body.error.code).toBe('METHOD_NOT_ALLOWED');
  });

  test.each(['/search?q=x', '/suggest?q=se', '/papers/a', '/papers/a/related', '/health', '/stats'])(
    '/v1%s answers as it does without /v1',
    async (path) => {
      const { status, body } = await get(`/v1${path}`);
      expect(status).toBe(200);
      expect(body).toEqual((await get(path)).body);
    },
  );

  test('HEAD answers without a body', async () => {
    expect(await get('/search?q=x', { method: 'HEAD' })).toMatchObject({ status: 200, body: undefined });
  });

  test('refuses a large body with 413, a long URL with 414', async () => {
    expect(await get('/search', { method: 'POST', body: 'x'.repeat(70_000) })).toMatchObject({
      status: 413,
      body: { error: { code: 'PAYLOAD_TOO_LARGE' } },
    });
    expect(await get(`/${'x'.repeat(15_100)}`)).toMatchObject({
      status: 414,
      body: { error: { code: 'URI_TOO_LONG' } },
    });
  });

  test('sends security headers and does not name the framework', async () => {
    const { headers } = await get('/search?q=x');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('content-type')).toContain('application/json');
  });
});
