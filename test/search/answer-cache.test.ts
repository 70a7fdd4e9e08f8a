import { describe, expect, test } from 'vitest';
import { AnswerCache } from '../../src/search/answer-cache.ts';
import type { SearchRequest } from '../../src/search/api.ts';
import { FakeSnapshot } from '../support/fake-engine.ts';

/** A cache in front of a snapshot, and the requests that the snapshot got. */
function cached(onLookup?: (found: boolean) => void) {
  const snapshot = new FakeSnapshot();
  const cache = new AnswerCache(onLookup);
  const search = (request: SearchRequest) => cache.answer(request, (unknown) => snapshot.search(unknown));
  return { search, requests: snapshot.requests };
}

describe('a repeated query', () => {
  test('is answered from the cache, with the same answer except for the time', async () => {
    const { search, requests } = cached();
    const first = await search({ query: 'a', limit: 2 });
    const again = await search({ query: 'a', limit: 2 });
    expect({ ...again, tookMs: 0 }).toEqual({ ...first, tookMs: 0 });
    expect(requests).toHaveLength(1);
  });

  test('is answered with a copy of the list', async () => {
    const { search } = cached();
    await search({ query: 'a', limit: 2 });
    const again = await search({ query: 'a', limit: 2 });
    (again.hits as unknown[]).length = 0;
    expect((await search({ query: 'a', limit: 2 })).hits).toHaveLength(2);
  });

  test('is reported', async () => {
    const found: boolean[] = [];
    const { search } = cached((known) => found.push(known));
    await search({ query: 'a' });
    await search({ query: 'a' });
    expect(found).toEqual([false, true]);
  });

  test.each([
    { query: 'b' },
    { limit: 3 },
    { offset: 1 },
    { mode: 'keyword' },
    { fusion: 'reciprocal-rank' },
    { filters: { year: '2020' } },
    { filters: { year: { from: 2020 } } },
    { filters: { venue: ['a'] } },
    { filters: { author: ['a'] } },
    { filters: { has: ['pdf'] } },
    { sort: 'date' },
    { facets: ['year'] },
    { explain: true },
    { strict: true },
    { secondLook: false },
    { rerank: 5 },
  ] as const)('differs with %o', async (other) => {
    const { search, requests } = cached();
    await search({ query: 'a', limit: 2 });
    await search({ query: 'a', limit: 2, ...other });
    expect(requests).toHaveLength(2);
  });

  test('ignores the order of fields and undefined fields', async () => {
    const { search, requests } = cached();
    await search({ query: 'a', limit: 2, sort: undefined });
    await search({ limit: 2, query: 'a' });
    expect(requests).toHaveLength(1);
  });

  test('differs if any filter differs', async () => {
    const { search, requests } = cached();
    const filters = [{ venue: ['a', 'b'] }, { venue: ['a'] }, { author: ['a'] }, { venue: ['a,b'] }, {}];
    for (const each of filters) await search({ query: 'a', filters: each });
    expect(requests).toHaveLength(filters.length);
  });

  test('is searched again after a failure', async () => {
    const { search, requests } = cached();
    for (let n = 0; n < 2; n++) await expect(search({ query: 'no model' })).rejects.toThrow('No model.');
    expect(requests).toHaveLength(2);
  });

  test('is dropped from the cache after many others', async () => {
    const { search, requests } = cached();
    for (let n = 0; n < 5000; n++) await search({ query: String(n) });
    await search({ query: '0' });
    expect(requests).toHaveLength(5001);
  });
});
