import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Speller, unknownWords } from '../../../src/search/suggest/speller.ts';
import { Suggestions } from '../../../src/search/suggest/suggestions.ts';
import { Vocabulary } from '../../../src/search/suggest/vocabulary.ts';
import { distance as editDistance } from '../../reference/matching.ts';
import { paperOf } from '../../support/papers.ts';

const PAPERS = [
  paperOf({ title: 'Reinforcement Learning', authors: ['Roland Siegwart'], keywords: ['ResNet', 'robots'] }),
  paperOf({ title: 'Deep learning with ResNet', keywords: ['learning'] }),
  paperOf({ title: 'Robotic arms: learning', keywords: ['café', 'cells'] }),
  paperOf({ title: 'Cello and hello', authors: ['Ada Cella'], keywords: ['cells', 'mean', 'meat'] }),
];
const suggestions = await Suggestions.build(PAPERS);
const known = new Set(['lexicon', 'titled', 'rare']);
const index = { knows: (word: string) => known.has(word) };

describe('didYouMean', () => {
  test.each([
    ['reinforcment learning', 'reinforcement learning'],
    // Case as typed, except for words with capitals inside.
    ['Reinforcment LERNING', 'Reinforcement LEARNING'],
    ['RESNTE Resnte', 'ResNet ResNet'],
    ['deep lerning', 'deep learning'],
    ['Siegward robotics', 'Siegwart robotic'],
    ['resnte', 'ResNet'],
    // Two edits from 8 letters on, one below.
    ['reinforcemnet lerannig', 'reinforcement learning'],
    ['lrenin', undefined],
    ['lernig', undefined],
    // The same first letter first, then the number of papers.
    ['celly', 'cells'],
    ['cellq', 'cells'],
    ['bello', 'cello'],
    ['hellp', 'hello'],
    // Accents are not errors, and possessives are kept.
    ['cafe', undefined],
    ['Sïegward’s arms', 'Siegwart’s arms'],
    // Hyphens separate words, and the rest is unchanged.
    ['self-lerning, (DEEP  OR -lerning)!', 'self-learning, (DEEP  OR -learning)!'],
    ['title:lerning AND resnte', 'title:learning AND ResNet'],
  ])('%j: %j', (query, expected) => {
    expect(suggestions.didYouMean(query, index)?.text).toBe(expected);
  });

  test.each([
    ['a word that the index contains', 'lexicon titled rare'],
    ['a word of the corpus', 'reinforcement'],
    ['short words', 'arm rms'],
    ['numbers', '2024 resnet50 learning1'],
    ['stop words', 'with thes from about'],
    ['quoted text', '"deep lerning" “lerning”'],
    ['quoted text of a field', 'title:"deep lerning"'],
    ['values that are no words', 'id:lerning session:lerning area:lerning has:lerning'],
    ['names of fields', 'learnin:x'],
    ['beginnings of words, and words that may differ', 'lernin* lerning~ lerning~1'],
    ['far words', 'soup lentils'],
    ['endless words', 'lerning'.repeat(500)],
    ['no text', ''],
    ['many unknown words', 'lerning '.repeat(11)],
  ])('leaves %s alone', (_what, query) => {
    expect(suggestions.didYouMean(query, index)).toBeUndefined();
  });

  test('says which words were replaced, and where', () => {
    expect(suggestions.didYouMean('Deep Lerning of resnte', index)).toEqual({
      text: 'Deep Learning of ResNet',
      replacements: [
        { from: 'Lerning', to: 'Learning', span: { start: 5, end: 12 } },
        { from: 'resnte', to: 'ResNet', span: { start: 16, end: 22 } },
      ],
    });
  });

  test.each([
    ['a letter', 'a'],
    ['quotes', '"'],
    ['opening quotes', '“'],
    ['field names', 'a:'],
    ['hyphens', 'a-'],
  ])('handles a long query of %s', (_what, text) => {
    expect(suggestions.didYouMean(text.repeat(8000 / text.length), index)).toBeUndefined();
  });

  test('treats a single quotation mark as text', () => {
    expect(suggestions.didYouMean('"deep lerning', index)?.text).toBe('"deep learning');
  });

  test('unknownWords returns words that may be misspelt, with their positions', () => {
    expect(unknownWords('id:lerning Lerning rare', index)).toEqual([
      { folded: 'lerning', text: 'Lerning', start: 11, end: 18 },
    ]);
  });
});

test('chooses the best replacement of the whole vocabulary', () => {
  const word = fc.stringMatching(/^[abcd]{3,10}$/);
  const vocabulary = fc.uniqueArray(fc.record({ word, papers: fc.integer({ min: 1, max: 3 }) }), {
    selector: (entry) => entry.word,
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      vocabulary,
      fc.stringMatching(/^[abcd]{3,11}$/),
      fc.constantFrom(1, 50, 100, 999, 1000),
      (entries, typed, papers) => {
        const counted = entries
          .map(({ word, papers }) => ({ key: word, spelling: word.toUpperCase(), papers, id: 'x' }))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        const edits = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
        const fewest = papers < 100 ? 1 : papers < 1000 ? 2 : 3;
        const known = entries.some((entry) => entry.word === typed);
        const [best] = entries
          .map((entry) => ({
            ...entry,
            distance: editDistance(typed, entry.word),
            otherStart: Number(entry.word[0] !== typed[0]),
          }))
          .filter(({ distance, papers: own }) => distance > 0 && distance <= edits && own >= fewest)
          .sort(
            (a, b) =>
              a.distance - b.distance ||
              a.otherStart - b.otherStart ||
              b.papers - a.papers ||
              (a.word < b.word ? -1 : 1),
          );
        expect(new Speller(new Vocabulary(counted), papers).correct(typed)).toBe(
          known ? undefined : best?.word.toUpperCase(),
        );
      },
    ),
    { numRuns: 500 },
  );
});
