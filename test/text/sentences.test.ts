import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentenceSpans, sentencesOf } from '../../src/text/sentences.ts';

test.each([
  ['One. Two? Three', ['One. ', 'Two? ', 'Three']],
  ['No end', ['No end']],
  ['', []],
  [
    'Wir sehen z. B. Häuser. Vgl. Abb. 3, d. h. Müller.',
    ['Wir sehen z. B. Häuser. ', 'Vgl. Abb. 3, d. h. Müller.'],
  ],
  ['Des langues, p. ex. Le latin. Fin.', ['Des langues, p. ex. Le latin. ', 'Fin.']],
  ['Vitamin d. We show it. D. H. Lawrence.', ['Vitamin d. ', 'We show it. ', 'D. ', 'H. ', 'Lawrence.']],
])('%o', (text, expected) => {
  expect(sentencesOf(text)).toEqual(expected);
});

test('loses no part of a text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(sentencesOf(text).join('')).toBe(text);
    }),
  );
});

test('finds the same sentences in a long text as in one piece', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  const piece = fc.constantFrom(
    'A b. ',
    'e.g. x ',
    '\n\n',
    '(((',
    '"A."',
    '学。',
    '1.2',
    '. ',
    '?',
    'word '.repeat(900),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 100, maxLength: 800 }), (pieces) => {
      const text = pieces.join('');
      const whole = Array.from(segmenter.segment(text), ({ segment }) => segment);
      expect(sentencesOf(text)).toEqual(whole);
    }),
    { numRuns: 8 },
  );
});

test('returns the spans of sentences without the blanks around them', () => {
  const text = '  One two.\n\nThree?   ';
  expect(sentenceSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual(['One two.', 'Three?']);
  expect(sentenceSpans(' \n')).toEqual([]);
});
