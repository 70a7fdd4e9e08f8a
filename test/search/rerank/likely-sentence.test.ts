import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likelySentence } from '../../../src/search/rerank/likely-sentence.ts';
import { analyze } from '../../../src/text/analyzer.ts';
import { sentenceSpans } from '../../../src/text/sentences.ts';

const chosen = (query: string, abstract: string, language?: string) =>
  likelySentence(query, { abstract, language }, sentenceSpans(abstract)).map(({ start, end }) =>
    abstract.slice(start, end),
  );

describe('the sentence of an abstract that is compared', () => {
  const abstract =
    'Cats purr at night. Dogs bark, and cats do not bark. They sleep. Nobody purrs at night here.';

  test.each([
    ['has most words of the query', 'dogs barking cats', 'Dogs bark, and cats do not bark.'],
    ['is not the one that repeats a word', 'purr bark bark night', 'Cats purr at night.'],
    ['has the fewest other words', 'purrs', 'Cats purr at night.'],
    ['is the only one with a word', 'sleeping fish', 'They sleep.'],
  ])('%s', (_, query, expected) => {
    expect(chosen(query, abstract)).toEqual([expected]);
  });

  test('is the first of several', () => {
    expect(chosen('cats', 'The cats sat. The cats ran.')).toEqual(['The cats sat.']);
  });

  test.each([
    ['zebra', abstract],
    ['and of the', abstract],
    ['', abstract],
    ['cats', ''],
  ])('does not exist for "%s"', (query, text) => {
    expect(chosen(query, text)).toEqual([]);
  });

  test('has its words in the language of the paper', () => {
    const german = 'Hunde bellen am Tag laut und viel. Die Katze schläft.';
    expect(chosen('Katzen', german, 'de')).toEqual(['Die Katze schläft.']);
  });

  test('is the one that comparing all words of all sentences finds', () => {
    const word = fc.constantFrom('cat', 'cats', 'dog', 'night', 'deep-sea', 'the', 'fish', 'α-helix');
    const sentence = fc
      .array(word, { minLength: 1, maxLength: 6 })
      .map((words) => `A${words.map((each) => ` ${each}`).join('')}.`);
    const asked = fc.array(word, { maxLength: 4 });
    fc.assert(
      fc.property(asked, fc.array(sentence, { maxLength: 6 }), (words, sentences) => {
        const text = sentences.join(' ');
        const terms = new Set(analyze(words.join(' ')).map(({ term }) => term));
        const cosines = sentences.map((each) => {
          const own = new Set(analyze(each).map(({ term }) => term));
          const shared = [...terms].filter((term) => own.has(term)).length;
          return (shared / Math.sqrt(Math.max(1, own.size * terms.size))).toFixed(9);
        });
        const highest = cosines.reduce((most, each) => (each > most ? each : most), (0).toFixed(9));
        const found = sentences.filter((_, i) => Number(highest) > 0 && cosines[i] === highest);
        expect(chosen(words.join(' '), text)).toEqual(found.slice(0, 1));
      }),
    );
  });
});
