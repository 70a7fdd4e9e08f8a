import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import { paperOf } from '../../support/papers.ts';

const index = await bm25Engine.build([
  ...Array.from({ length: 9 }, (_, i) => paperOf({ title: `Neural networks ${i}` })),
  paperOf({ title: 'Neural-network pruning' }),
  paperOf({ title: 'Self-improvement', abstract: 'A dataset, another dataset.' }),
  paperOf({ title: 'Self improvement', abstract: 'Emb ryo; the car, and pet rats.' }),
]);
const terms = (text: string) => queryTerms(text, index).map(({ term, weight }) => [term, weight]);

describe('two words', () => {
  test('are not a compound when they are seldom written as one, with or without a hyphen', () => {
    expect(terms('neural networks')).toEqual([
      ['neural', 1],
      ['network', 1],
      ['neural', 0.6],
    ]);
    expect(terms('neural-networks')).toEqual(terms('neural networks'));
  });

  test('count less than the compound where they often are one', () => {
    for (const text of ['self improvement', 'self-improvement']) {
      expect(terms(text).sort()).toEqual([
        ['improv', 0.5],
        ['self', 0.5],
        ['self', 0.6],
        ['selfimprov', 1],
      ]);
    }
  });

  test('are found as one word too, as a bigram', () => {
    const found = (text: string) =>
      index.top(queryTerms(text, index), 20, true).hits.map(({ score }) => score);
    expect(found('neural networks')).toHaveLength(10);
  });
});

describe('a word that a query repeats', () => {
  const filler = Array.from({ length: 28 }, (_, i) => `filler${i}`).join(' ');
  const weightOf = (text: string, wanted = 'dataset') =>
    queryTerms(text, index).find(({ term }) => term === wanted)!;

  test('counts more the more often it occurs, but less for each further time', () => {
    // The formula with k3 = 8: 9 · 2 / (8 + 2).
    expect(weightOf(`dataset dataset ${filler}`)).toEqual({ term: 'dataset', weight: 1.8, count: 2 });
    const [once, twice, thrice] = [1, 2, 3].map((n) => weightOf(`${'dataset '.repeat(n)}${filler}`).weight);
    expect(twice! - once!).toBeGreaterThan(thrice! - twice!);
  });

  test('counts less in a sentence than in a long text, and not at all for a related paper', () => {
    expect(weightOf('dataset or dataset').weight).toBeCloseTo(1 + (2 / 20) * 0.8, 12);
    const [alone] = queryTerms(`dataset dataset ${filler}`, index, { repeated: false });
    expect(alone).toEqual({ term: 'dataset', weight: 1 });
  });

  test('counts once if it is written with a hyphen, and is then the two words too', () => {
    expect(weightOf(`self-improvement ${filler}`, 'selfimprov')).toEqual({ term: 'selfimprov', weight: 1 });
    const twice = weightOf(`self-improvement, self improvement ${filler}`, 'selfimprov');
    expect(twice).toEqual({ term: 'selfimprov', weight: 1.8, count: 2 });
  });

  test('never makes a score higher than the highest possible one', () => {
    const terms = queryTerms(`dataset dataset self-improvement dataset ${filler}`, index);
    const { scores, maxScore } = index.score(terms);
    expect(Math.max(...scores)).toBeLessThan(maxScore);
    expect(Math.max(...scores)).toBeGreaterThan(0);
  });
});

describe('a bigram', () => {
  const papers = (texts: readonly string[]) =>
    texts.map((abstract, i) => paperOf({ title: `T${i}`, abstract }));
  const maxScoreOf = async (texts: readonly string[]) => {
    const made = await bm25Engine.build(papers(texts));
    const [bigram] = queryTerms('active learning', made).filter(({ followedBy }) => followedBy);
    return made.score([bigram!]).maxScore;
  };

  test('adds nearly nothing where its words are always together, much where they seldom are', async () => {
    const others = Array.from({ length: 40 }, () => 'something else');
    const together = Array.from({ length: 6 }, () => 'active learning');
    const apart = Array.from({ length: 20 }, () => 'learning that is active');
    const always = await maxScoreOf([...others, ...together, ...apart.map(() => 'nothing')]);
    const seldom = await maxScoreOf([...others, ...together, ...apart]);
    // 1 - 7/8 and 1 - 7/28 of the same: as many papers have the bigram.
    expect(seldom / always).toBeCloseTo((1 - 7 / 28) / (1 - 7 / 8), 9);
  });
});

test.each([
  ['selfimprovement', 'self-improvement'],
  ['neuralnetworks', 'neural-network'],
  ['embryo', 'emb ryo'],
  ['carpet', 'carpet'],
  ['dataset', 'dataset'],
  ['unheardof', 'unheardof'],
])('splits %s only where the parts are neighbours: %s', (text, parted) => {
  expect(splitSolidWords(text, index)).toBe(parted);
});
