import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import type { Hit, SearchRequest } from '../../src/search/api.ts';
import { FUSION_NAMES } from '../../src/search/fuse/methods.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const words = ['alpha', 'beta', 'gamma', 'delta'];
/** Every combination of words, three times, in different years and venues. */
const papers = Array.from({ length: 48 }, (_, i) =>
  paperOf({
    id: `p${String(i).padStart(2, '0')}`,
    title: `Study ${String((i * 7) % 48).padStart(2, '0')}`,
    abstract: i % 16 === 0 ? '' : `We show ${words.filter((_word, n) => (i >> n) & 1).join(' ')} here.`,
    authors: [['Ada Lovelace', 'Grace Hopper'][i % 2]!, `Author ${i}`],
    keywords: i % 4 === 0 ? ['logic'] : [],
    venue: ['ICLR', 'ACL', undefined][i % 3],
    year: i % 5 === 0 ? undefined : 2019 + (i % 5),
    categories: i % 2 === 0 ? ['cs.LG'] : ['cs.CL', 'stat.ML'],
    urls: i % 6 === 0 ? { pdf: 'https://example.org/x.pdf' } : {},
    session: i < 8 ? { name: 'Opening Session' } : undefined,
  }),
);
const { snapshot } = await snapshotOver(papers);

const has = (paper: Paper, word: string) => paper.abstract.split(' ').includes(word);
const WAYS = [
  { mode: 'keyword' },
  { mode: 'semantic' },
  ...FUSION_NAMES.map((fusion) => ({ mode: 'hybrid', fusion }) as const),
] as const;

/** Requests, and whether a paper matches their conditions and filters. */
const CONDITIONS: readonly (readonly [SearchRequest, (paper: Paper) => boolean])[] = [
  [{ query: '"alpha beta"' }, (paper) => has(paper, 'alpha') && has(paper, 'beta')],
  [{ query: '"alpha gamma"' }, (paper) => has(paper, 'alpha') && !has(paper, 'beta') && has(paper, 'gamma')],
  [{ query: 'delta -alpha year:2020..2022' }, (paper) => !has(paper, 'alpha') && inYears(paper, 2020, 2022)],
  [
    { query: 'alpha AND (beta OR gamma)' },
    (paper) => has(paper, 'alpha') && (has(paper, 'beta') || has(paper, 'gamma')),
  ],
  [
    { query: 'alpha NOT beta OR gamma' },
    (paper) => (has(paper, 'alpha') && !has(paper, 'beta')) || has(paper, 'gamma'),
  ],
  [{ query: 'alp*' }, (paper) => has(paper, 'alpha')],
  [{ query: 'gamna~' }, (paper) => has(paper, 'gamma')],
  [{ query: '"delta alpha"~2' }, (paper) => has(paper, 'alpha') && has(paper, 'delta')],
  [{ query: 'author:hopper' }, (paper) => paper.authors.includes('Grace Hopper')],
  [{ query: '-alpha -beta' }, (paper) => !has(paper, 'alpha') && !has(paper, 'beta')],
  [{ query: 'has:pdf' }, (paper) => paper.urls.pdf !== undefined],
  [{ query: 'nothing-of-the-kind AND alpha' }, () => false],
  [{ query: '', filters: { venue: ['iclr'] } }, (paper) => paper.venue === 'ICLR'],
  [
    { query: '', filters: { venue: ['ICLR', 'ACL'], has: ['abstract', 'pdf'] } },
    (paper) => paper.venue !== undefined && paper.abstract !== '' && paper.urls.pdf !== undefined,
  ],
  [
    { query: '"alpha"', filters: { year: { from: 2021 } } },
    (paper) => has(paper, 'alpha') && inYears(paper, 2021, 9999),
  ],
  [
    { query: 'author:lovelace', filters: { area: ['cs.LG'], keyword: ['Logic'] } },
    (paper) => paper.authors.includes('Ada Lovelace') && paper.keywords.includes('logic'),
  ],
  [{ query: 'session:opening -alpha' }, (paper) => paper.session !== undefined && !has(paper, 'alpha')],
];

function inYears({ year }: Paper, from: number, to: number): boolean {
  return year !== undefined && year >= from && year <= to;
}

const idsOf = (hits: readonly Hit[]) => hits.map(({ paper }) => paper.id);

describe.each(WAYS)('%o', (way) => {
  // By keyword, plain words alone would exclude papers without them, which is not a condition.
  const cases = CONDITIONS.map(
    ([request, holds]) => [JSON.stringify(request), { ...request, ...way, fallback: false }, holds] as const,
  ).filter(([, { query }]) => way.mode !== 'keyword' || !query.startsWith('delta'));

  test.each(cases)('%s: returns all papers that match it, and no others', async (_name, request, holds) => {
    const { hits, total } = await snapshot.search({ ...request, limit: 100 });
    const expected = papers.filter(holds).map(({ id }) => id);
    expect(idsOf(hits).sort()).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  test.each(cases)('%s: returns pages of the same list', async (_name, request) => {
    const { hits: all } = await snapshot.search({ ...request, limit: 100 });
    const paged: Hit[] = [];
    for (let offset = 0; offset <= all.length; offset += 7) {
      paged.push(...(await snapshot.search({ ...request, limit: 7, offset })).hits);
    }
    expect(paged).toEqual(all);
    expect(all.map(({ rank }) => rank)).toEqual(all.map((_, i) => i + 1));
  });

  test('ranks by plain words next to a condition, and keeps papers without them', async () => {
    const { hits, total } = await snapshot.search({ query: 'delta "alpha beta"', ...way, limit: 100 });
    expect(total).toBe(12);
    expect(has(hits[0]!.paper, 'delta')).toBe(true);
    expect(hits.some(({ paper }) => !has(paper, 'delta'))).toBe(true);
  });

  test('keeps the order of the papers that match a filter', async () => {
    const request = { query: 'alpha delta', ...way, fallback: false, limit: 100 };
    const all = await snapshot.search(request);
    const kept = await snapshot.search({ ...request, filters: { venue: ['ACL'] } });
    const expected = all.hits.filter(({ paper }) => paper.venue === 'ACL');
    // Ranks are fused again among the remaining papers.
    if (!('fusion' in way) || way.fusion === 'weighted-sum')
      expect(idsOf(kept.hits)).toEqual(idsOf(expected));
    expect(idsOf(kept.hits).sort()).toEqual(idsOf(expected).sort());
  });

  test.each(['date', 'title'] as const)('sort=%s: sorts the papers that facets count', async (sort) => {
    for (const request of [
      { query: 'alpha beta' },
      { query: '"alpha"' },
      { query: 'gamma', filters: { venue: ['ACL'] } },
      { query: '', filters: { has: ['abstract'] } },
    ] as const) {
      const { hits, total, facets } = await snapshot.search({
        ...request,
        ...way,
        sort,
        facets: COUNTED,
        limit: 100,
      });
      expect(hits.length).toBe(total);
      expect(facets!.papers).toBe(total);
      const order = (paper: Paper) =>
        sort === 'title' ? paper.title : `${9999 - (paper.year ?? 0)} ${paper.title}`;
      const inOrder = hits.map(({ paper }) => order(paper));
      expect(inOrder).toEqual([...inOrder].sort());
      expect(facets!.values).toEqual(countsOver(hits.map(({ paper }) => paper)));
      const page = await snapshot.search({ ...request, ...way, sort, limit: 3, offset: 2 });
      expect(page.hits).toEqual(hits.slice(2, 5));
    }
  });
});

/** The values of each facet of a paper. */
const VALUES_OF = {
  venue: ({ venue }: Paper) => (venue ? [venue] : []),
  author: ({ authors }: Paper) => authors,
  keyword: ({ keywords }: Paper) => keywords,
  area: ({ categories }: Paper) => categories,
  session: ({ session }: Paper) => (session?.name ? [session.name] : []),
  year: ({ year }: Paper) => (year === undefined ? [] : [String(year)]),
};
const COUNTED = Object.keys(VALUES_OF) as (keyof typeof VALUES_OF)[];

/** The values of each facet counted one by one, the most frequent first, at most twenty. */
function countsOver(found: readonly Paper[]) {
  return Object.fromEntries(
    COUNTED.map((facet) => {
      const counts = new Map<string, number>();
      for (const paper of found)
        for (const value of VALUES_OF[facet](paper)) counts.set(value, (counts.get(value) ?? 0) + 1);
      const newestFirst = facet === 'year' ? -1 : 1;
      const ordered = Array.from(counts, ([value, count]) => ({ value, count })).sort(
        (a, b) => b.count - a.count || newestFirst * (a.value.toLowerCase() < b.value.toLowerCase() ? -1 : 1),
      );
      return [facet, ordered.slice(0, 20)];
    }),
  );
}

test('by keyword, treats papers with a fifth of the maximum score as relevant to plain words', async () => {
  const request = { query: 'alpha zeta', mode: 'keyword', fallback: false, limit: 100 } as const;
  const { hits } = await snapshot.search({ ...request, explain: true });
  const relevant = hits.filter(
    ({ explanation }) => explanation!.keyword!.score / explanation!.keyword!.most >= 0.2,
  );
  const { facets } = await snapshot.search({ ...request, facets: ['venue'] });
  expect(facets!.papers).toBe(relevant.length);
});

test('returns the newest papers first for filters alone', async () => {
  const { hits, understood } = await snapshot.search({ query: '', filters: { has: ['pdf'] } });
  expect(understood).toEqual({ text: '', ranking: '', notices: [] });
  const years = hits.map(({ paper }) => paper.year ?? 0);
  expect(years).toEqual([...years].sort((a, b) => b - a));
  expect(hits.every(({ score }) => score === 0)).toBe(true);
});

describe('what was understood', () => {
  test.each([
    ['papers about alpha', 'papers about alpha', 'alpha'],
    ['alpha   -beta  year:2020', '-beta year:2020 alpha', 'alpha'],
    ['author:hopper', 'author:hopper', ''],
    ['a OR b title:gamma', undefined, 'a b gamma'],
  ])('%s', async (query, text, ranking) => {
    const { understood } = await snapshot.search({ query });
    if (text !== undefined) expect(understood.text).toBe(text);
    expect(understood.ranking).toBe(ranking);
    const again = await snapshot.search({ query: understood.text });
    expect(again.understood.text).toBe(understood.text);
  });

  test.each(['alpha "beta', 'alpha year:soon', 'alpha AND', 'alpha title:'])(
    '%s: is text with a notice, and an error with its position if strict',
    async (query) => {
      const { understood, total } = await snapshot.search({ query });
      expect(total).toBeGreaterThan(0);
      expect(understood.notices).toHaveLength(1);
      const { span, message } = understood.notices[0]!;
      expect(message).not.toBe('');
      expect(query.slice(span.start, span.end)).not.toBe('');
      await expect(snapshot.search({ query, strict: true })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
        details: { parameter: 'q', span },
      });
    },
  );

  test('reports a part that no index can search for', async () => {
    const { understood, total } = await snapshot.search({ query: '(the) AND alpha', mode: 'keyword' });
    expect(understood.notices).toMatchObject([{ message: expect.stringContaining('"the"') }]);
    expect(total).toBeGreaterThan(0);
  });

  test.each([
    { query: '' },
    { query: ' \t' },
    { query: '', filters: {} },
    { query: '', filters: { venue: [] } },
  ])('rejects %o, which has neither words nor conditions', async (request) => {
    await expect(snapshot.search(request)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('rejects an invalid year and names the parameter', async () => {
    await expect(snapshot.search({ query: 'alpha', filters: { year: 'soon' } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { issues: [{ parameter: 'filters.year', problem: expect.stringContaining('2020..2024') }] },
    });
  });
});

test('counts all years, and the most frequent of other values', async () => {
  const many = Array.from({ length: 30 }, (_, i) =>
    paperOf({ id: `y${i}`, title: `Study ${i}`, year: 1990 + i, venue: `Venue ${i}` }),
  );
  const { snapshot } = await snapshotOver(many);
  const { facets } = await snapshot.search({ query: 'study', mode: 'keyword', facets: ['year', 'venue'] });
  expect(facets!.values.year).toHaveLength(30);
  expect(facets!.values.venue).toHaveLength(20);
});

test.each(['date', 'title'] as const)(
  'returns every paper sorted by %s without query and filters',
  async (sort) => {
    const { total, facets, hits } = await snapshot.search({ query: ' ', sort, facets: ['year'], limit: 100 });
    expect({ total, counted: facets?.papers }).toEqual({ total: papers.length, counted: papers.length });
    expect(new Set(hits.map(({ paper }) => paper.id)).size).toBe(papers.length);
    await expect(snapshot.search({ query: ' ', sort: 'relevance' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('sort by date or title'),
    });
  },
);
