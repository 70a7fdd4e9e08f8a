import { describe, expect, test } from 'vitest';
import { KEYWORD_ENGINES } from '../../../src/indexes/keyword/engines.ts';
import { queryTerms, splitSolidWords } from '../../../src/indexes/keyword/query-terms.ts';
import { paperOf } from '../../support/papers.ts';

const PAPERS = [
  paperOf({ title: 'An $\\alpha$-stable law' }),
  paperOf({ title: 'The α-stable laws' }),
  paperOf({ title: 'Alpha-stable laws' }),
  paperOf({ title: 'TNFα in mice' }),
  paperOf({ title: 'TNF-alpha in mice' }),
  paperOf({ title: 'A river' }),
];

describe.each(Object.entries(KEYWORD_ENGINES))('%s', (_, engine) => {
  test.each([
    ['alpha-stable', [0, 1, 2]],
    ['α-stable', [0, 1, 2]],
    ['alpha stable', [0, 1, 2]],
    ['$\\alpha$-stable', [0, 1, 2]],
    ['TNFα', [3, 4]],
  ])('finds all papers that write %s in one way or another', async (query, expected) => {
    const index = await engine.build(PAPERS);
    const terms = queryTerms(splitSolidWords(query, index), index);
    const { hits } = index.top(terms, PAPERS.length, true);
    expect(hits.map(({ doc }) => doc).sort()).toEqual(expect.arrayContaining(expected));
    expect(hits.map(({ doc }) => doc)).not.toContain(5);
  });
});

test.each(['alpha-stable', 'α-stable', 'alpha stable'])('finds the phrase "%s"', async (text) => {
  const index = await KEYWORD_ENGINES.bm25!.build(PAPERS);
  const mask = new Uint8Array(PAPERS.length);
  index.match({ kind: 'phrase', text } as never, mask);
  expect([...mask]).toEqual([1, 1, 1, 0, 0, 0]);
});
