import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

let base = '';
let close = () => {};
beforeAll(async () => {
  ({ url: base, close } = await listening(createApp({ engine: new FakeEngine(new FakeSnapshot()) })));
});
afterAll(() => close());

const JSON_TYPE = { 'Content-Type': 'application/json' };

async function post(body: string, headers: Record<string, string> = JSON_TYPE, query = '') {
  const response = await validatedFetch(`${base}/related${query}`, { method: 'POST', body, headers });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

test('POST /related returns its seeds and the requested page', async () => {
  const request = {
    positive: ['a'],
    negative: ['c'],
    text: 'x',
    mode: 'semantic',
    limit: 1,
    offset: 1,
    filters: { year: { from: 2020 }, venue: ['ICLR'], has: ['pdf'] },
  };
  expect(await post(JSON.stringify(request))).toMatchObject({
    status: 200,
    body: {
      seeds: { positive: [{ id: 'a' }], negative: [{ id: 'c' }], text: 'x' },
      mode: 'semantic',
      limit: 1,
      offset: 1,
      hits: [{ rank: 2, nearest: { id: 'a' } }],
    },
  });
});

describe('an invalid body', () => {
  test.each([
    ['not JSON', '{'],
    ['a text', '"a"'],
    ['null', 'null'],
    ['a list', '["a"]'],
    ['a lone surrogate in a wrong place', '{"mode":"\\ud800"}'],
  ])('%s is 400', async (_what, body) => {
    expect(await post(body)).toMatchObject({
      status: 400,
      body: { error: { code: 'BAD_REQUEST', message: expect.stringMatching(/./) } },
    });
  });

  test.each([
    ['text/plain', {}, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/x-www-form-urlencoded', {}, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/json; charset=iso-8859-1', {}, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['application/json', { 'Content-Encoding': 'gzip' }, 400, 'BAD_REQUEST'],
    ['application/json', { 'Content-Encoding': 'rot13' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ])('of type %s, %o, is %i', async (type, headers, status, code) => {
    expect(await post('{"positive":["a"]}', { 'Content-Type': type, ...headers })).toMatchObject({
      status,
      body: { error: { code } },
    });
  });

  test('too large is 413', async () => {
    expect(await post(JSON.stringify({ text: 'x'.repeat(70_000) }))).toMatchObject({
      status: 413,
      body: { error: { code: 'PAYLOAD_TOO_LARGE' } },
    });
  });
});

describe('a bad field', () => {
  const many = Array.from({ length: 21 }, (_, i) => `p${i}`);
  test.each([
    ['positive', { positive: 'a' }],
    ['positive', { positive: many }],
    ['positive.0', { positive: [''] }],
    ['positive.1', { positive: ['a', 7] }],
    ['negative', { negative: many }],
    ['text', { text: 5 }],
    ['text', { text: 'x'.repeat(8001) }],
    ['mode', { mode: 'fuzzy' }],
    ['limit', { limit: '5' }],
    ['limit', { limit: 101 }],
    ['offset', { offset: -1 }],
    ['offset', { offset: 1e12 }],
    ['sort', { sort: 'length' }],
    ['facets', { facets: 'year' }],
    ['facets.1', { facets: ['year', 'colour'] }],
    ['seeds', { seeds: ['a'] }],
    ['constructor', { constructor: 1 }],
    ['filters', { filters: [] }],
    ['filters.venue', { filters: { venue: 'ICLR' } }],
    ['filters.year', { filters: { year: 2020.5 } }],
    ['filters.has.0', { filters: { has: ['video'] } }],
    ['filters.colour', { filters: { colour: ['red'] } }],
  ])('%s is named', async (parameter, fields) => {
    const { status, body } = await post(JSON.stringify(fields));
    expect(status).toBe(400);
    expect(body.error.details.issues).toMatchObject([{ parameter, problem: expect.stringMatching(/./) }]);
  });

  test('__proto__ has no effect', async () => {
    const { status } = await post('{"positive":["a"],"__proto__":{"limit":3}}');
    expect([200, 400]).toContain(status);
    expect(({} as Record<string, unknown>).limit).toBeUndefined();
  });

  test('parameters in the URL are refused', async () => {
    const { status, body } = await post('{"positive":["a"]}', JSON_TYPE, '?limit=1');
    expect(status).toBe(400);
    expect(body.error.details.issues).toMatchObject([{ parameter: 'limit' }]);
  });
});

test('an unknown id is 404 and named', async () => {
  expect(await post('{"positive":["nobody"]}')).toMatchObject({
    status: 404,
    body: { error: { code: 'NOT_FOUND', details: { id: 'nobody' } } },
  });
});

test.each(['GET', 'PUT', 'DELETE'])('%s is 405 and lists the allowed methods', async (method) => {
  const response = await validatedFetch(`${base}/related`, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});

test.each(['PUT', 'DELETE'])('%s of the versioned path is 405', async (method) => {
  const response = await validatedFetch(`${base}/v1/related`, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
});

test('GET /papers/:id/related takes filters', async () => {
  const response = await validatedFetch(
    `${base}/papers/a/related?venue=ICLR&year=2020..&has=pdf&mode=keyword`,
  );
  expect(await response.json()).toMatchObject({ seeds: { positive: [{ id: 'a' }] }, mode: 'keyword' });
});
