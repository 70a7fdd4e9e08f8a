import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PackedTexts, packTexts } from '../../../src/indexes/binary/packed-texts.ts';

test('returns texts by number, and finds them in their order', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text), text, (list, other) => {
      const texts = list.sort();
      const packed = new PackedTexts(packTexts(texts));
      expect(packed.size).toBe(texts.length);
      expect(texts.map((_, number) => packed.at(number))).toEqual(texts);
      expect(packed.lowerBound(other)).toBe(texts.filter((each) => each < other).length);
    }),
  );
});

test('finds texts by the key that they are sorted by', () => {
  const packed = new PackedTexts(packTexts(['a', 'B', 'c', 'D']));
  expect(packed.lowerBound('c', (text) => text.toLowerCase())).toBe(2);
});
