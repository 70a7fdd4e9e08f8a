import { describe, expect, test } from 'vitest';
import { drawsOf } from '../../../src/review/stop/history.ts';
import { hypergeometricRule, modelRule, safeRule } from '../../../src/review/stop/rules.ts';

/** A history of a string of 1 for an include and 0 for an exclude. */
function progress(poolSize: number, found: string, target = 0.95) {
  const draws = drawsOf({ poolSize, found: Uint8Array.from(found, Number) });
  return { draws, target, maxRisk: 0.05, opinions: [] };
}

describe('hypergeometricRule', () => {
  test('states the probability of the excludes since the last include', () => {
    // 38 found: recall is below 95 % with 3 unseen. 100 excludes in a row from 160 papers with 3 includes:
    // 60 · 59 · 58 / (160 · 159 · 158).
    const rule = hypergeometricRule(progress(198, '1'.repeat(38) + '0'.repeat(100)));
    expect(rule.risk).toBeCloseTo((60 * 59 * 58) / (160 * 159 * 158), 12);
    expect(rule.stop).toBe(false);
  });

  test('says stop when the risk is small', () => {
    const rule = hypergeometricRule(progress(198, '1'.repeat(38) + '0'.repeat(104)));
    expect(rule.risk).toBeCloseTo((56 * 55 * 54) / (160 * 159 * 158), 12);
    expect(rule.stop).toBe(true);
  });
});

describe('modelRule', () => {
  test('adds the risks of the families', () => {
    const opinion = (...probabilities: number[]) => ({ unseen: Float64Array.from(probabilities) });
    const opinions = [opinion(0.5, 0.47, 0.03), opinion(0.6, 0.39, 0.01)] as never;
    // 19 found: recall is 95 % with one unseen, and below with 2.
    const rule = modelRule({ ...progress(400, '1'.repeat(19)), opinions });
    expect(rule).toMatchObject({ stop: true, says: expect.stringMatching(/below 95 % is 4 %/) });
    expect(rule.risk).toBeCloseTo(0.04, 12);
  });
});

describe('safeRule', () => {
  test.each([
    ['10'.repeat(40), 300, false],
    ['1'.repeat(10) + '0'.repeat(50), 300, true],
    ['1'.repeat(10) + '0'.repeat(49), 300, false],
    ['1'.repeat(10) + '0'.repeat(50), 700, false],
    ['1'.repeat(10), 10, true],
  ])('%s of %i papers: %s', (found, poolSize, stop) => {
    expect(safeRule(progress(poolSize, found)).stop).toBe(stop);
  });

  test.each(['', '1', '10'])('says that every paper was read: "%s"', (found) => {
    expect(safeRule(progress(found.length, found)).says).toBe('Every paper was read.');
  });
});
