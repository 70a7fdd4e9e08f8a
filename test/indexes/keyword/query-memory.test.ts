import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import type { Vocabulary } from '../../../src/indexes/keyword/keyword-index.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import { paperOf } from '../../support/papers.ts';

const index = await bm25Engine.build([
  paperOf({ title: 'Sprachmodelle für die Medizin', abstract: 'Ein Modell der Sprache.', language: 'de' }),
  paperOf({ title: 'Daten der Forschung und die Analyse', language: 'de' }),
  paperOf({ title: "L'analyse des réseaux", language: 'fr' }),
  paperOf({ title: 'Self-improvement of α-stable models', abstract: 'They die hard, in data analysis.' }),
  paperOf({ title: 'Neural networks', abstract: 'Self improvement, few-shot and neural-network analysis.' }),
]);
/** The same index, asked about every word each time. */
const forgetful: Vocabulary = {
  languages: index.languages,
  solidWords: index.solidWords,
  hasTerm: (term) => index.hasTerm(term),
  hasTermIn: (term, language) => index.hasTermIn(term, language),
  compoundOf: (term) => index.compoundOf(term),
  isMostlyJoined: (...words) => index.isMostlyJoined(...words),
  areNeighbours: (...words) => index.areNeighbours(...words),
};
const termsOf = (text: string, vocabulary: Vocabulary) =>
  queryTerms(splitSolidWords(text, vocabulary), vocabulary);

const WORDS =
  'Sprachmodell modell Modelle Daten data die der the analyse Analyse l’analyse réseaux reseaux hard selfimprovement ' +
  'self-improvement Self improvement alphastable α-stable neuralnetwork neural network networks few-shot unknown SELF';

test('a query has the terms that it has where nothing is remembered, whatever was asked before', () => {
  const text = fc
    .array(fc.constantFrom(...WORDS.split(' ')), { minLength: 1, maxLength: 30 })
    .map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      for (const each of texts) expect(termsOf(each, index)).toEqual(termsOf(each, forgetful));
    }),
  );
});

test('a compound is not split as the word without a hyphen is', () => {
  for (const text of ['selfimprovement', 'self-improvement', 'selfimprovement']) {
    expect(splitSolidWords(text, index)).toBe('self-improvement');
  }
});
