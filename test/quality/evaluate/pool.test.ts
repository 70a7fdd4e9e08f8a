import { describe, expect, test } from 'vitest';
import { parsePool, readPool } from '../../../src/quality/evaluate/pool.ts';

const pool = (text: string) => Object.fromEntries(parsePool(text, 'pool'));

describe('parsePool', () => {
  test.each([
    ['BEIR judgments', 'query-id\tcorpus-id\tscore\nq\ta\t1\nq\tdoi:10.1/x y\t0\nr\ta\t-1\n'],
    ['BEIR judgments without a header', 'q\ta\t1\r\nq\tdoi:10.1/x y\t0\r\nr\ta\t-1'],
    ['TREC judgments', 'q 0 a 1\nq 0 doi:10.1/x%20y 0\nq 0 a 1\n\nr 0 a -1\n'],
    ['a TREC run', 'q Q0 a 1 9.5 t\nq Q0 doi:10.1/x%20y 2 9 t\nr\tQ0\ta\t1\t9\tt\n'],
    ['JSON lists', '{"q": ["a", "doi:10.1/x y", "a"], "r": ["a"]}'],
    [
      'JSON lists of CSFCube',
      '{"q": {"cands": ["a", "doi:10.1/x y"], "relevance_adju": [1, 0]}, "r": {"cands": ["a"]}}',
    ],
    ['JSON numbers', '\n{"q": {"a": 2, "doi:10.1/x y": 0}, "r": {"a": 1}}'],
  ])('reads the candidates of each query from %s', (_form, text) => {
    expect(pool(text)).toEqual({ q: ['a', 'doi:10.1/x y'], r: ['a'] });
  });

  test('reads numbers as ids', () => {
    expect(pool('{"7": [1, "2"]}')).toEqual({ 7: ['1', '2'] });
    expect(pool('7 0 1 1')).toEqual({ 7: ['1'] });
  });

  test.each([
    ['a line with another number of fields', 'q 0 a 1\nq a\n', /^pool, line 2: expected query id, paper id/],
    [
      'a query that is not a list',
      '{"q": ["a"], "r": "b"}',
      /^pool: query "r": expected a list of paper ids/,
    ],
    ['broken JSON', '{"q": ["a"', /^pool: /],
    ['an empty file', '\n', /^pool contains no candidate papers/],
    ['a header alone', 'query-id\tcorpus-id\tscore\n', /no candidate papers/],
  ])('refuses %s', (_what, text, message) => {
    expect(() => parsePool(text, 'pool')).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(message) }),
    );
  });
});

test('a pool that cannot be read is an error with its name', async () => {
  await expect(readPool('nowhere.json')).rejects.toMatchObject({
    code: 'NO_INPUT',
    message: expect.stringContaining('nowhere.json'),
  });
});
