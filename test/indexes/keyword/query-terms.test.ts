import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import { paperOf } from '../../support/papers.ts';

const index = await bm25Engine.build([
  ...Array.from({ length: 9 }, (_, i) => paperOf({ title: `Neural networks ${i}` })),
  paperOf({ title: 'Neural-network pruning' }),
  paperOf({ title: 'Self-improvement', abstract: 'A dataset, another dataset.' }),
  paperOf({ title: 'Self improvement', abstract: 'Emb ryo; the car, and pet rats.' }),
]);
const terms = (text: string) => queryTerms(text, index).map(({ term, weight }) => [term, weight]);

describe('two words', () => {
  test('are not a compound when they are seldom written as one, with or without a hyphen', () => {
    expect(terms('neural networks')).toEqual([
      ['neural', 1],
      ['network', 1],
      ['neural', 0.5],
    ]);
    expect(terms('neural-networks')).toEqual(terms('neural networks'));
  });

  test('count less than the compound where they often are one', () => {
    for (const text of ['self improvement', 'self-improvement']) {
      expect(terms(text).sort()).toEqual([
        ['improv', 0.5],
        ['self', 0.5],
        ['self', 0.5],
        ['selfimprov', 1],
      ]);
    }
  });

  test('are found as one word too, as a bigram', () => {
    const found = (text: string) =>
      index.top(queryTerms(text, index), 20, true).hits.map(({ score }) => score);
    expect(found('neural networks')).toHaveLength(10);
  });
});

test.each([
  ['selfimprovement', 'self-improvement'],
  ['neuralnetworks', 'neural-network'],
  ['embryo', 'emb ryo'],
  ['carpet', 'carpet'],
  ['dataset', 'dataset'],
  ['unheardof', 'unheardof'],
])('splits %s only where the parts are neighbours: %s', (text, parted) => {
  expect(splitSolidWords(text, index)).toBe(parted);
});
