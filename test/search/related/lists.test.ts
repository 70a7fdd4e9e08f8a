import { describe, expect, test } from 'vitest';
import type { RelatedRequest } from '../../../src/search/api.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

/** Papers on cats, one of them rejected, and as many on rocks. */
const WORDS = { cat: 'purr whiskers claws fur milk', rock: 'basalt granite magma quartz strata' };
const { snapshot } = await snapshotOver(
  Object.entries(WORDS).flatMap(([field, words]) =>
    [2021, 2020, 2022, 2023, 2019, 2024].map((year, i) =>
      paperOf({
        id: `${field}-${i}`,
        title: `${'edcbaf'[i]}${field} ${words}`,
        abstract: `${words} ${words}`,
        year,
        venue: i % 2 === 0 ? 'ICLR' : 'ACL',
        ...(i === 5 && { acceptance: 'reject' }),
      }),
    ),
  ),
);

describe.each(SEARCH_MODES)('%s', (mode) => {
  const related = (request: RelatedRequest) => snapshot.related({ mode, limit: 100, ...request });

  test('says which papers are relevant: the first ones', async () => {
    const { hits, relevant, confidence, total } = await related({ positive: ['cat-0'] });
    expect(relevant).toBe(5);
    expect(total).toBe(mode === 'keyword' ? 5 : 11);
    expect(hits.map(({ paper, confidence }) => [paper.id.slice(0, 3), confidence.level])).toEqual([
      ...Array.from({ length: 5 }, () => ['cat', 'strong']),
      ...Array.from({ length: total - 5 }, () => ['roc', 'none']),
    ]);
    expect(confidence).toEqual({ level: 'strong', score: hits[0]!.score });
  });

  test('counts facets over the relevant papers, whatever the page and the order', async () => {
    const counts = {
      papers: 5,
      values: {
        venue: [
          { value: 'ACL', count: 3 },
          { value: 'ICLR', count: 2 },
        ],
      },
    };
    for (const page of [{}, { limit: 0 }, { offset: 4, limit: 2 }, { sort: 'title' as const }])
      expect(await related({ positive: ['cat-0'], facets: ['venue'], ...page })).toMatchObject({
        facets: counts,
      });
    expect(await related({ positive: ['cat-0'] })).not.toHaveProperty('facets');
  });

  test('sorts the relevant papers in other orders, in pages that follow one another', async () => {
    const byDate = await related({ positive: ['cat-0'], sort: 'date' });
    expect(byDate.hits.map(({ paper }) => paper.year)).toEqual([2024, 2023, 2022, 2020, 2019]);
    expect([byDate.total, byDate.relevant]).toEqual([5, 5]);
    const request = { positive: ['cat-0', 'cat-3'], sort: 'title' as const };
    const all = await related(request);
    expect(all.hits.map(({ paper }) => paper.title.slice(0, 1))).toEqual(['a', 'c', 'd', 'f']);
    const pages = await Promise.all(
      [0, 1, 2, 3, 4].map((offset) => related({ ...request, offset, limit: 1 })),
    );
    expect(pages.flatMap(({ hits }) => hits)).toEqual(all.hits);
  });

  test('does not count hidden submissions as relevant, and says how many there are', async () => {
    const request = { positive: ['cat-0', 'cat-1'], rejected: 'hide', facets: ['year'] } as const;
    for (const sort of ['relevance', 'date'] as const) {
      const { relevant, rejectedHidden, facets, hits } = await related({ ...request, sort });
      expect([relevant, facets?.papers]).toEqual([3, 3]);
      // By relevance, the whole ranking; by date, the relevant papers.
      expect(rejectedHidden).toBe(sort === 'relevance' && mode !== 'keyword' ? 2 : 1);
      expect(hits.map(({ paper }) => paper.id)).not.toContain('cat-5');
    }
  });

  test('filters change neither the order nor the scores of the papers that they leave', async () => {
    const request = { positive: ['cat-0', 'cat-1', 'rock-3'] };
    const all = await related(request);
    const some = await related({ ...request, filters: { venue: ['ICLR'] } });
    const scored = (hits: typeof all.hits) => hits.map(({ paper, score }) => [paper.id, score]);
    expect(scored(some.hits)).toEqual(scored(all.hits.filter(({ paper }) => paper.venue === 'ICLR')));
  });

  test('finds nothing relevant to a text on something else', async () => {
    const { relevant, confidence } = await related({ text: 'jurisprudence', facets: ['year'] });
    expect([relevant, confidence.level]).toEqual([0, 'none']);
    expect(await related({ text: 'jurisprudence', sort: 'date' })).toMatchObject({ total: 0, hits: [] });
  });
});

test('with a negative seed on the same subject, relevant papers are still the first ones', async () => {
  const own = (name: string, n: number) => Array.from({ length: n }, (_, i) => `${name}${i}`).join(' ');
  const { snapshot: split } = await snapshotOver([
    ...['a', 'b', 'c'].flatMap((id) => [
      paperOf({ id: `left-${id}`, title: `left ${id}`, abstract: `${own('both', 12)} ${own('left', 6)}` }),
      paperOf({ id: `right-${id}`, title: `right ${id}`, abstract: `${own('both', 12)} ${own('right', 6)}` }),
    ]),
    ...Array.from({ length: 40 }, (_, i) =>
      paperOf({ id: `far-${i}`, title: 'basalt', abstract: own('rock', 12) }),
    ),
  ]);
  const { hits, relevant } = await split.related({ positive: ['left-a'], negative: ['right-a'], limit: 50 });
  const levels = hits.map(({ confidence }) => confidence.level);
  expect(levels.map((level) => level !== 'none')).toEqual(levels.map((_, place) => place < relevant));
  const first = hits.slice(0, relevant).map(({ paper }) => paper.id);
  expect(first.slice(0, 2).sort()).toEqual(['left-b', 'left-c']);
  expect(first.filter((id) => id.startsWith('far'))).toEqual([]);
});

test('weighs seeds evenly: one seed with many similar papers does not take the first page', async () => {
  // The papers near `wide` say the same as it; those on the theme share a part of their words with each seed.
  const own = (name: string, n: number) => Array.from({ length: n }, (_, i) => `${name}${i}`).join(' ');
  const { snapshot: uneven } = await snapshotOver([
    ...['p', 'q', 'r', 's'].map((id) =>
      paperOf({ id: `seed-${id}`, title: `theme ${id}`, abstract: `ocean current ${own(id, 12)}` }),
    ),
    paperOf({ id: 'seed-wide', title: 'theme wide', abstract: `ocean current ${own('wide', 6)}` }),
    ...Array.from({ length: 8 }, (_, i) =>
      paperOf({ id: `wide-${i}`, title: `other ${i}`, abstract: own('wide', 6) }),
    ),
    paperOf({
      id: 'near-all',
      title: 'theme',
      abstract: `ocean current ${own('p', 4)} ${own('q', 4)} ${own('r', 4)}`,
    }),
  ]);
  const positive = ['seed-p', 'seed-q', 'seed-r', 'seed-s', 'seed-wide'];
  const { hits } = await uneven.related({ positive, limit: 3 });
  expect(hits[0]!.paper.id).toBe('near-all');
});

test.each([[{ positive: ['cat-0'], sort: 'length' }], [{ positive: ['cat-0'], facets: ['colour'] }]])(
  'refuses %o',
  async (request) => {
    await expect(snapshot.related(request as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  },
);
