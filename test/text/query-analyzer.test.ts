import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/text/analyzer.ts';
import type { Language } from '../../src/text/languages.ts';
import { analyzeQuery, queryForms } from '../../src/text/query-analyzer.ts';

const words = (text: string, languages: readonly Language[]) =>
  analyzeQuery(text, languages).map(({ start, end }) => text.slice(start, end));

describe('analyzeQuery', () => {
  test('is analyze for an index in English', () => {
    const text = 'The few-shot learners of 2021';
    expect(analyzeQuery(text, ['en'])).toEqual(analyze(text));
  });

  test('gives each word its terms in all languages', () => {
    expect(analyzeQuery('Häuser', ['de', 'en'])).toMatchObject([{ term: 'haus', forms: ['haus', 'hauser'] }]);
    expect([...queryForms("l'analyse", ['en', 'fr'])]).toEqual(['lanalys', 'analys']);
  });

  test.each<[string, readonly Language[], string[]]>([
    // English papers with some in German: "die" may be English.
    ['die hard', ['en', 'de'], ['die', 'hard']],
    ['a sage framework', ['en', 'de'], ['sage', 'framework']],
    ['die Häuser in der Stadt', ['en', 'de'], ['Häuser', 'Stadt']],
    // German papers with some in English.
    ['neue Häuser für die Stadt', ['de', 'en'], ['neue', 'Häuser', 'Stadt']],
    ['the models', ['de', 'en'], ['models']],
    ['die hard fans of the movie', ['de', 'en'], ['die', 'hard', 'fans', 'movie']],
    ['Not', ['de', 'en'], ['Not']],
    ['die der', ['de', 'en'], ['die', 'der']],
    ['des modèles de langue', ['en', 'fr', 'de'], ['modèles', 'langue']],
  ])('drops the stop words of the language of the query: "%s" in %s', (text, languages, expected) => {
    expect(words(text, languages)).toEqual(expected);
  });

  test('marks what may be a stop word in a short query', () => {
    const unsure = (text: string, languages: readonly Language[]) =>
      analyzeQuery(text, languages).map(({ surface, isUnsure = false }) => [surface, isUnsure]);
    expect(unsure('die hard', ['de', 'en'])).toEqual([
      ['die', true],
      ['hard', false],
    ]);
    expect(unsure('die hard', ['en', 'de'])).toEqual([
      ['die', false],
      ['hard', false],
    ]);
  });

  test('is empty for words that are stop words in every language', () => {
    expect(words('was in so', ['de', 'en'])).toEqual([]);
  });
});
