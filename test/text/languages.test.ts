import { describe, expect, test } from 'vitest';
import { analyze, analyzeFor, wordsIn } from '../../src/text/analyzer.ts';
import { isStopWordIn } from '../../src/text/language-words.ts';
import { analysisLanguage, type Language, OTHER_LANGUAGES } from '../../src/text/languages.ts';

const terms = (text: string, language: Language) => analyze(text, language).map(({ term }) => term);

describe('analyze', () => {
  test.each<[Language, string, string]>([
    ['de', 'Haus', 'Häuser Häusern Hauses'],
    ['de', 'Sprachmodell', 'Sprachmodelle Sprachmodellen Sprachmodells'],
    ['de', 'Müller', 'Mueller Muller MÜLLER'],
    ['de', 'Straße', 'Strasse Straßen STRASSEN'],
    ['de', 'neue', 'neuen neuer neues'],
    ['fr', 'modèle', 'modèles modele'],
    ['fr', 'régularité', 'régularités regularite regularites'],
    ['fr', 'analyse', "l'analyse analyses d’analyses"],
    ['es', 'investigación', 'investigaciones investigacion'],
    ['it', 'università', "dell'università universita"],
    ['pt', 'informação', 'informações informacao'],
    ['nl', 'taalmodel', 'taalmodel'],
    ['sv', 'språkmodell', 'språkmodeller språkmodellerna'],
    ['no', 'språkmodell', 'språkmodellene'],
    ['da', 'sprogmodel', 'sprogmodeller sprogmodellerne'],
    ['fi', 'kielimalli', 'kielimallia kielimalleja'],
    ['hu', 'modell', 'modellek'],
    ['ro', 'model', 'modelele'],
    ['ru', 'обучение', 'обучения обучению'],
  ])('gives words of one stem one term (%s: %s, %s)', (language, word, others) => {
    const [term] = terms(word, language);
    expect(term).toMatch(/^\p{L}{3,}$/u);
    expect(new Set(terms(others, language))).toEqual(new Set([term]));
  });

  test.each<[Language, string, string[]]>([
    ['de', 'Die Häuser in der Stadt', ['haus', 'stadt']],
    ['fr', "L'analyse des réseaux qu'il faut", ['analys', 'reseau', 'faut']],
    ['en', 'Die hard', ['die', 'hard']],
    ['de', 'Vitamin D und C++', ['vitamin', 'd', 'c++']],
    ['de', 'GPT-4 mit 15.6 % und 1.000', ['gpt', '4', 'gpt4', '15.6', '1.000']],
    ['fr', 'thé', ['the']],
  ])('drops the stop words of the language (%s: %s)', (language, text, expected) => {
    expect(terms(text, language)).toEqual(expected);
  });

  test('gives the place of a word without what is elided before it', () => {
    const text = "Vers l’analyse d'une idée : aujourd'hui";
    const places = analyze(text, 'fr').map(({ start, end }) => text.slice(start, end));
    expect(places).toEqual(
      ['vers', 'analyse', 'idée', "aujourd'hui"].map((word, i) => (i === 0 ? 'Vers' : word)),
    );
    expect(wordsIn(text, 'fr').map(({ surface }) => surface)).toEqual([
      'vers',
      'analyse',
      'une',
      'idee',
      'aujourdhui',
    ]);
  });

  test('reads hyphenated words whole and in parts', () => {
    expect(terms('Transformer-Modelle', 'de')).toEqual(['transform', 'modell', 'transformermodell']);
  });

  test('gives from analyzeFor the wanted terms only', () => {
    const found = analyzeFor('Häuser, Wohnungen und ein Haus', new Set(['haus']), 'de');
    expect(found.map(({ surface }) => surface)).toEqual(['hauser', 'haus']);
  });

  test.each(['', 'ß', "l'", "'", 'x'.repeat(5000), '👩‍👩‍👧', 'İ'])(
    'reads any text in any language (%s)',
    (text) => {
      for (const language of OTHER_LANGUAGES) {
        for (const { start, end } of analyze(text, language)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }
    },
  );
});

test.each<[string, Language, boolean]>([
  ['der', 'de', true],
  ['der', 'en', false],
  ['für', 'de', true],
  ['fur', 'de', true],
  ['the', 'en', true],
  ['thé', 'en', false],
  ['à', 'fr', true],
  ['d', 'fr', false],
])('knows whether "%s" is a stop word in %s', (word, language, expected) => {
  expect(isStopWordIn(word, language)).toBe(expected);
});

test('analyses texts in languages without rules in English', () => {
  expect(['de', 'en', 'zh', 'toString', undefined].map(analysisLanguage)).toEqual([
    'de',
    'en',
    'en',
    'en',
    'en',
  ]);
});
