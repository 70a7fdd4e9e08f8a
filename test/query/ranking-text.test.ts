import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/query/parser.ts';
import { positiveTexts, rankingText } from '../../src/query/ranking-text.ts';

describe('rankingText', () => {
  test.each([
    ['deep learning', 'deep learning'],
    ['"b c" a title:d', 'a b c d'],
    ['a OR "b c" OR keyword:d', 'a b c d'],
    ['a -b NOT "c d"', 'a'],
    ['a AND NOT (b OR NOT c)', 'a c'],
    ['author:smith venue:acl year:2024 id:x has:pdf', ''],
    ['abstract:learn* word~ "x y"~3', 'learn word x y'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(rankingText(parseQuery(text))).toBe(expected);
  });
});

test('returns positive texts in the order of their places', () => {
  const [second, first] = ['"a b"', 'cd*'].map((text) => parseQuery(text).condition!);
  const clauses = [{ ...second!, span: { start: 9, end: 14 } }, first!];
  const texts = positiveTexts({ kind: 'and', clauses, span: { start: 0, end: 14 } });
  expect(texts.map(({ text }) => text)).toEqual(['cd', 'a b']);
});
