import { describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../src/search/api.ts';
import { confidenceOf, hybridConfidence, isRelevant } from '../../src/search/confidence.ts';
import { SEARCH_MODES } from '../../src/search/mode.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ title: 'Sharpening', abstract: 'Models sharpen themselves with their own answers.', year: 2024 }),
  paperOf({ title: 'Cats', abstract: 'Animals that purr at night.', year: 2023 }),
  paperOf({ title: 'Dogs', abstract: 'Animals that bark by day.', authors: ['Ada Lovelace'] }),
]);

const confidenceFor = async (request: SearchRequest) =>
  (await snapshot.search({ fallback: false, ...request })).confidence;

test.each(SEARCH_MODES)(
  '%s: derives levels from the score, and treats every level except none as relevant',
  (mode) => {
    const levels = Array.from({ length: 101 }, (_, i) => confidenceOf(mode, i / 100).level);
    expect(new Set(levels)).toEqual(new Set(['none', 'weak', 'strong']));
    expect(levels).toEqual(
      [...levels].sort(
        (a, b) => ['none', 'weak', 'strong'].indexOf(a) - ['none', 'weak', 'strong'].indexOf(b),
      ),
    );
    for (const [i, level] of levels.entries()) expect(isRelevant(mode, i / 100)).toBe(level !== 'none');
  },
);

test('adds matching keywords to the cosine', () => {
  expect(hybridConfidence(0, 0.4)).toBe(0.4);
  expect(hybridConfidence(0.4, 0.4)).toBeCloseTo(0.5);
  expect(hybridConfidence(1, 0.4)).toBeCloseTo(0.85);
});

describe.each(SEARCH_MODES)('%s', (mode) => {
  test("is strong for a paper's own words, and none for words that no paper contains", async () => {
    const own = 'Sharpening Models sharpen themselves with their own answers.';
    expect(await confidenceFor({ query: own, mode })).toMatchObject({ level: 'strong' });
    if (mode === 'keyword') {
      expect(await confidenceFor({ query: 'lentil soup', mode })).toEqual({ level: 'none', score: 0 });
    }
  });

  test.each([
    { query: '"own answers"' },
    { query: 'title:cats' },
    { query: 'purr OR bark' },
    { query: 'author:lovelace' },
    { query: 'year:2024' },
    { query: '-purr' },
    { query: '', filters: { year: '2023' } },
  ] as const)('is strong if a paper matches %o', async (request) => {
    expect(await confidenceFor({ ...request, mode })).toEqual({ level: 'strong', score: 1 });
  });

  test.each(['"bark animals"', 'title:purr', 'lentil AND soup', 'author:hopper', 'year:1999'])(
    '%s: has the level none if no paper matches',
    async (query) => {
      expect(await confidenceFor({ query, mode })).toEqual({ level: 'none', score: 0 });
    },
  );

  test('does not depend on conditions next to plain words', async () => {
    const plain = await confidenceFor({ query: 'purring zebra quagga', mode });
    const beside = await confidenceFor({ query: 'purring zebra quagga -bark', mode });
    expect(beside.score).toBeCloseTo(plain.score, 2);
    expect(beside.score).toBeLessThan(1);
  });

  test('does not count a condition that had to be ignored as matched', async () => {
    expect((await confidenceFor({ query: '"the"', mode })).score).toBeLessThan(1);
  });

  test('has the score of the whole answer on every page', async () => {
    const pages = [0, 1, 5].map((offset) => confidenceFor({ query: 'animals purr', mode, offset, limit: 1 }));
    const [first, ...others] = await Promise.all(pages);
    for (const other of others) expect(other).toEqual(first);
  });
});

describe.each(['hybrid', 'keyword'] as const)('%s: a query of names', (mode) => {
  test.each(['Ada Lovelace', 'papers by Ada Lovelace', 'lovelace, ada'])('%s is strong', async (query) => {
    expect(await confidenceFor({ query, mode })).toEqual({ level: 'strong', score: 0.9 });
  });

  test.each([
    ['no paper has all words', { query: 'Ada Hopper' }],
    ['a filter leaves none', { query: 'Ada Lovelace', filters: { year: '2023' } }],
    ['it is long', { query: 'ada lovelace ada lovelace ada lovelace ada' }],
  ] as const)('has the same score as any other query if %s', async (_why, request) => {
    expect((await confidenceFor({ ...request, mode })).score).toBeLessThan(0.9);
  });

  test('treats papers of the authors as relevant', async () => {
    const { hits, facets } = await snapshot.search({
      query: 'Ada Lovelace',
      mode,
      sort: 'title',
      facets: ['author'],
    });
    expect(hits.map(({ paper }) => paper.id)).toEqual(['dogs']);
    expect(facets).toMatchObject({ papers: 1 });
  });
});

test('is the best cosine in semantic mode', async () => {
  const { confidence, hits } = await snapshot.search({ query: 'animals purr', mode: 'semantic' });
  expect(confidence.score).toBe(hits[0]!.score);
});

test('is the same in another order', async () => {
  const query = 'animals purr';
  expect(await confidenceFor({ query, sort: 'title' })).toEqual(await confidenceFor({ query }));
});
