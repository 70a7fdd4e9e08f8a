import { describe, expect, test } from 'vitest';
import { CachedSearcher } from '../../src/search/cached-searcher.ts';
import { FakeSearcher } from '../support/fake-searcher.ts';

describe('a question that was asked before', () => {
  test('is answered from memory, the same but for the time', async () => {
    const inner = new FakeSearcher();
    const cached = new CachedSearcher(inner);
    const first = await cached.search({ query: 'a', limit: 2 });
    const again = await cached.search({ query: 'a', limit: 2 });
    expect({ ...again, tookMs: 0 }).toEqual({ ...first, tookMs: 0 });
    expect(inner.requests).toHaveLength(1);
  });

  test('is told of', async () => {
    const found: boolean[] = [];
    const cached = new CachedSearcher(new FakeSearcher(), (known) => found.push(known));
    await cached.search({ query: 'a' });
    await cached.search({ query: 'a' });
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
    { fallback: false },
    { rerank: 5 },
  ] as const)('is another with %o', async (other) => {
    const inner = new FakeSearcher();
    const cached = new CachedSearcher(inner);
    await cached.search({ query: 'a', limit: 2 });
    await cached.search({ query: 'a', limit: 2, ...other });
    expect(inner.requests).toHaveLength(2);
  });

  test('is the same with its fields in another order, or left undefined', async () => {
    const inner = new FakeSearcher();
    const cached = new CachedSearcher(inner);
    await cached.search({ query: 'a', limit: 2, sort: undefined });
    await cached.search({ limit: 2, query: 'a' });
    expect(inner.requests).toHaveLength(1);
  });

  test('is another where any filter differs', async () => {
    const inner = new FakeSearcher();
    const cached = new CachedSearcher(inner);
    const filters = [{ venue: ['a', 'b'] }, { venue: ['a'] }, { author: ['a'] }, { venue: ['a,b'] }, {}];
    for (const each of filters) await cached.search({ query: 'a', filters: each });
    expect(inner.requests).toHaveLength(filters.length);
  });

  test('is asked again when it failed', async () => {
    const inner = new FakeSearcher();
    const cached = new CachedSearcher(inner);
    for (let n = 0; n < 2; n++)
      await expect(cached.search({ query: 'no model' })).rejects.toThrow('No model.');
    expect(inner.requests).toHaveLength(2);
  });

  test('is forgotten after many others', async () => {
    const inner = new FakeSearcher();
    const cached = new CachedSearcher(inner);
    for (let n = 0; n < 5000; n++) await cached.search({ query: String(n) });
    await cached.search({ query: '0' });
    expect(inner.requests).toHaveLength(5001);
  });
});

test('all else is passed on', async () => {
  const inner = new FakeSearcher();
  const cached = new CachedSearcher(inner);
  expect(await cached.related({ positive: ['a'] })).toEqual(await inner.related({ positive: ['a'] }));
  expect(await cached.paper('a')).toEqual(await inner.paper('a'));
  expect(await cached.suggest('', 2)).toEqual(await inner.suggest('', 2));
  expect(await cached.stats()).toEqual(await inner.stats());
  await cached.warmUp();
  await cached.close();
});
