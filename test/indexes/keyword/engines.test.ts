import { describe, expect, test } from 'vitest';
import { KEYWORD_ENGINES } from '../../../src/indexes/keyword/engines.ts';
import type { KeywordIndex } from '../../../src/indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import { KEYWORD_CASES, KEYWORD_PAPERS, SPLIT_CASES } from '../../cases/keyword.ts';

const engines = await Promise.all(
  Object.entries(KEYWORD_ENGINES).flatMap(([name, engine]) => {
    const built = engine.build(KEYWORD_PAPERS);
    const loaded = built.then((index) => engine.load(new Uint8Array(Buffer.concat(index.serialize()))));
    return [
      built.then((index) => [`${name}, built`, index] as const),
      loaded.then((index) => [`${name}, loaded`, index] as const),
    ];
  }),
);
const N = KEYWORD_PAPERS.length;
const termsOf = (query: string, index: KeywordIndex) => queryTerms(splitSolidWords(query, index), index);

describe.each(engines)('%s', (_, index) => {
  const found = (query: string, k = N) => index.top(termsOf(query, index), k, true);

  test.each(KEYWORD_CASES)('finds by %s: %s', (_what, query, docs) => {
    const { hits, total } = found(query);
    expect(hits.map(({ doc }) => doc)).toEqual(docs);
    expect(total).toBe(docs.length);
  });

  test.each(KEYWORD_CASES)('scores all as it ranks: %s: %s', (_what, query) => {
    const { scores } = index.score(termsOf(query, index));
    const matching = [...scores.keys()].filter((doc) => scores[doc]! > 0);
    const ranked = matching.sort((a, b) => scores[b]! - scores[a]! || a - b);
    expect(found(query).hits).toEqual(ranked.map((doc) => ({ doc, score: scores[doc] })));
  });

  test.each(KEYWORD_CASES)('estimates what it scores: %s: %s', (_what, query) => {
    const terms = termsOf(query, index);
    const { scores, maxScore } = index.score(terms);
    const { shares, error, best, ...others } = index.estimate(terms);
    expect(others.maxScore).toBe(maxScore);
    for (const [doc, score] of scores.entries())
      expect(Math.abs(shares[doc]! * maxScore - score)).toBeLessThanOrEqual(error * maxScore);
    expect(best.map(({ doc }) => doc)).toEqual(found(query).hits.map(({ doc }) => doc));
    expect(others.scoresOf(Uint32Array.from(scores.keys()))).toEqual(scores);
    const room = new Float32Array(N);
    expect(index.estimate(terms, room).shares).toBe(room);
  });

  test('returns as many as asked for, and counts only when asked to', () => {
    expect(found('model', 1)).toMatchObject({ hits: [found('model').hits[0]], total: 2 });
    expect(found('model', 0)).toMatchObject({ hits: [], total: 2 });
    expect(index.top(termsOf('model', index), 9, false)).not.toHaveProperty('total');
  });

  test('ranks a match in the title above one in the abstract', () => {
    expect(found('model').hits[0]?.doc).toBe(0);
  });

  test.each(SPLIT_CASES)('splitSolidWords(%s) is %s', (query, expected) => {
    expect(splitSolidWords(query, index)).toBe(expected);
  });

  test('multiplies what a term adds to the score by its weight', () => {
    const plain = index.score([{ term: 'dynam', weight: 1 }]).scores[1]!;
    const double = index.score([{ term: 'dynam', weight: 2 }]).scores[1]!;
    expect(double).toBeCloseTo(plain * 2, 10);
  });

  test('gives no score above maxScore, which unknown terms raise', () => {
    const { scores, maxScore } = index.score(termsOf('learning dynamics', index));
    expect(Math.max(...scores)).toBeLessThanOrEqual(maxScore);
    const known = Math.max(...scores) / maxScore;
    const withUnknown = index.score(termsOf('learning dynamics zebra', index));
    expect(Math.max(...withUnknown.scores) / withUnknown.maxScore).toBeLessThan(known);
    expect(index.score([]).maxScore).toBe(0);
  });

  test('refuses bytes that it did not write', () => {
    const engine = Object.values(KEYWORD_ENGINES)[_.startsWith('bm25') ? 0 : 1]!;
    for (const bytes of [new Uint8Array(0), new Uint8Array(64), new TextEncoder().encode('{"a":')]) {
      expect(() => engine.load(bytes)).toThrow(expect.objectContaining({ code: 'INDEX_CORRUPT' }));
    }
  });
});

test.each([
  ['every term', 'learning dynamics', 1],
  [
    'one of two terms as rare',
    'dynamics zebra',
    Math.log(1 + 2.5 / 1.5) / (Math.log(1 + 2.5 / 1.5) + Math.log(1 + 3.5 / 0.5)),
  ],
])(
  'with MiniSearch, the best score covers as much of the query as its terms weigh: %s',
  async (_, query, expected) => {
    const index = await KEYWORD_ENGINES.minisearch.build(KEYWORD_PAPERS);
    const { scores, maxScore } = index.score(queryTerms(query, index));
    expect(Math.max(...scores) / maxScore).toBeCloseTo(expected, 10);
  },
);
