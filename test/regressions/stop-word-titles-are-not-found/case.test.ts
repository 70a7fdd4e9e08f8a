import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { answerArxiv } from '../../../src/serve/compat/arxiv/answer.ts';
import { arxivRequest } from '../../../src/serve/compat/arxiv/request.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ title: 'The Who', abstract: 'A history of a rock band.' }),
  paperOf({ title: 'What Is It Like to Be?', abstract: 'Consciousness as seen from bats.' }),
  paperOf({ title: 'To be or not to be', abstract: 'Identity over time.' }),
  paperOf({ title: 'A', abstract: 'On the shortest title.' }),
  paperOf({ title: 'A bag of words', abstract: 'Who is the author of this?', keywords: ['IT'] }),
  paperOf({ title: 'A bag with words', abstract: 'The one who asks.' }),
  paperOf({ title: 'Bag', abstract: 'State-of-the-art bags of word vectors.' }),
];
let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

const titlesOf = async (query: string, mode: 'keyword' | 'hybrid' = 'keyword') =>
  (await snapshot.search({ query, mode })).hits.map(({ paper }) => paper.title).sort();

test.each([
  ['The Who', ['The Who']],
  ['what is it like to be', ['What Is It Like to Be?']],
  ['A', ['A']],
  ['not to be', ['To be or not to be']],
  ['from there', []],
  ['title:"The Who"', ['The Who']],
  ['"the who"', ['The Who']],
  ['title:"to be"', ['To be or not to be', 'What Is It Like to Be?']],
  ['title:a', ['A', 'A bag of words', 'A bag with words']],
  ['"bag of words"', ['A bag of words', 'Bag']],
  ['"a bag of words"', ['A bag of words']],
  ['title:"bag with words"', ['A bag with words']],
  ['"state of the art bags"', ['Bag']],
  ['"state for the art bags"', []],
  ['-"the who" bag', ['A bag of words', 'A bag with words', 'Bag']],
  ['keyword:it', ['A bag of words']],
])('finds by %s the papers with these words in a row', async (query, expected) => {
  expect(await titlesOf(query)).toEqual(expected);
});

test('is sure of a title of stop words, in hybrid mode too', async () => {
  for (const query of ['The Who', 'title:"The Who"', '"The Who"']) {
    for (const mode of ['keyword', 'hybrid'] as const) {
      const { confidence, total } = await snapshot.search({ query, mode });
      expect({ query, mode, level: confidence.level, total }).toEqual({
        query,
        mode,
        level: 'strong',
        total: 1,
      });
    }
  }
});

test.each(['abstract:"the who"', 'NOT the', 'of AND the'])(
  'finds nothing by %s, which cannot be checked, and says so',
  async (query) => {
    const { total, understood } = await snapshot.search({ query, mode: 'keyword' });
    expect(total).toBe(0);
    expect(understood.notices).not.toEqual([]);
  },
);

test('finds the same through the API of arXiv', async () => {
  const ask = async (query: string) =>
    (await answerArxiv(arxivRequest({ search_query: query }), snapshot)).papers.map(({ title }) => title);
  expect(await ask('ti:"The Who"')).toEqual(['The Who']);
  expect(await ask('ti:"bag of words"')).toEqual(['A bag of words']);
  expect(await ask('abs:"of the"')).toEqual([]);
});
