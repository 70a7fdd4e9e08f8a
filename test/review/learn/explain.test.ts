import { describe, expect, it } from 'vitest';
import { explainRow, preparePool, rankPool } from '../../../src/review/learn/learner.ts';
import { DEFAULTS } from '../../../src/review/learn/models.ts';
import { papers } from './papers.ts';

const input = {
  texts: {
    titles: [
      'Statins lower cholesterol',
      'Agile teams',
      'Statins: treatment of cholesterol',
      'Teams of nurses',
    ],
    abstracts: ['We gave statins.', '', 'Cholesterol was lowered by statins.', 'Agile nurses.'],
    keywords: [[], [], ['lipids'], ['lipids']],
  },
};
const pool = preparePool(input);
const labels = [
  { row: 0, included: true },
  { row: 1, included: false },
];

describe('explainRow', () => {
  it('gives words as the text has them, with all their places', () => {
    const { terms } = explainRow(pool, labels, 2);
    const statins = terms.find(({ term }) => term === 'Statins')!;
    expect(statins.weight).toBeGreaterThan(0);
    expect(statins.spans).toEqual([
      { field: 'title', start: 0, end: 7 },
      { field: 'abstract', start: 27, end: 34 },
    ]);
    expect(explainRow(pool, labels, 3).terms.find(({ term }) => term === 'Agile')!.weight).toBeLessThan(0);
  });

  it('gives the closest labelled papers, without the paper itself', () => {
    expect(explainRow(pool, labels, 2).nearest.map(({ row, included }) => [row, included])).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(explainRow(pool, labels, 0).nearest.map(({ row }) => row)).toEqual([1]);
  });

  it('gives weights that add up to the differences of the words', () => {
    const titles = ['statins lower cholesterol', 'agile teams', 'statins cholesterol', 'agile statins teams'];
    const known = preparePool({ texts: { titles, abstracts: titles.map(() => '') } });
    const { scores } = rankPool(known, labels);
    const sum = (row: number) =>
      explainRow(known, labels, row).terms.reduce((total, { weight }) => total + weight, 0);
    // With words alone, a score is exp(spread · z) less a constant, and so grows with z.
    const grows = [0, 1, 2, 3].sort((a, b) => sum(a) - sum(b));
    expect([0, 1, 2, 3].sort((a, b) => scores[a]! - scores[b]!)).toEqual(grows);
    const power = (row: number) => Math.exp(DEFAULTS.spread * sum(row));
    const ratio = (power(2) - power(3)) / (power(0) - power(3));
    expect((scores[2]! - scores[3]!) / (scores[0]! - scores[3]!)).toBeCloseTo(ratio, 10);
  });

  it('uses vectors for the closest papers where there are any', () => {
    const withVectors = papers(12, 1, true);
    const { values, dimensions } = withVectors.vectors!;
    const cosine = Array.from({ length: dimensions }, (_, d) => values[d]! * values[3 * dimensions + d]!);
    const { nearest } = explainRow(preparePool(withVectors), [{ row: 3, included: true }], 0);
    expect(nearest[0]!.similarity).toBeCloseTo(
      cosine.reduce((sum, value) => sum + value),
      10,
    );
  });

  it('gives no terms where nothing was learned', () => {
    expect(explainRow(pool, [], 0)).toEqual({ terms: [], nearest: [] });
  });

  it('refuses a row that is not in the pool', () => {
    expect(() => explainRow(pool, labels, 4)).toThrow('Row 4 is not in the pool, which has rows 0 to 3.');
  });
});
