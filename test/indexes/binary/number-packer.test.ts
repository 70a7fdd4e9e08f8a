import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BitPlace, type NumberSink, packNumbers } from '../../../src/indexes/binary/number-packer.ts';
import { CHAINED_CONTEXTS } from '../../../src/indexes/binary/packed-numbers.ts';
import { mulberry32 } from '../../../src/util/random.ts';

/** Lists of ascending numbers, some longer than what is written at once. */
const LISTS = fc
  .array(
    fc.tuple(fc.nat(3), fc.oneof(fc.nat(20), fc.constantFrom(4095, 4096, 9000)), fc.constantFrom(3, 40, 1e5)),
    {
      maxLength: 5,
    },
  )
  .map((lists) =>
    lists.map(([context, length, gap]) => {
      const random = mulberry32(length + gap);
      let last = -1;
      const numbers = Uint32Array.from({ length }, () => {
        last += 1 + Math.floor(random() ** 4 * gap);
        return last;
      });
      return { context, numbers };
    }),
  );

function packed(contexts: number, every: number, each: (sink: NumberSink) => void) {
  const marks: BitPlace[] = [];
  const { codes, bits } = packNumbers(contexts, each, (place) => marks.push(place), every);
  return { codes: Buffer.from(codes).toString('hex'), bits: Buffer.from(bits.buffer).toString('hex'), marks };
}

describe('numbers that are given at once have the bits and marks of those given one by one', () => {
  test('ascending ones as their differences', () => {
    fc.assert(
      fc.property(LISTS, fc.constantFrom(1, 7, 4096), (lists, every) => {
        const atOnce = packed(4, every, (sink) => {
          for (const { context, numbers } of lists) sink.ascending(context, numbers, 0, numbers.length);
        });
        const oneByOne = packed(4, every, (sink) => {
          for (const { context, numbers } of lists)
            for (const [i, number] of numbers.entries())
              sink.add(context, number - (i === 0 ? -1 : numbers[i - 1]!) - 1);
        });
        expect(atOnce).toEqual(oneByOne);
      }),
      { numRuns: 40 },
    );
  });

  test('chained ones as the ranks of their values', () => {
    const rankOf = Uint16Array.from({ length: 300 }, (_, value) => (value * 7) % 300);
    const values = fc.oneof(
      fc.array(fc.oneof(fc.nat(3), fc.nat(299)), { maxLength: 50 }),
      fc.constantFrom(4095, 4096, 12_289).map((length) => Array.from({ length }, (_, i) => (i * i) % 61)),
    );
    fc.assert(
      fc.property(values, fc.constantFrom(1, 7, 4096), (list, every) => {
        const atOnce = packed(CHAINED_CONTEXTS, every, (sink) =>
          sink.chained(Uint16Array.from(list), rankOf),
        );
        const oneByOne = packed(CHAINED_CONTEXTS, every, (sink) => {
          let context = 0;
          for (const value of list) {
            sink.add(context, rankOf[value]!);
            context = Math.min(rankOf[value]!, CHAINED_CONTEXTS - 1);
          }
        });
        expect(atOnce).toEqual(oneByOne);
      }),
      { numRuns: 40 },
    );
  });
});
