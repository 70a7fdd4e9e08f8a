import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEARCH_MODES } from '../../src/search/mode.ts';
import { paperOf } from '../support/papers.ts';
import { RANDOM_QUERY, randomPapers } from '../support/random-papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const ALL = 500;
const [random = []] = fc.sample(randomPapers(120), { numRuns: 1, seed: 14 });
const { snapshot } = await snapshotOver([
  ...random,
  paperOf({ id: 'x1', title: 'Cats that purr', abstract: 'Cats purr at night.', authors: ['Ada Lovelace'] }),
  paperOf({ id: 'x2', title: 'Dogs that bark', abstract: 'Dogs bark by day.', year: 2021 }),
  paperOf({ id: 'x3', title: 'Bees', abstract: 'Bees hum.', authors: ['Zoë Óskarsdóttir'] }),
]);
const queries = [
  ...fc.sample(RANDOM_QUERY, { numRuns: 12, seed: 14 }).filter((query) => query.trim() !== ''),
  'cats purr',
  'bark 2021',
  'papers by Oskarsdottir',
  'Dogs that bark',
];

test.each(SEARCH_MODES)(
  '%s: puts the papers that facets count first, each part in its order',
  async (mode) => {
    let mixed = 0;
    for (const query of queries) {
      const request = { query, mode, limit: ALL, fallback: false, facets: ['year'] } as const;
      const plain = await snapshot.search(request);
      const first = await snapshot.search({ ...request, relevantFirst: true });
      const byTitle = await snapshot.search({ ...request, sort: 'title' });
      const relevant = new Set(byTitle.hits.map(({ paper }) => paper.id));
      const idsOf = (answer: typeof plain) => answer.hits.map(({ paper }) => paper.id);
      expect(plain.relevant).toBeUndefined();
      expect(first.relevant).toBe(plain.facets!.papers);
      expect(first.hits.map(({ rank }) => rank)).toEqual(first.hits.map((_, i) => i + 1));
      expect(new Set(idsOf(first).slice(0, first.relevant))).toEqual(relevant);
      if (mode !== 'keyword') expect(first.total).toBe(plain.total);
      const wanted = [
        ...idsOf(plain).filter((id) => relevant.has(id)),
        ...idsOf(plain).filter((id) => !relevant.has(id)),
      ];
      expect(idsOf(first)).toEqual(wanted);
      if (wanted.join() !== idsOf(plain).join()) mixed++;
    }
    // Otherwise the ranking alone would do, and this test would show nothing.
    if (mode === 'hybrid') expect(mixed).toBeGreaterThan(0);
  },
);

test('pages are parts of one order', async () => {
  const request = { query: 'graph learning', fallback: false, relevantFirst: true };
  const whole = await snapshot.search({ ...request, limit: ALL });
  const pages = [];
  for (let offset = 0; offset < whole.total; offset += 10)
    pages.push(...(await snapshot.search({ ...request, limit: 10, offset })).hits);
  expect(pages.map(({ paper }) => paper.id)).toEqual(whole.hits.map(({ paper }) => paper.id));
});

test('counts every paper as relevant where only conditions are asked for, or another order', async () => {
  for (const request of [
    { query: 'year:2021' },
    { query: '', filters: { year: '2021' } },
    { query: 'graph', sort: 'date' as const },
  ]) {
    const { relevant, total } = await snapshot.search({ ...request, relevantFirst: true });
    expect(relevant).toBe(total);
  }
});

test('an explanation says that the order is not that of the score', async () => {
  let mixed = 0;
  for (const query of queries.slice(0, 12)) {
    const request = { query, fallback: false, explain: true, limit: ALL };
    const plain = await snapshot.search(request);
    const first = await snapshot.search({ ...request, relevantFirst: true });
    const rankOf = new Map(plain.hits.map(({ paper, rank }) => [paper.id, rank]));
    for (const { paper, rank, explanation } of first.hits) {
      const before = rankOf.get(paper.id)!;
      if (before === rank || before > 100 || explanation!.without.length === 0) continue;
      mixed++;
      expect(explanation!.summary).toContain(`by its score it was at ${before}.`);
    }
  }
  expect(mixed).toBeGreaterThan(0);
});
