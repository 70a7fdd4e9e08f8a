import { describe, expect, test } from 'vitest';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import { ClusterLookups } from '../../../src/cluster/search/lookups.ts';
import { knownTerms, termsOfQuery } from '../../../src/cluster/search/term-lists.ts';
import {
  scoredTerms,
  withAnyOf,
  withBigram,
  withBothWords,
} from '../../../src/cluster/search/term-queries.ts';
import { TEXT_FIELDS } from '../../../src/papers/fields.ts';

const phrases = (text: string) =>
  TEXT_FIELDS.map((field) => ({
    match_phrase: { [`words.${field}`]: { query: text, analyzer: 'stream' } },
  }));

test.each([
  { distance: 1, text: 'bag word' },
  // A gap takes the place of the stop word between them.
  { distance: 2, text: 'bag \u0002 word' },
])('finds a bigram in each field, $distance apart', ({ distance, text }) => {
  expect(withBigram('bag', { term: 'word', distance })).toEqual({
    bool: { should: phrases(text), minimum_should_match: 1 },
  });
});

test('counts the two words written as one as the bigram, too', () => {
  const followedBy = { term: 'word', distance: 1, joined: 'bagword' };
  const joined = { term: { terms: 'bagword' } };
  expect(withBigram('bag', followedBy)).toEqual({
    bool: { should: [joined, ...phrases('bag word')], minimum_should_match: 1 },
  });
  const both = { bool: { filter: [{ term: { terms: 'bag' } }, { term: { terms: 'word' } }] } };
  expect(withBothWords('bag', followedBy)).toEqual({
    bool: { should: [joined, both], minimum_should_match: 1 },
  });
});

test('finds the papers of any term of a query', () => {
  const query = withAnyOf([
    { term: 'graph', weight: 1 },
    { term: 'optim*', weight: 1, anyOf: ['optim', 'optimum'] },
  ]);
  expect(query).toEqual({ terms: { terms: ['graph', 'optim', 'optimum'] } });
});

test('scores terms by their weights, and those of one word as one', () => {
  const terms = [
    { term: 'graph', weight: 0.5 },
    { term: 'optim*', weight: 1, anyOf: ['optim', 'optimum'] },
    { term: 'nothing*', weight: 1, anyOf: [] },
  ];
  const of = (value: string, boost: number) => ({ term: { terms: { value, boost } } });
  expect(scoredTerms(terms, ({ weight }) => weight)).toEqual({
    bool: {
      should: [of('graph', 0.5), { dis_max: { queries: [of('optim', 1), of('optimum', 1)], boost: 1 } }],
      minimum_should_match: 1,
    },
  });
  expect(scoredTerms([], () => 1)).toBeUndefined();
});

describe('terms that a query is rewritten into', () => {
  const explained = (...explanations: string[]) =>
    ({
      request: async () => ({ explanations: explanations.map((explanation) => ({ explanation })) }),
    }) as unknown as ClusterClient;

  test.each([
    [
      ['terms:optim terms:optimum', 'terms:optim'],
      ['optim', 'optimum'],
    ],
    [
      ['(terms:model)^0.8', '(terms:model)^0.8333333 (terms:modal)^0.6'],
      ['modal', 'model'],
    ],
    [['terms:a.b:c terms:c++'], ['a.b:c', 'c++']],
    [['MatchNoDocsQuery("empty BooleanQuery")'], []],
  ])('are read: %j', async (explanations, wanted) => {
    const source = { client: explained(...explanations), index: 'snapshot-1' };
    const lookups = new ClusterLookups(source.client, source.index);
    expect(await lookups.resolve((known) => termsOfQuery('prefix', { value: 'x' }, known, source))).toEqual(
      wanted,
    );
  });
});

test('looks for many terms by groups, and for those of a group only where it has papers', async () => {
  const existing = new Set(['t7', 't90']);
  let asked = 0;
  const client = {
    searchAll: async (requests: readonly { readonly body: { readonly query: unknown } }[]) =>
      requests.map(({ body }) => {
        asked++;
        const value = Object.values(
          (body.query as Record<string, Record<string, unknown>>).terms ??
            (body.query as Record<string, Record<string, unknown>>).term!,
        )[0];
        const found = [value].flat().filter((term) => existing.has(term as string)).length;
        return { hits: { total: { value: found, relation: 'eq' }, max_score: null, hits: [] } };
      }),
  } as unknown as ClusterClient;
  const lookups = new ClusterLookups(client, 'snapshot-1');
  const terms = Array.from({ length: 240 }, (_, i) => `t${i}`);
  expect(await lookups.resolve((known) => knownTerms(terms, known))).toEqual(['t7', 't90']);
  expect(asked).toBe(240 / 24 + 2 * 24);
});
