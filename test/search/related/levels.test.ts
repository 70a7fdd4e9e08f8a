import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { THRESHOLDS } from '../../../src/search/confidence.ts';
import { cosineOfKeyword, levelsOf } from '../../../src/search/related/levels.ts';

const BUNDLED = { cosineScale: { factor: 1, offset: 0 } };

describe('the cosine that means the same as a keyword similarity', () => {
  test.each([{ doc: undefined }, { doc: 3 }])('is that of the levels of a seed: $doc', (seed) => {
    const levels = levelsOf(seed, BUNDLED);
    const cosineOf = cosineOfKeyword(levels);
    expect(cosineOf(0)).toBe(0);
    expect(cosineOf(levels.weak.keyword)).toBeCloseTo(levels.weak.cosine, 12);
    expect(cosineOf(levels.strong.keyword)).toBeCloseTo(levels.strong.cosine, 12);
    expect(cosineOf(1)).toBeCloseTo(1, 12);
  });

  test('rises with the keyword similarity', () => {
    const cosineOf = cosineOfKeyword(levelsOf({ doc: undefined }, BUNDLED));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        expect(cosineOf(Math.min(a, b))).toBeLessThanOrEqual(cosineOf(Math.max(a, b)));
      }),
    );
  });

  test('is on the scale of the model', () => {
    const { weak } = levelsOf({ doc: undefined }, { cosineScale: { factor: 0.5, offset: 0.1 } });
    expect(weak.cosine).toBeCloseTo((THRESHOLDS.semantic.weak - 0.1) / 0.5, 12);
    expect(weak.keyword).toBe(THRESHOLDS.keyword.weak);
  });
});
