import { describe, expect, test } from 'vitest';
import { weighModels } from '../../../src/review/stop/discovery-model.ts';
import { drawsOf } from '../../../src/review/stop/history.ts';
import { cumulative, quantile, unseenDistribution } from '../../../src/review/stop/unseen.ts';
import { mulberry32, shuffled } from '../../../src/util/random.ts';

const found = Uint8Array.of(1, 1, 0, 1, 0, 0, 0, 1, 0, 0);
/** One model that expects an include to be unseen with the probability 1/2. */
const half = { finds: 4, models: [{ a: 1, b: 1, c: 1, logUnseen: Math.log(0.5), weight: 1 }] };

describe('unseenDistribution', () => {
  test('is a negative binomial distribution of one model', () => {
    const distribution = unseenDistribution(drawsOf({ poolSize: 500, found }), half);
    // (1/2)^4.5, and then each term from the one before: (4.5 + u) / (u + 1) / 2.
    const first = 0.5 ** 4.5;
    expect(distribution[0]).toBeCloseTo(first, 12);
    expect(distribution[1]).toBeCloseTo((first * 4.5) / 2, 12);
    expect(distribution[2]).toBeCloseTo((((first * 4.5) / 2) * 5.5) / 4, 12);
    expect(distribution.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12);
  });

  test('has no more includes than papers are unread', () => {
    expect(unseenDistribution(drawsOf({ poolSize: 13, found }), half)).toHaveLength(4);
    expect(unseenDistribution(drawsOf({ poolSize: 10, found }), half)).toEqual(Float64Array.of(1));
  });

  test('multiplies by the exact probability of excludes that were drawn at random', () => {
    const random = Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 1);
    const without = unseenDistribution(drawsOf({ poolSize: 60, found }), half);
    const withDraws = unseenDistribution(drawsOf({ poolSize: 60, found, random }), half);
    // With u unseen now, the sixth paper was drawn from 55 with u + 1 includes, the tenth from 51 with u.
    const factor = (u: number) => (1 - (u + 1) / 55) * (1 - u / 51);
    expect(withDraws[3]! / withDraws[0]!).toBeCloseTo(
      ((without[3]! / without[0]!) * factor(3)) / factor(0),
      12,
    );
  });

  test('stays finite after thousands of random draws without an include', () => {
    const none = new Uint8Array(4000);
    const draws = drawsOf({ poolSize: 5000, found: none, random: none.map(() => 1) });
    const distribution = unseenDistribution(draws, weighModels(draws, { clock: 'papers', shapes: [1] }));
    expect(quantile(distribution, 0.975)).toBeLessThanOrEqual(3);
  });
});

describe('quantile', () => {
  test('is the first number whose cumulative probability reaches the share', () => {
    const distribution = Float64Array.of(0.2, 0.3, 0.5);
    expect([0.1, 0.2, 0.4, 0.6, 1].map((share) => quantile(distribution, share))).toEqual([0, 0, 1, 2, 2]);
    expect([0, 1, 2, 9].map((u) => cumulative(distribution, u))).toEqual([0.2, 0.5, 1, 1]);
  });
});

describe('weighModels', () => {
  test.each(['papers', 'excludes'] as const)(
    'covers the truth in random orders, by a clock of %s',
    (clock) => {
      const random = mulberry32(17);
      let covered = 0;
      const runs = 100;
      for (let run = 0; run < runs; run++) {
        const includes = 5 + Math.floor(random() * 60);
        const order = Uint8Array.from(
          shuffled(
            Array.from({ length: 600 }, (_, at) => (at < includes ? 1 : 0)),
            random,
          ),
        );
        const draws = drawsOf({ poolSize: 600, found: order.subarray(0, 60 + Math.floor(random() * 480)) });
        const unseen = includes - draws.found.reduce((sum, include) => sum + include, 0);
        const distribution = unseenDistribution(draws, weighModels(draws, { clock, shapes: [1] }));
        if (quantile(distribution, 0.025) <= unseen && unseen <= quantile(distribution, 0.975)) covered++;
      }
      expect(covered).toBeGreaterThanOrEqual(0.9 * runs);
    },
  );
});
