import { expect, test } from 'vitest';
import {
  allOf,
  anyOf,
  countClauses,
  EVERY_PAPER,
  ids,
  NO_PAPER,
  noneOf,
  range,
  term,
} from '../../../src/cluster/match/queries.ts';

const A = term('a', 1);
const B = term('b', 2);

test('combines queries, every paper and no paper', () => {
  expect(allOf([])).toBe(EVERY_PAPER);
  expect(anyOf([])).toBe(NO_PAPER);
  expect(allOf([A, EVERY_PAPER])).toBe(A);
  expect(allOf([A, NO_PAPER])).toBe(NO_PAPER);
  expect(anyOf([A, NO_PAPER])).toEqual(A);
  expect(anyOf([A, EVERY_PAPER])).toBe(EVERY_PAPER);
  expect(noneOf(NO_PAPER)).toBe(EVERY_PAPER);
  expect(noneOf(EVERY_PAPER)).toBe(NO_PAPER);
  expect(ids([''])).toBe(NO_PAPER);
});

test('makes one clause of all terms of a field', () => {
  expect(anyOf([A, B, term('a', 3), anyOf([term('a', 4), term('b', 5)])])).toEqual({
    bool: { should: [{ terms: { a: [1, 3, 4] } }, { terms: { b: [2, 5] } }], minimum_should_match: 1 },
  });
});

test('finds papers with a number where a range is open at both ends', () => {
  expect(range('numbers.year', undefined, Number.POSITIVE_INFINITY)).toEqual({
    exists: { field: 'numbers.year' },
  });
});

test('counts clauses as a cluster does', () => {
  const phrase = (query: string) => ({ match_phrase: { words: { query, analyzer: 'stream' } } });
  expect(countClauses(allOf([A, noneOf(B)]))).toBe(2);
  expect(countClauses(phrase('a b c'))).toBe(1);
  expect(countClauses(phrase('a\u0003x b c'))).toBe(3);
  const sources = [{ match: { query: 'a\u0003x' } }, { prefix: { prefix: 'b' } }];
  expect(countClauses({ intervals: { words: { all_of: { intervals: sources } } } })).toBe(3);
});
