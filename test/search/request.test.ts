import { describe, expect, test } from 'vitest';
import type { RelatedRequest, SearchRequest } from '../../src/search/api.ts';
import { checkedRelated, checkedSearch } from '../../src/search/request.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ id: 'a', title: 'Cats', venue: 'ICLR' }),
  paperOf({ id: 'b', title: 'Dogs', venue: 'CVPR' }),
]);

describe('an invalid request is rejected, and its field named', () => {
  test.each<[field: string, request: unknown, allowed: string]>([
    ['request', 'cats', 'an object'],
    ['request', { query: 'x', filter: {} }, 'Unknown: filter'],
    ['query', {}, 'a text'],
    ['query', { query: undefined }, 'a text'],
    ['query', { query: 7 }, 'a text'],
    ['mode', { query: 'x', mode: 'fuzzy' }, 'hybrid, keyword, semantic'],
    ['fusion', { query: 'x', fusion: 'max' }, 'weighted-sum, reciprocal-rank'],
    ['sort', { query: 'x', sort: 'year' }, 'relevance, date, title'],
    ['facets', { query: 'x', facets: ['colour'] }, 'year, venue'],
    ['rerank', { query: 'x', rerank: 101 }, '0 to 100'],
    ['rerank', { query: 'x', rerank: 1.5 }, '0 to 100'],
    ['limit', { query: 'x', limit: Number.NaN }, '0 or more'],
    ['offset', { query: 'x', offset: '1' }, '0 or more'],
    ['explain', { query: 'x', explain: 'yes' }, 'true or false'],
    ['filters', { query: 'x', filters: 'ICLR' }, 'an object'],
    ['filters', { query: 'x', filters: { venues: ['ICLR'] } }, 'Unknown: venues. Known are: year, venue,'],
    ['filters.venue', { query: 'x', filters: { venue: [1] } }, 'a list of texts'],
    ['filters.has', { query: 'x', filters: { has: ['code'] } }, 'abstract, pdf'],
    ['filters.year', { query: 'x', filters: { year: null } }, '2020..2024'],
    ['filters.year', { query: 'x', filters: { year: { since: 2020 } } }, 'from: 2020'],
  ])('%s: %j', async (field, request, allowed) => {
    await expect(snapshot.search(request as SearchRequest)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining(allowed),
      details: { issues: [{ parameter: field }] },
    });
  });

  test.each<[field: string, request: unknown]>([
    ['positive', { positive: [1] }],
    ['text', { text: 1 }],
    ['mode', { text: 'x', mode: 'near' }],
    ['filters.author', { text: 'x', filters: { author: 5 } }],
  ])('related papers: %s', async (field, request) => {
    await expect(snapshot.related(request as RelatedRequest)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      details: { issues: [{ parameter: field }] },
    });
  });

  test('names every wrong field', () => {
    const request = { query: 'x', mode: 'a', sort: 'b' } as unknown as SearchRequest;
    expect(() => checkedSearch(request)).toThrow(/mode: .* sort: /);
  });
});

test('reads a single value as a list of one', async () => {
  const filters = { venue: 'ICLR' } as unknown as NonNullable<SearchRequest['filters']>;
  expect((await snapshot.search({ query: 'x', filters })).hits.map(({ paper }) => paper.id)).toEqual(['a']);
  const related = await snapshot.related({ positive: 'b' } as unknown as RelatedRequest);
  expect(related.hits.map(({ paper }) => paper.id)).toEqual(['a']);
});

test('returns a valid request unchanged', () => {
  const search: SearchRequest = {
    query: '',
    mode: 'hybrid',
    fusion: 'weighted-sum',
    filters: { year: { from: 2020 }, venue: ['ICLR'], has: ['pdf'], area: undefined },
    sort: 'date',
    facets: ['year'],
    explain: true,
    highlight: false,
    rerank: 100,
    limit: 1000,
    offset: 0,
    strict: undefined,
  };
  expect(checkedSearch(search)).toEqual(search);
  const related: RelatedRequest = {
    positive: ['a'],
    negative: [],
    text: 'x',
    filters: { year: 2020 },
    limit: 1,
  };
  expect(checkedRelated(related)).toEqual(related);
});
