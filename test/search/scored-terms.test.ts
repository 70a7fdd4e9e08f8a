import { expect, test } from 'vitest';
import { estimatesOf } from '../../src/indexes/keyword/all-scores.ts';
import { keywordEstimates, ScoreKeeper } from '../../src/search/scored-terms.ts';

const PAPERS = 3;

/** Gives each list of terms other estimates, in the one array that it has unless it is given one. */
function lexicalOf() {
  const own = new Float32Array(PAPERS);
  return {
    calls: 0,
    estimate(terms: readonly { readonly weight: number }[], shares = own) {
      this.calls++;
      const scores = new Float64Array(PAPERS).fill(terms[0]!.weight);
      return estimatesOf({ scores, maxScore: 1 }, shares);
    },
  };
}

const termsOf = (weight: number) => [{ term: 'a', weight }];

test('keeps estimates that the index overwrites', () => {
  const lexical = lexicalOf();
  const keeper = new ScoreKeeper(PAPERS);
  const [one, two] = [termsOf(1), termsOf(2)];
  const kept = [keeper.keep(one, lexical)!, keeper.keep(two, lexical)!];
  expect([...keywordEstimates({ terms: one, scored: kept[0] }, lexical).shares]).toEqual([1, 1, 1]);
  expect([...keywordEstimates({ terms: two, scored: kept[1] }, lexical).shares]).toEqual([2, 2, 2]);
  expect(lexical.calls).toBe(2);
  expect([...keywordEstimates({ terms: two, scored: kept[0] }, lexical).shares]).toEqual([2, 2, 2]);
  expect(lexical.calls).toBe(3);
});

test('has room for a few requests, and uses the room of those that ended', () => {
  const lexical = lexicalOf();
  const keeper = new ScoreKeeper(PAPERS);
  const kept = Array.from({ length: 20 }, (_, n) => keeper.keep(termsOf(n), lexical));
  const found = kept.filter((each) => each !== undefined);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(20);
  expect(lexical.calls).toBe(found.length);
  keeper.drop(found[0]!);
  expect(keeper.keep(termsOf(30), lexical)!.estimates.shares).toBe(found[0]!.estimates.shares);
  expect(keeper.keep(termsOf(31), lexical)).toBeUndefined();
  expect(new ScoreKeeper(100_000_000).keep(termsOf(1), lexical)).toBeUndefined();
});
