import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TermCounts } from '../../../src/review/learn/term-counts.ts';
import { MAX_WORDS, pairKey } from '../../../src/review/learn/vocabulary.ts';

const word = fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: MAX_WORDS - 1 }));
const key = fc.oneof(
  word,
  fc.tuple(word, word).map(([first, second]) => pairKey(first, second)),
);

it('counts as a map does', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), fc.integer({ min: 1, max: 3 }), (keys, least) => {
      const terms = new TermCounts();
      const known = new Map<number, { readonly number: number; papers: number }>();
      for (const each of keys) {
        const expected = known.get(each) ?? { number: known.size, papers: 0 };
        known.set(each, expected);
        expected.papers++;
        expect(terms.count(each)).toBe(expected.number);
      }
      expect(terms.size).toBe(known.size);
      for (const [each, { number, papers }] of known) {
        expect([terms.numberOf(each), terms.papersOf(number)]).toEqual([number, papers]);
      }
      const shared = [...known].filter(([, { papers }]) => papers >= least).map(([each]) => each);
      expect([...terms.keysOf(least)]).toEqual(shared.sort((a, b) => a - b));
    }),
  );
});

it('grows', () => {
  const terms = new TermCounts();
  const keys = Array.from({ length: 20_000 }, (_, i) => pairKey(i, (i * 7) % 1000));
  expect(keys.map((each) => terms.count(each))).toEqual(Array.from(keys.keys()));
  expect(keys.map((each) => terms.numberOf(each))).toEqual(Array.from(keys.keys()));
  expect([...terms.keysOf(1)]).toEqual(keys);
});
