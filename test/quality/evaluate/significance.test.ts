import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holm, randomisationTest } from '../../../src/quality/evaluate/significance.ts';

const zeros = (n: number) => new Array<number>(n).fill(0);

describe('randomisationTest', () => {
  test.each([
    ['one query: either sign is as large', [0.5], 1],
    ['three, all better: of 8 sign patterns only +++ and ---', [1, 1, 1], 2 / 8],
    ['±1±2±3 is at least 4 from 0 as 4, -4, 6 and -6', [-1, 2, 3], 4 / 8],
    ['a query without difference changes nothing', [0, 1, 1, 1, 0], 2 / 8],
    ['no difference at all', [0, 0, 0], 1],
    ['mean 0: everything is as large', [1, -1], 1],
    ['16 are still exact', new Array(16).fill(0.1), 2 / 2 ** 16],
  ])('%s', (_, differences, expected) => {
    const { p, difference } = randomisationTest(differences, zeros(differences.length));
    expect(p).toBe(expected);
    expect(difference).toBeCloseTo(differences.reduce((sum, d) => sum + d, 0) / differences.length, 12);
  });

  test('draws exchanges of more than 16 queries: p is near the exact value and never 0', () => {
    // Differences of 1, n of them negative: p is twice the binomial tail, here of at most 5 of 20.
    const differences = [...new Array(15).fill(1), ...new Array(5).fill(-1)];
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const tail = [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + choose(20, k), 0) / 2 ** 20;
    expect(Math.abs(randomisationTest(differences, zeros(20)).p - 2 * tail)).toBeLessThan(0.003);
    const clear = randomisationTest(new Array(100).fill(1), zeros(100), { permutations: 999 });
    expect(clear).toEqual({ difference: 1, p: 1 / 1000 });
  });

  test('draws a sign for each of more than 32 queries', () => {
    // Only two matter, and their signs agree in half of the permutations: with one fixed it would be all or none.
    const differences = [5, ...new Array(40).fill(1e-6), 5];
    const { p } = randomisationTest(differences, zeros(42), { permutations: 20_000 });
    // Of the half, the many small ones lower the sum in every case but one in 2^40.
    expect(p).toBeLessThan(0.01);
    const rounded = randomisationTest([5, ...new Array(40).fill(1e-12), 5], zeros(42), {
      permutations: 20_000,
    });
    expect(Math.abs(rounded.p - 1 / 2)).toBeLessThan(0.02);
  });

  test('depends on the seed, and not on the order of the two systems', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 17, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.nat(), (first, seed) => {
        const second = [...first.slice(1), first[0]!];
        const options = { permutations: 100, seed };
        const result = randomisationTest(first, second, options);
        expect(randomisationTest(first, second, options)).toEqual(result);
        expect(randomisationTest(second, first, options).p).toBe(result.p);
        expect(result.p).toBeGreaterThan(0);
        expect(result.p).toBeLessThanOrEqual(1);
      }),
      { numRuns: 30 },
    );
  });

  test('refuses values of different queries', () => {
    expect(() => randomisationTest([1], [1, 2])).toThrow('same queries');
  });
});

describe('holm', () => {
  test.each([
    [[0.01], [0.01]],
    [
      [0.04, 0.01, 0.03],
      [0.06, 3 * 0.01, 2 * 0.03],
    ],
    [
      [0.5, 0.6],
      [1, 1],
    ],
    [[], []],
  ])('%o', (given, expected) => {
    holm(given).forEach((p, index) => {
      expect(p).toBeCloseTo(expected[index]!, 12);
    });
    expect(holm(given)).toHaveLength(expected.length);
  });
});
