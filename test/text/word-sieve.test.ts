import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze, analyzeFor } from '../../src/text/analyzer.ts';
import { wordTerm } from '../../src/text/stemmer.ts';
import { WordSieve } from '../../src/text/word-sieve.ts';

const ENDINGS = [
  '',
  's',
  'es',
  'ies',
  'ed',
  'ing',
  'y',
  'ational',
  'iveness',
  'sses',
  'eed',
  'ying',
  'ization',
  'ability',
  'ousli',
  'ology',
  'ating',
  'izer',
];
const word = fc
  .tuple(fc.stringMatching(/^[aeioubdlnstyAZ]{0,6}$/), fc.constantFrom(...ENDINGS))
  .map(([beginning, ending]) => beginning + ending)
  .filter((text) => text !== '');

test('lets every word of a wanted term pass', () => {
  fc.assert(
    fc.property(word, (text) => {
      const term = wordTerm(text.toLowerCase());
      if (term !== '') expect(new WordSieve(new Set([term])).lets(text, 0, text.length)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('stops words that begin otherwise', () => {
  const sieve = new WordSieve(new Set(['graph', 'ti', 'α', '3d']));
  const lets = (text: string) => sieve.lets(text, 0, text.length);
  expect(['graphs', 'Grapes', 'GRAPH', 'ties', 'tea', 't'].map(lets)).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(['glass', 'Gram', 'gra', 'a', 'the', 'xylem'].map(lets)).toEqual([
    false,
    false,
    false,
    false,
    true,
    false,
  ]);
});

test('the tokens of wanted terms are those among all tokens', () => {
  const piece = fc.oneof(
    word,
    fc.constantFrom('self-improvement', '$x^2$', '*graphs*', "don't", 'C++', 'é', ' '),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.nat(), (pieces, pick) => {
      const text = pieces.join(' ');
      const all = analyze(text);
      const wanted = new Set(all.filter((_, i) => i % 4 === pick % 4).map(({ term }) => term));
      expect(analyzeFor(text, wanted)).toEqual(all.filter(({ term }) => wanted.has(term)));
    }),
    { numRuns: 500 },
  );
});
