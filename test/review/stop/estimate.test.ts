import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recallCurve } from '../../../src/review/stop/curve.ts';
import { estimateRecall } from '../../../src/review/stop/estimate.ts';

/** A history from a string of 1 for an include and 0 for an exclude. */
function history(poolSize: number, found: string) {
  return { poolSize, found: Uint8Array.from(found, Number) };
}

describe('estimateRecall', () => {
  test('is certain when every paper was read', () => {
    const estimate = estimateRecall(history(6, '110010'));
    expect(estimate).toMatchObject({ found: 3, recall: 1, low: 1, high: 1, unseen: { low: 0, high: 0 } });
    expect(estimate.rules.every((rule) => rule.stop)).toBe(true);
  });

  test('knows nothing before a paper was read', () => {
    expect(estimateRecall(history(100, ''))).toMatchObject({ low: 0, high: 1 });
    expect(estimateRecall(history(100, '')).unseen.high).toBeGreaterThan(50);
    expect(estimateRecall(history(100, '')).rules.some((rule) => rule.stop)).toBe(false);
  });

  test('has an interval around its estimate, within 0 and 1, for any history', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 60 }),
        fc.nat(200),
        (found, unread) => {
          const estimate = estimateRecall({
            poolSize: found.length + unread,
            found: Uint8Array.from(found),
          });
          expect(estimate.low).toBeGreaterThanOrEqual(0);
          expect(estimate.low).toBeLessThanOrEqual(estimate.recall);
          expect(estimate.recall).toBeLessThanOrEqual(estimate.high);
          expect(estimate.high).toBeLessThanOrEqual(1);
          expect(estimate.unseen.high).toBeLessThanOrEqual(unread);
        },
      ),
    );
  });

  test('counts known includes as found, and learns nothing from them', () => {
    const found = '111110010100000000000000000000';
    const known = Uint8Array.from(found, (_, at) => (at < 5 ? 1 : 0));
    const withKnown = estimateRecall({ ...history(300, found), known });
    const without = estimateRecall(history(295, found.slice(5)));
    expect(withKnown.found).toBe(without.found + 5);
    expect(withKnown.unseen).toEqual(without.unseen);
  });

  test('expects less work as the end comes near', () => {
    const early = estimateRecall(history(400, '1101101011010'));
    const late = estimateRecall(history(400, `1101101011010${'0'.repeat(200)}`));
    expect(estimateRecall(history(400, '000')).workLeft).toBeUndefined();
    expect(early.workLeft).toBeGreaterThan(0);
    expect(early.workLeft).toBeLessThanOrEqual(387);
    expect(late.workLeft).toBe(0);
  });

  test.each([
    [{ poolSize: 2, found: Uint8Array.of(1, 0, 0) }, /pool has 2 papers, but 3/],
    [{ poolSize: 5, found: Uint8Array.of(1), random: Uint8Array.of(1, 0) }, /one value a screened paper/],
  ])('refuses a history that contradicts itself', (wrong, message) => {
    expect(() => estimateRecall(wrong)).toThrow(message);
  });

  test('refuses a target out of range', () => {
    expect(() => estimateRecall(history(9, '10'), { target: 95 })).toThrow(/target is 95/);
  });
});

describe('recallCurve', () => {
  test('ends with the estimate of the whole history', () => {
    const all = history(300, `111101${'0'.repeat(140)}`);
    const curve = recallCurve(all, 10);
    const { screened, found, recall, low, high } = estimateRecall(all);
    expect(curve).toHaveLength(10);
    expect(curve.at(-1)).toEqual({ screened, found, recall, low, high });
    expect(curve.map((point) => point.found)).toEqual(
      curve.map((point) => all.found.subarray(0, point.screened).filter((include) => include === 1).length),
    );
  });

  test('has one point a paper at most', () => {
    expect(recallCurve(history(50, '101')).map((point) => point.screened)).toEqual([1, 2, 3]);
  });
});
