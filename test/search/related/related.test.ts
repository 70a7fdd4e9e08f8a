import { describe, expect, test } from 'vitest';
import type { RelatedHit, RelatedRequest } from '../../../src/search/api.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

/** Two fields of research that share no word, and a paper between them. */
const FIELDS = {
  cat: ['purr', 'whiskers', 'claws', 'fur', 'milk'],
  rock: ['basalt', 'granite', 'magma', 'quartz', 'strata'],
};
const papers = Object.entries(FIELDS).flatMap(([field, words]) =>
  words.map((word, i) =>
    paperOf({
      id: `${field}-${i}`,
      title: `${field} ${word}`,
      abstract: words.filter((_, other) => other !== (i + 1) % 5).join(' '),
      venue: i % 2 === 0 ? 'ICLR' : 'ACL',
    }),
  ),
);
const { snapshot } = await snapshotOver([
  ...papers,
  paperOf({ id: 'both', title: 'fur basalt', abstract: '' }),
]);

const idsOf = (hits: readonly RelatedHit[]) => hits.map(({ paper }) => paper.id);
const fieldsOf = (hits: readonly RelatedHit[]) => hits.map(({ paper }) => paper.id.split('-')[0]);

describe.each(SEARCH_MODES)('%s', (mode) => {
  const related = (request: RelatedRequest) => snapshot.related({ mode, ...request });

  test('returns the papers related to one paper before all others', async () => {
    const { hits, total, seeds } = await related({ positive: ['cat-0'] });
    // In keyword mode, only those that share a word with it.
    expect(total).toBe(mode === 'keyword' ? 5 : 10);
    expect(fieldsOf(hits.slice(0, 4))).toEqual(['cat', 'cat', 'cat', 'cat']);
    expect(seeds).toMatchObject({ positive: [{ id: 'cat-0' }], negative: [], text: undefined });
    for (const { nearest } of hits) expect(nearest.id).toBe('cat-0');
  });

  test('with several seeds, returns papers close to at least one of them first, not papers between them', async () => {
    const { hits } = await related({ positive: ['cat-0', 'rock-0'] });
    const first = hits.slice(0, 6);
    expect(fieldsOf(first).filter((field) => field === 'cat').length).toBeGreaterThanOrEqual(2);
    expect(fieldsOf(first).filter((field) => field === 'rock').length).toBeGreaterThanOrEqual(2);
    expect(fieldsOf(first)).not.toContain('both');
    for (const { paper, nearest } of first) expect(nearest.id).toBe(`${paper.id.split('-')[0]}-0`);
  });

  test('ranks papers like a negative seed lower', async () => {
    const meanPlaceOfRocks = (hits: readonly RelatedHit[]) => {
      const places = fieldsOf(hits).flatMap((field, place) => (field === 'rock' ? [place] : []));
      return places.reduce((sum, place) => sum + place, 0) / places.length;
    };
    const request = { positive: ['both'], negative: [] };
    const before = (await related(request)).hits;
    const fromRocks = (await related({ ...request, negative: ['rock-0'] })).hits;
    const fromCats = (await related({ ...request, negative: ['cat-0'] })).hits;
    expect(idsOf(fromRocks).sort()).toEqual(
      idsOf(before)
        .filter((id) => id !== 'rock-0')
        .sort(),
    );
    expect(meanPlaceOfRocks(fromRocks)).toBeGreaterThan(meanPlaceOfRocks(fromCats));
  });

  test('never returns a seed, however often it is named', async () => {
    const { hits, total, seeds } = await related({
      positive: ['cat-0', 'cat-1', 'cat-0'],
      negative: ['rock-3'],
      text: 'basalt',
      limit: 100,
    });
    expect(seeds.positive.map(({ id }) => id)).toEqual(['cat-0', 'cat-1']);
    const found = mode === 'keyword' ? 7 : 8;
    expect(total).toBe(found);
    expect(hits).toHaveLength(found);
    for (const id of ['cat-0', 'cat-1', 'rock-3']) expect(idsOf(hits)).not.toContain(id);
  });

  test('accepts a text as the only seed and ignores its filler phrases', async () => {
    const { hits, total, seeds } = await related({ text: 'papers about magma and granite' });
    expect(total).toBe(mode === 'keyword' ? 5 : 11);
    expect(seeds).toEqual({ positive: [], negative: [], text: 'papers about magma and granite' });
    expect(hits[0]!.paper.id).toMatch(/^rock-/);
    expect(hits[0]!.nearest.id).toBeUndefined();
  });

  test('applies filters, and returns pages that follow one another', async () => {
    const request = { positive: ['cat-0'], text: 'quartz', filters: { venue: ['ACL'] } };
    const { hits, total } = await related({ ...request, limit: 100 });
    expect(total).toBe(4);
    for (const { paper } of hits) expect(paper.venue).toBe('ACL');
    const pages = await Promise.all(
      [0, 1, 2, 3, 4].map((offset) => related({ ...request, offset, limit: 1 })),
    );
    expect(pages.flatMap((page) => page.hits)).toEqual(hits);
    expect(hits.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  });

  test('highlights the shared words, which both papers contain', async () => {
    const { hits } = await related({ positive: ['cat-0'], limit: 4 });
    for (const { paper, nearest, highlights } of hits) {
      expect(nearest.sharedTerms.length > 0).toBe(mode !== 'semantic');
      for (const word of nearest.sharedTerms) expect(`${paper.title} ${paper.abstract}`).toContain(word);
      expect(new Set(highlights.map(({ text }) => text))).toEqual(new Set(nearest.sharedTerms));
    }
  });
});

describe('a paper and a text', () => {
  // As with real abstracts: a paper shares few words with related ones, and another has all words of a short text.
  const noise = (name: string) => Array.from({ length: 30 }, (_, i) => `${name}${i}`).join(' ');
  const corpus = snapshotOver([
    ...[...'abcdefghi'].map((id) =>
      paperOf({ id: `cat-${id}`, title: `purr ${id}`, abstract: `whiskers claws ${noise(id)}` }),
    ),
    ...[...'abcdefgh'].map((id) =>
      paperOf({ id: `rock-${id}`, title: 'basalt granite', abstract: noise(`r${id}`) }),
    ),
    ...Array.from({ length: 12 }, (_, i) =>
      paperOf({ id: `else-${i}`, title: `else${i}`, abstract: noise(`e${i}`) }),
    ),
  ]);

  test.each(['hybrid', 'keyword'] as const)(
    '%s: returns papers related to each of them among the first',
    async (mode) => {
      const { hits } = await (await corpus).snapshot.related({
        mode,
        positive: ['cat-a'],
        text: 'basalt granite',
        limit: 6,
      });
      expect(fieldsOf(hits).filter((field) => field === 'rock').length).toBeGreaterThanOrEqual(1);
      expect(fieldsOf(hits).filter((field) => field === 'cat').length).toBeGreaterThanOrEqual(1);
      expect(new Set(hits.slice(0, 6).map(({ nearest }) => nearest.id))).toEqual(
        new Set(['cat-a', undefined]),
      );
      for (const { nearest } of hits) expect(nearest.score).toBeLessThanOrEqual(1);
    },
  );
});

test.each([
  { text: 'of the' },
  { text: 'zebra' },
  { positive: ['both'], filters: { venue: ['ICLR'], keyword: ['none'] } },
])('keyword: finds nothing for %o, which is similar to nothing', async (request) => {
  expect(await snapshot.related({ mode: 'keyword', ...request })).toMatchObject({ total: 0, hits: [] });
});

test('returns shared words that are one term of the index as the seed writes them', async () => {
  const { snapshot: written } = await snapshotOver([
    paperOf({ id: 'apart', title: 'Adversarial examples' }),
    paperOf({ id: 'joined', title: 'Adversarial-examples' }),
  ]);
  const { hits } = await written.related({ positive: ['apart'] });
  expect(hits[0]!.nearest.sharedTerms).toContain('Adversarial-examples');
  expect(hits[0]!.nearest.sharedTerms).not.toContain('adversarialexampl');
});

test.each([
  [{}, 'BAD_REQUEST'],
  [{ positive: ['cat-0', 'cat-1'], negative: ['cat-1'] }, 'BAD_REQUEST'],
  [{ negative: ['cat-0'] }, 'BAD_REQUEST'],
  [{ text: '  ' }, 'BAD_REQUEST'],
  [{ positive: ['cat-0'], limit: -1 }, 'BAD_REQUEST'],
  [{ positive: ['cat-0'], filters: { year: 'soon' } }, 'BAD_REQUEST'],
  [{ positive: ['nobody'] }, 'NOT_FOUND'],
  [{ positive: ['cat-0'], negative: ['__proto__'] }, 'NOT_FOUND'],
] as const)('%o is %s', async (request, code) => {
  await expect(snapshot.related(request)).rejects.toMatchObject({ code });
});

test('names shared words without their markup', async () => {
  const written = { title: '**LE**arning $\\alpha$-stable laws', abstract: 'We~study *heavy-tailed* laws.' };
  const { snapshot } = await snapshotOver([
    paperOf({ id: 'a', ...written }),
    paperOf({ id: 'b', ...written }),
    paperOf({ id: 'c', title: 'Something else', abstract: 'Gardens and bees.' }),
  ]);
  const [hit] = (await snapshot.related({ positive: ['a'], mode: 'keyword' })).hits;
  expect(hit!.nearest.sharedTerms).toContain('LEarning');
  for (const word of hit!.nearest.sharedTerms) expect(word).not.toMatch(/[*$~\\]/);
});
