import { expect, test } from 'vitest';
import { keywordScores, ScoreKeeper } from '../../src/search/scored-terms.ts';

const PAPERS = 3;

/** Gives each list of terms other scores, in the one array that it has. */
function lexicalOf() {
  const scores = new Float64Array(PAPERS);
  return {
    calls: 0,
    score(terms: readonly { readonly weight: number }[]) {
      this.calls++;
      scores.fill(terms[0]!.weight);
      return { scores, maxScore: 10 };
    },
  };
}

const termsOf = (weight: number) => [{ term: 'a', weight }];

test('keeps scores that the index overwrites', () => {
  const lexical = lexicalOf();
  const keeper = new ScoreKeeper(PAPERS);
  const [one, two] = [termsOf(1), termsOf(2)];
  const kept = [keeper.keep(one, lexical)!, keeper.keep(two, lexical)!];
  expect([...keywordScores({ terms: one, scored: kept[0] }, lexical).scores]).toEqual([1, 1, 1]);
  expect([...keywordScores({ terms: two, scored: kept[1] }, lexical).scores]).toEqual([2, 2, 2]);
  expect(lexical.calls).toBe(2);
  expect([...keywordScores({ terms: two, scored: kept[0] }, lexical).scores]).toEqual([2, 2, 2]);
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
  expect(keeper.keep(termsOf(30), lexical)!.scores.scores).toBe(found[0]!.scores.scores);
  expect(keeper.keep(termsOf(31), lexical)).toBeUndefined();
  expect(new ScoreKeeper(100_000_000).keep(termsOf(1), lexical)).toBeUndefined();
});
