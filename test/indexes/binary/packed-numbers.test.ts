import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packNumbers } from '../../../src/indexes/binary/number-packer.ts';
import { CHAINED_CONTEXTS, NumberReader } from '../../../src/indexes/binary/packed-numbers.ts';

/** Small numbers mostly, as in an index, and some of any size. */
const NUMBER = fc.oneof(
  { weight: 4, arbitrary: fc.nat(9) },
  { weight: 1, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffffffff }) },
);

test('numbers are read one by one as they were written, in their contexts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), NUMBER), { maxLength: 300 }), (numbers) => {
      const packed = packNumbers(3, (sink) => {
        for (const [context, number] of numbers) sink.add(context, number);
      });
      const reader = NumberReader.open(packed, 3)!;
      expect(numbers.map(([context]) => reader.next(context))).toEqual(numbers.map(([, number]) => number));
      expect(reader.isAtEnd).toBe(true);
    }),
  );
});

test('ascending numbers are read from their differences', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(40), fc.nat(1e7)), { maxLength: 300 }), (gaps) => {
      const packed = packNumbers(1, (sink) => {
        for (const gap of gaps) sink.add(0, gap);
      });
      const reader = NumberReader.open(packed, 1)!;
      let last = -1;
      const expected = gaps.map((gap) => {
        last += gap + 1;
        return last;
      });
      const target = new Uint32Array(gaps.length);
      expect(reader.ascending(0, target, 0, gaps.length)).toBe(last);
      expect(Array.from(target)).toEqual(expected);
      expect(reader.isAtEnd).toBe(true);
    }),
  );
});

test('numbers that have the one before as context are read as their values; one without a value is reported', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          { weight: 5, arbitrary: fc.constantFrom(0, 0, 0, 1, 2) },
          { weight: 1, arbitrary: fc.nat(40) },
        ),
        {
          minLength: 1,
          maxLength: 300,
        },
      ),
      (numbers) => {
        const packed = packNumbers(CHAINED_CONTEXTS, (sink) => {
          let context = 0;
          for (const number of numbers) {
            sink.add(context, number);
            context = Math.min(number, CHAINED_CONTEXTS - 1);
          }
        });
        const largest = Math.max(...numbers);
        const values = Uint16Array.from({ length: largest + 1 }, (_, number) => number * 3);
        const target = new Uint16Array(numbers.length);
        const reader = NumberReader.open(packed, CHAINED_CONTEXTS)!;
        expect(reader.chained(target, values)).toBe(true);
        expect(Array.from(target)).toEqual(numbers.map((number) => number * 3));
        expect(reader.isAtEnd).toBe(true);
        const again = NumberReader.open(packed, CHAINED_CONTEXTS)!;
        expect(again.chained(target, values.subarray(0, largest))).toBe(false);
      },
    ),
  );
});
