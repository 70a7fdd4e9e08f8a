import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstSentences, firstWords } from '../../src/text/shorten.ts';

const TEXT = 'We begin here. Then we go on for a while. In the end we stop.';

test.each<[most: number, text: string, cut: boolean]>([
  [1000, TEXT, false],
  [TEXT.length, TEXT, false],
  [TEXT.length - 1, 'We begin here. Then we go on for a while.', true],
  [41, 'We begin here. Then we go on for a while.', true],
  [40, 'We begin here.', true],
  [14, 'We begin here.', true],
  [12, 'We begin…', true],
  [0, '', true],
])('%i characters', (most, text, cut) => {
  expect(firstSentences(TEXT, most)).toEqual({ text, cut });
});

test('cuts a long word, but not inside a character', () => {
  expect(firstWords('abcdefghij', 5)).toBe('abcd…');
  expect(firstWords('abc😀defgh', 5)).toBe('abc…');
});

test('is never longer than the limit', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(50), (text, most) => {
      expect(firstSentences(text, most).text.length).toBeLessThanOrEqual(most);
    }),
  );
});
