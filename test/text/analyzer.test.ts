import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze, analyzeFor } from '../../src/text/analyzer.ts';
import { stem } from '../../src/text/stemmer.ts';

const terms = (text: string) => analyze(text).map(({ term }) => term);

describe('analyze', () => {
  test.each([
    [
      'stop words go, the rest is stemmed',
      'the capabilities of language models',
      ['capabl', 'languag', 'model'],
    ],
    [
      'single letters stay, save the English words',
      'vitamin D in C: a T cell and I',
      ['vitamin', 'd', 'c', 't', 'cell'],
    ],
    ['negation stays', 'not self-correcting', ['not', 'self', 'correct', 'selfcorrect']],
    ['a chain with stop words keeps its whole', 'state-of-the-art', ['state', 'art', 'stateoftheart']],
    [
      'a stop word in a compound of two is no loss',
      'few-shot on-policy',
      ['shot', 'fewshot', 'polici', 'onpolici'],
    ],
    ['other scripts are not stemmed', 'обучение', ['обучение']],
  ])('%s', (_, text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  test('gives equal words equal terms, whatever their case and accents', () => {
    expect(terms('NAÏVE Modèles')).toEqual(terms('naive modeles'));
  });
});

// Porter's own examples: steps 1a to 5b of the 1980 paper.
test.each([
  ['caresses', 'caress'],
  ['ponies', 'poni'],
  ['plastered', 'plaster'],
  ['hopping', 'hop'],
  ['relational', 'relat'],
  ['formalize', 'formal'],
  ['adjustment', 'adjust'],
  ['controlling', 'control'],
])('stem(%s) is %s', (word, expected) => {
  expect(stem(word)).toBe(expected);
});

test('returns from analyzeFor the same tokens as from analyze, with the wanted terms only', () => {
  const words = fc.constantFrom(
    'Models',
    'model',
    'the',
    'yes',
    'you',
    'eYe',
    'self-improvement',
    'GPT-4',
    'Über',
    '学习',
    '15.6%',
    'sky',
    'skies',
    'Y',
    "don't",
  );
  const text = fc.oneof(
    fc.array(words).map((list) => list.join(' ')),
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^([A-Za-z]{1,9} ?)*$/),
  );
  fc.assert(
    fc.property(text, fc.infiniteStream(fc.boolean()), (input, picks) => {
      const all = analyze(input);
      const wanted = new Set(all.filter(() => picks.next().value).map(({ term }) => term));
      expect(analyzeFor(input, wanted)).toEqual(all.filter(({ term }) => wanted.has(term)));
    }),
    { numRuns: 300 },
  );
});
