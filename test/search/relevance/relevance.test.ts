import { describe, expect, test } from 'vitest';
import type { SearchRequest } from '../../../src/search/api.ts';
import { confidenceOf } from '../../../src/search/confidence.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { topicRecords } from '../../support/topic-records.ts';

const recordOf = topicRecords();
const records = Array.from({ length: 60 }, (_, i) => recordOf(`p${i}`));
const { snapshot } = await snapshotOver([
  ...records.map((record, i) => paperOf({ ...record, year: 2000 + (i % 20), authors: [`Ada Ek${i % 7}`] })),
  paperOf({ id: 'rejected', title: 'Bees that lie', acceptance: 'reject' }),
  paperOf({ id: 'bees', title: 'Bees that dance', authors: ['Grace Hopper'] }),
]);

const words = records[3]!.title;
const [first, second] = words.split(' ') as [string, string];
const REQUESTS: readonly Omit<SearchRequest, 'mode'>[] = [
  { query: words },
  { query: `papers about ${first} ${second}` },
  { query: `"${first} ${second}"` },
  { query: `${first} year:>=2005` },
  { query: `${first} OR ${second}` },
  { query: `${words} -${second}` },
  { query: first, filters: { year: '>=2010' } },
  { query: '', filters: { year: '2003' } },
  { query: 'Ada Ek3' },
  { query: 'Hopper' },
  { query: 'bees' },
  { query: 'bees', rejected: 'hide' },
  { query: 'lentil soup' },
];

test.each(SEARCH_MODES)('%s: returns the papers that a search sorted by date has', async (mode) => {
  const counts = [];
  for (const request of REQUESTS) {
    const search = await snapshot.search({ ...request, mode, sort: 'date', limit: 100, fallback: false });
    const found = await snapshot.relevance({ ...request, mode });
    const ids = search.hits.map(({ paper }) => paper.id).sort();
    expect(found.map(({ id }) => id).sort(), JSON.stringify(request)).toEqual(ids);
    counts.push(found.length);
  }
  // Neither nothing nor everything, for most of them.
  expect(counts.filter((count) => count > 0 && count < 62).length).toBeGreaterThan(REQUESTS.length / 2);
});

test.each(SEARCH_MODES)('%s: has the confidence of the best paper, and falls', async (mode) => {
  for (const request of REQUESTS) {
    const found = await snapshot.relevance({ ...request, mode });
    const { confidence } = await snapshot.search({ ...request, mode, sort: 'date', fallback: false });
    const scores = found.map((each) => each.confidence.score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const each of found) expect(each.confidence).toEqual(confidenceOf(mode, each.confidence.score));
    if (found.length > 0) expect(found[0]!.confidence.level, request.query).toBe(confidence.level);
  }
});

test.each(SEARCH_MODES)('%s: does not depend on the papers that are asked about', async (mode) => {
  for (const request of REQUESTS) {
    const all = await snapshot.relevance({ ...request, mode });
    const ids = records.filter((_, i) => i % 3 === 0).map(({ id }) => id);
    const some = await snapshot.relevance({ ...request, mode }, { ids });
    expect(some).toEqual(all.filter(({ id }) => ids.includes(id)));
  }
});

test('matches every paper without a query', async () => {
  expect(await snapshot.relevance({})).toHaveLength(62);
  expect(await snapshot.relevance({}, { ids: ['bees'] })).toEqual([
    { id: 'bees', confidence: { level: 'strong', score: 1 } },
  ]);
});

test('says which field of a request is wrong', async () => {
  const request = { query: 'bees', sort: 'date' };
  await expect(snapshot.relevance(request)).rejects.toThrow(/sort/);
});

describe('with papers', () => {
  const [one, two, three] = records.map(({ id }) => id) as [string, string, string];

  test.each(SEARCH_MODES)(
    '%s: returns the papers that are related, and the seed they are like',
    async (mode) => {
      for (const seeds of [
        { positive: [one] },
        { positive: [one, two] },
        { positive: [one], negative: [three] },
      ]) {
        const related = await snapshot.related({ ...seeds, mode, limit: 100, sort: 'date' });
        const found = await snapshot.relevance({ ...seeds, mode });
        const expected = related.hits.map(({ paper, confidence, nearest }) => [
          paper.id,
          confidence,
          nearest.id,
        ]);
        expect(found.map(({ id, confidence, nearest }) => [id, confidence, nearest]).sort()).toEqual(
          expected.sort(),
        );
        expect(found.length).toBeGreaterThan(0);
      }
    },
  );

  test('takes the words of the query as a seed, and its conditions as required', async () => {
    const seeds = { positive: [one] };
    const related = await snapshot.related({ ...seeds, text: words, limit: 100, sort: 'date' });
    const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id).sort();
    const all = ids(await snapshot.relevance({ ...seeds, query: words }));
    expect(all).toEqual(ids(related.hits.map(({ paper }) => paper)));
    const some = ids(await snapshot.relevance({ ...seeds, query: `${words} year:2000..2009` }));
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
    expect(all).toEqual(expect.arrayContaining(some));
  });

  test('needs a paper or words beside negative papers', async () => {
    await expect(snapshot.relevance({ query: 'year:2003', negative: [one] })).rejects.toThrow(
      'Give a paper or a text',
    );
    await expect(snapshot.relevance({ positive: ['no-such-paper'] })).rejects.toThrow('no-such-paper');
  });
});
