import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf, cohensKappa } from '../../src/review/agreement.ts';
import { DECISIONS } from '../../src/review/review.ts';

describe('cohensKappa', () => {
  test('agrees with a calculation by hand', () => {
    // 50 papers: observed (20 + 15) / 50 = 0.7, expected (25 · 30 + 25 · 20) / 2500 = 0.5, kappa 0.2 / 0.5 = 0.4.
    const table = [
      [20, 5],
      [10, 15],
    ];
    const { kappa, low, high } = cohensKappa(table)!;
    expect(kappa).toBeCloseTo(0.4, 12);
    // Fleiss, Cohen and Everitt: sums of squares over the diagonal and the rest, minus (0.4 − 0.5 · 0.6)².
    const diagonal = 0.4 * (1 - 1.1 * 0.6) ** 2 + 0.3 * (1 - 0.9 * 0.6) ** 2;
    const rest = 0.6 ** 2 * (0.1 * (0.6 + 0.5) ** 2 + 0.2 * (0.4 + 0.5) ** 2);
    const error = Math.sqrt((diagonal + rest - 0.1 ** 2) / 50) / 0.5;
    expect(high - kappa).toBeCloseTo(1.959964 * error, 12);
    expect(kappa - low).toBeCloseTo(1.959964 * error, 12);
  });

  test('agrees with a published example of three categories', () => {
    // Fleiss, Statistical Methods for Rates and Proportions (1981), two raters of 100 patients: kappa 0.68, standard error 0.087.
    const { kappa, low } = cohensKappa([
      [75, 1, 4],
      [5, 4, 1],
      [0, 0, 10],
    ])!;
    expect(kappa).toBeCloseTo(0.676, 3);
    expect((kappa - low) / 1.959964).toBeCloseTo(0.088, 3);
  });

  test('is not defined without a paper, or with one category only', () => {
    expect(
      cohensKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(
      cohensKappa([
        [0, 0],
        [0, 7],
      ]),
    ).toBeUndefined();
  });

  test('is 1 for full agreement', () => {
    const { kappa, low, high } = cohensKappa([
      [3, 0],
      [0, 9],
    ])!;
    expect([kappa, low, high]).toEqual([1, 1, 1]);
  });
});

describe('agreementOf', () => {
  test('counts a maybe as a decision of its own', () => {
    expect(
      agreementOf([
        ['include', 'include'],
        ['include', 'maybe'],
        ['exclude', 'exclude'],
        ['exclude', 'exclude'],
      ]),
    ).toMatchObject({
      papers: 4,
      observed: 0.75,
      table: [
        [1, 0, 1],
        [0, 2, 0],
        [0, 0, 0],
      ],
    });
  });

  test('has no kappa without a paper', () => {
    expect(agreementOf([])).toMatchObject({ papers: 0, observed: 0 });
    expect(agreementOf([]).kappa).toBeUndefined();
  });

  test('is the same for the reviewers in the other order, within its interval', () => {
    const decision = fc.constantFrom(...DECISIONS);
    fc.assert(
      fc.property(fc.array(fc.tuple(decision, decision), { minLength: 1, maxLength: 60 }), (pairs) => {
        const one = agreementOf(pairs);
        const other = agreementOf(pairs.map(([a, b]) => [b, a] as const));
        expect(other.observed).toBe(one.observed);
        expect(other.kappa ?? 0).toBeCloseTo(one.kappa ?? 0, 10);
        if (one.kappa === undefined) return;
        expect(one.low).toBeLessThanOrEqual(one.kappa);
        expect(one.high).toBeGreaterThanOrEqual(one.kappa);
        expect(one.low).toBeGreaterThanOrEqual(-1);
        expect(one.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});
