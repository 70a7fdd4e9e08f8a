import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FACETS, FILTER_NAMES } from '../../src/papers/fields.ts';
import { SEARCH_MODES } from '../../src/search/mode.ts';
import {
  exportUrl,
  facetParameters,
  feedUrl,
  isEmpty,
  moreLike,
  NO_SEARCH,
  narrowedFacets,
  readState,
  relatedBody,
  relatedFacetBody,
  type SearchState,
  SORTS,
  searchParameters,
  toggled,
  urlOf,
} from '../../src/web/search-state.ts';

const searchOf = (url: string) => new URL(url, 'http://localhost').search;

describe('the URL of a search', () => {
  test.each([
    ['/', NO_SEARCH],
    ['/?q=a+b', { ...NO_SEARCH, q: 'a b' }],
    ['/?q=a&mode=keyword&sort=date&page=3', { ...NO_SEARCH, q: 'a', mode: 'keyword', sort: 'date', page: 3 }],
    [
      '/?venue=ACL&venue=EMNLP&year=2020..',
      { ...NO_SEARCH, filters: { venue: ['ACL', 'EMNLP'], year: ['2020..'] } },
    ],
    ['/?q=a&rejected=show', { ...NO_SEARCH, q: 'a', rejected: 'show' }],
    ['/?q=x&like=a%2Fb&unlike=c', { ...NO_SEARCH, q: 'x', like: ['a/b'], unlike: ['c'] }],
  ] satisfies [string, SearchState][])('%s', (url, state) => {
    expect(readState(searchOf(url))).toEqual(state);
    expect(readState(searchOf(urlOf(state)))).toEqual(state);
  });

  test.each([
    '?mode=x',
    '?page=0',
    '?page=1e9',
    '?page=-1',
    '?sort=newest',
    '?utm_source=y',
    '?has=video',
    '?venue=',
  ])('ignores %s', (search) => expect(readState(search)).toEqual(NO_SEARCH));

  test('contains the whole state', () => {
    const value = fc.string({ minLength: 1, unit: 'grapheme' });
    const values = fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
    const state = fc.record({
      q: fc.string({ unit: 'grapheme' }),
      mode: fc.constantFrom(...SEARCH_MODES),
      sort: fc.constantFrom(...SORTS),
      page: fc.integer({ min: 1, max: 1_000_000 }),
      rejected: fc.constantFrom('hide', 'show'),
      filters: fc.record({ venue: values, author: values, year: fc.tuple(value) }, { requiredKeys: [] }),
      like: fc.uniqueArray(value, { maxLength: 3 }),
      unlike: fc.uniqueArray(value, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(state, (given) => {
        expect(readState(searchOf(urlOf(given)))).toEqual(given);
      }),
    );
  });
});

describe('the parameters of a request', () => {
  const state: SearchState = {
    ...NO_SEARCH,
    q: 'x',
    page: 2,
    filters: { venue: ['A', 'B'], has: ['pdf', 'abstract'], year: ['2020'] },
    like: ['p'],
  };

  test('are those of a search', () => {
    expect(searchParameters(state).toString()).toBe(
      'q=x&mode=hybrid&sort=relevance&year=2020&venue=A&venue=B&has=pdf%2Cabstract&relevantFirst=true&limit=10&offset=10',
    );
  });

  test('are those of an export, which has no pages', () => {
    expect(exportUrl({ ...state, like: [] }, 'ris')).toBe(
      '/v1/export?q=x&mode=hybrid&sort=relevance&year=2020&venue=A&venue=B&has=pdf%2Cabstract&format=ris',
    );
    expect(exportUrl({ ...state, filters: {}, unlike: ['a/b'] }, 'ris')).toBe(
      '/v1/related/export?q=x&mode=hybrid&sort=relevance&like=p&unlike=a%2Fb&format=ris',
    );
  });

  test('are those of a feed, which has its own order', () => {
    expect(feedUrl({ ...state, sort: 'title', mode: 'keyword', like: [] })).toBe(
      '/v1/search.atom?q=x&mode=keyword&year=2020&venue=A&venue=B&has=pdf%2Cabstract',
    );
    expect(feedUrl({ ...state, sort: 'title', unlike: ['a', 'b'] })).toBe(
      '/v1/related.atom?q=x&like=p&unlike=a&unlike=b&year=2020&venue=A&venue=B&has=pdf%2Cabstract',
    );
  });

  test('are those of related papers', () => {
    expect(relatedBody({ ...state, sort: 'date' })).toEqual({
      positive: ['p'],
      negative: [],
      text: 'x',
      mode: 'hybrid',
      filters: { venue: ['A', 'B'], has: ['pdf', 'abstract'], year: '2020' },
      rejected: 'hide',
      sort: 'date',
      facets: FACETS,
      limit: 10,
      offset: 10,
    });
    expect(relatedFacetBody(state, 'venue')).toMatchObject({
      positive: ['p'],
      filters: { has: ['pdf', 'abstract'], year: '2020' },
      rejected: 'hide',
      facets: ['venue'],
      limit: 1,
      offset: 0,
    });
    // Values that the filter lets through are counted although they are hidden otherwise.
    expect(relatedFacetBody(state, 'acceptance').rejected).toBe('show');
  });
});

test('more like a paper begins without the query and its order, and then keeps both', () => {
  const begun = moreLike({ ...NO_SEARCH, q: 'x', sort: 'date', page: 3 }, 'p');
  expect(begun).toEqual({ ...NO_SEARCH, like: ['p'] });
  expect(moreLike({ ...begun, q: 'y', sort: 'title' }, 'r')).toEqual({
    ...NO_SEARCH,
    q: 'y',
    sort: 'title',
    like: ['p', 'r'],
  });
});

test.each(FILTER_NAMES)('adds and removes %s', (name) => {
  const chosen = toggled({ ...NO_SEARCH, page: 4 }, name, 'v');
  expect(chosen).toMatchObject({ page: 1, filters: { [name]: ['v'] } });
  expect(isEmpty(chosen)).toBe(false);
  expect(isEmpty(toggled(chosen, name, 'v'))).toBe(true);
  const two = toggled(chosen, name, 'w').filters[name];
  const isSingle = ['year', 'citations', 'references', 'added', 'changed', 'within'].includes(name);
  expect(two).toEqual(isSingle ? ['w'] : ['v', 'w']);
});

describe('the values of a filtered facet', () => {
  const state: SearchState = {
    ...NO_SEARCH,
    q: 'bees',
    page: 3,
    filters: { venue: ['ACL'], year: ['2020..'], has: ['pdf'] },
  };

  test('include those of its own filters', () => {
    expect(narrowedFacets(state)).toEqual(['year', 'venue']);
    expect(narrowedFacets(NO_SEARCH)).toEqual([]);
  });

  test('are counted without its own filter and with the others', () => {
    const parameters = facetParameters(state, 'venue');
    expect(Object.fromEntries(parameters)).toEqual({
      q: 'bees',
      mode: 'hybrid',
      sort: 'date',
      year: '2020..',
      has: 'pdf',
      offset: '0',
      facets: 'venue',
      limit: '1',
      highlight: 'false',
      fallback: 'false',
    });
  });
});
