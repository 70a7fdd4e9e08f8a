import { describe, expect, test } from 'vitest';
import { minisearchEngine } from '../../src/lexical/minisearch.ts';
import { queryTerms, splitSolidWords } from '../../src/lexical/query-terms.ts';
import { topK } from '../../src/search/top-k.ts';
import { paperOf } from '../support/papers.ts';

const papers = [
  paperOf({
    title: 'Self-Improvement in Language Models',
    abstract: 'We sharpen a model.',
    authors: ['Audrey Huang'],
  }),
  paperOf({
    title: 'Learning Dynamics',
    abstract: 'A model learns.',
    keywords: ['finetuning'],
    venue: 'ICLR',
  }),
  paperOf({
    title: 'Databases',
    abstract: 'Self improvement of data bases in C++ by 15.6%.',
    authors: ['Jörg Müller'],
  }),
];
const built = await minisearchEngine.build(papers);
const loaded = minisearchEngine.load(built.serialize());

describe.each([
  ['built', built],
  ['loaded', loaded],
])('%s index', (_, index) => {
  const found = (query: string) =>
    topK(index.score(queryTerms(splitSolidWords(query, index), index)).scores, papers.length, 0).map(
      ({ doc }) => doc,
    );

  test.each([
    ['the title', 'learning dynamics', [1]],
    ['the abstract', 'sharpening', [0]],
    ['authors, accents folded', 'jorg muller', [2]],
    ['keywords', 'finetuning', [1]],
    ['venue', 'ICLR', [1]],
    ['a programming language', 'C++', [2]],
    ['a percentage with its sign', '15.6%', [2]],
    ['a percentage without', '15.6', [2]],
    ['nothing but stop words', 'what is the', []],
    ['an unknown word', 'zebra', []],
    ['no words', '', []],
  ])('finds by %s', (_name, query, docs) => {
    expect(found(query)).toEqual(docs);
  });

  test('a match in the title counts more than one in the abstract', () => {
    expect(found('model')[0]).toBe(0);
  });

  test('ways of writing one word find the same, in the same order', () => {
    const expected = [0, 2];
    for (const query of ['self-improvement', 'self improvement', 'selfimprovement', 'Self‑Improvement']) {
      expect(found(query)).toEqual(expected);
    }
  });

  test('a solid word that the corpus does not know is parted in two that it does', () => {
    expect(found('learningdynamics')).toEqual([1]);
  });

  test.each([
    ['selfimprovement', 'self-improvement'],
    ['On selfimprovement, briefly', 'On self-improvement, briefly'],
    ['self-improvement', 'self-improvement'],
    ['learningdynamics of models', 'learning dynamics of models'],
    ['zebra', 'zebra'],
    ['ba'.repeat(4000), 'ba'.repeat(4000)],
  ])('splitSolidWords(%s) is %s', (query, expected) => {
    expect(splitSolidWords(query, index)).toBe(expected);
  });

  test('a word that the corpus knows is not parted', () => {
    expect(found('databases')).toEqual([2]);
    expect(splitSolidWords('databases', index)).toBe('databases');
  });

  test('the weight of a term multiplies what it adds to the score', () => {
    const plain = index.score([{ term: 'dynam', weight: 1 }]).scores;
    const double = index.score([{ term: 'dynam', weight: 2 }]).scores;
    expect(double[1]).toBeCloseTo(plain[1]! * 2, 10);
  });
});

test.each([
  ['every term', 'learning dynamics', 1],
  [
    'one of two terms as rare',
    'dynamics zebra',
    Math.log(1 + 2.5 / 1.5) / (Math.log(1 + 2.5 / 1.5) + Math.log(1 + 3.5 / 0.5)),
  ],
  ['no term', 'zebra', 0],
  ['nothing to look for', 'the', 0],
])('coverage of %s', (_, query, expected) => {
  expect(built.score(queryTerms(query, built)).coverage).toBeCloseTo(expected, 10);
});

test('a loaded index answers exactly like the built one', () => {
  const terms = queryTerms('self-improvement of language models', built);
  expect(loaded.score(terms)).toEqual(built.score(terms));
});
