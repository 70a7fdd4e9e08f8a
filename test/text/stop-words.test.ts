import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countStopWords, isStopWord } from '../../src/text/stop-words.ts';

/** Words, stop words and what is between them. */
const PIECE = fc.oneof(
  fc.constantFrom(
    'The',
    'of',
    'themselves',
    'themselvesx',
    'a',
    'I',
    "don't",
    'graph',
    'of_the',
    '9the',
    '[in]',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 6 }),
);

test('counts as looking up each word does', () => {
  fc.assert(
    fc.property(fc.array(PIECE, { maxLength: 12 }), fc.constantFrom(' ', '', '\n'), (pieces, between) => {
      const text = pieces.join(between);
      const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
      const stopWords = words.filter(isStopWord).length;
      expect(countStopWords(text)).toEqual({ words: words.length, stopWords });
    }),
    { numRuns: 500 },
  );
});

test('leaves other texts to the caller', () => {
  expect(countStopWords('the naïve one')).toBeUndefined();
});
