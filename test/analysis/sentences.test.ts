import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentenceSpans, sentencesOf } from '../../src/analysis/sentences.ts';

test.each([
  ['One. Two? Three', ['One. ', 'Two? ', 'Three']],
  ['No end', ['No end']],
  ['', []],
])('%o', (text, expected) => {
  expect(sentencesOf(text)).toEqual(expected);
});

test('nothing of a text is lost', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(sentencesOf(text).join('')).toBe(text);
    }),
  );
});

test('spans are those of sentences without the blanks around them', () => {
  const text = '  One two.\n\nThree?   ';
  expect(sentenceSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual(['One two.', 'Three?']);
  expect(sentenceSpans(' \n')).toEqual([]);
});
