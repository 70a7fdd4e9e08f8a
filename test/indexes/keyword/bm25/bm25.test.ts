import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bm25Index } from '../../../../src/indexes/keyword/bm25/bm25-index.ts';
import { bm25Engine } from '../../../../src/indexes/keyword/bm25/engine.ts';
import { BLOCK_SIZE } from '../../../../src/indexes/keyword/bm25/impact-memory.ts';
import { DEFAULT_PARAMETERS } from '../../../../src/indexes/keyword/bm25/scoring.ts';
import { queryTerms } from '../../../../src/indexes/keyword/query-terms.ts';
import { referenceTop } from '../../../reference/bm25.ts';
import { paperOf } from '../../../support/papers.ts';
import { RANDOM_QUERY, randomPapers } from '../../../support/random-papers.ts';

describe('the best papers', () => {
  test('are those of the textbook formula, in its order, ties included', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomPapers(25),
        RANDOM_QUERY,
        fc.integer({ min: 0, max: 12 }),
        async (papers, query, k) => {
          const index = await bm25Engine.build(papers);
          const any = { term: 'any*', weight: 1, anyOf: ['graph', 'zebra', 'model', 'unknown'] };
          const terms = [...queryTerms(query, index), any];
          const expected = referenceTop(papers, terms, k, DEFAULT_PARAMETERS);
          const { hits } = index.top(terms, k, false);
          // Scores that the textbook has equal may differ in their last digits, here and there: then either order is right.
          expect(hits.map(({ score }) => score.toFixed(9))).toEqual(
            expected.map(({ score }) => score.toFixed(9)),
          );
          const rounded = (list: typeof hits) =>
            [...list].sort(
              (a, b) => Number(b.score.toFixed(9)) - Number(a.score.toFixed(9)) || a.doc - b.doc,
            );
          const all = referenceTop(papers, terms, papers.length, DEFAULT_PARAMETERS);
          const scoreOf = new Map(all.map(({ doc, score }) => [doc, score]));
          for (const { doc, score } of rounded(hits)) expect(score).toBeCloseTo(scoreOf.get(doc)!, 9);
          const { maxScore } = index.score(terms);
          expect(index.top(terms, k, true)).toEqual({ hits, maxScore, total: all.length });
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are the same as when all papers are scored, for any number of papers', async () => {
    // Words of very different frequency, and enough papers for several blocks.
    const words = ['common', 'often', 'sometimes', 'rare', 'unique'];
    const papers = Array.from({ length: 3 * BLOCK_SIZE + 7 }, (_, i) =>
      paperOf({
        id: String(i).padStart(6, '0'),
        title: i % 11 === 0 ? 'often seen' : 'seen',
        abstract: words
          .filter((__, n) => (i * 7919) % 7 ** n === 0)
          .join(' ')
          .repeat(1 + (i % 3)),
      }),
    );
    const index = await bm25Engine.build(papers);
    for (const query of [
      'common',
      'common rare',
      'often sometimes rare',
      words.join(' '),
      'seen often unique',
    ]) {
      const terms = queryTerms(query, index);
      for (const k of [1, 10, 300]) {
        const counted = index.top(terms, k, true);
        expect(index.top(terms, k, false).hits).toEqual(counted.hits);
        const { scores: shared, maxScore } = index.score(terms);
        const scores = shared.slice();
        const order = [...scores.keys()]
          .filter((doc) => scores[doc]! > 0)
          .sort((a, b) => scores[b]! - scores[a]! || a - b);
        expect(counted).toEqual({
          hits: order.slice(0, k).map((doc) => ({ doc, score: scores[doc] })),
          maxScore,
          total: order.length,
        });
      }
    }
  });
});

describe('parameters', () => {
  const weight = fc.constantFrom(0, 0.5, 1, 4);
  const PARAMETERS = fc.record({
    k1: fc.constantFrom(0.4, 1.2, 3),
    b: fc.constantFrom(0, 0.75, 1),
    fieldWeights: fc.record({
      title: weight,
      abstract: weight,
      keywords: weight,
      authors: weight,
      venue: weight,
    }),
  });

  test('can change without a new index', async () => {
    await fc.assert(
      fc.asyncProperty(randomPapers(15), RANDOM_QUERY, PARAMETERS, async (papers, query, parameters) => {
        const built = (await bm25Engine.build(papers)) as Bm25Index;
        const index = new Bm25Index(built.segment, parameters);
        const terms = queryTerms(query, index);
        const expected = referenceTop(papers, terms, papers.length, parameters);
        const { hits, total } = index.top(terms, papers.length, true);
        expect(total).toBe(expected.length);
        const byDoc = (list: typeof hits) => [...list].sort((a, b) => a.doc - b.doc);
        for (const [i, { doc, score }] of byDoc(hits).entries()) {
          expect(doc).toBe(byDoc(expected)[i]!.doc);
          expect(score).toBeCloseTo(byDoc(expected)[i]!.score, 9);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('finds an author of a paper without any text that counts, with b = 1', async () => {
  const papers = [paperOf({ title: 'The', authors: ['Ada Lovelace'] }), paperOf({ title: 'Graphs' })];
  const { segment } = (await bm25Engine.build(papers)) as Bm25Index;
  const index = new Bm25Index(segment, { ...DEFAULT_PARAMETERS, b: 1 });
  const terms = queryTerms('lovelace', index);
  const { hits } = index.top(terms, 2, true);
  expect(hits.map(({ doc }) => doc)).toEqual([0]);
  // Names are not normalised: x / (k1 + x) for one occurrence of weight 1.
  expect(hits[0]!.score).toBeCloseTo((Math.log(1 + 1.5 / 1.5) * 2.2 * 1) / (1.2 + 1), 9);
  expect(index.score(terms).scores[1]).toBe(0);
});

test('ranks a paper above a review of it that has no abstract, which its short length put first', async () => {
  const other = 'Other texts with many words and nothing in common have the usual length. '.repeat(6);
  const papers = [
    paperOf({ title: 'Book review: Graph compression', abstract: '' }),
    paperOf({ title: 'Graph compression', abstract: `Compression of a graph. ${other}` }),
    ...Array.from({ length: 8 }, (_, i) => paperOf({ title: `Paper ${i}`, abstract: other })),
  ];
  const index = await bm25Engine.build(papers);
  const { hits } = index.top(queryTerms('compression of graphs', index), 10, true);
  expect(hits.map(({ doc }) => papers[doc]!.title)).toEqual([
    'Graph compression',
    'Book review: Graph compression',
  ]);
});

describe('a changed corpus', () => {
  test('gives the same bytes as building again', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomPapers(20),
        randomPapers(20),
        fc.func(fc.boolean()),
        async (before, after, keeps) => {
          const earlier = await bm25Engine.build(before);
          // Some papers stay as they are, some go, some come, some change under the same id.
          const kept = before.filter(({ id }) => keeps(id));
          const now = [...kept, ...after.filter(({ id }) => !kept.some((paper) => paper.id === id))].sort(
            (a, b) => (a.id < b.id ? -1 : 1),
          );
          const positions = Int32Array.from(now, (paper) => before.indexOf(paper));
          const merged = await bm25Engine.build(now, { reuse: { index: earlier, positions } });
          const anew = await bm25Engine.build(now);
          expect(Buffer.concat(merged.serialize()).equals(Buffer.concat(anew.serialize()))).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('merges parts of a corpus that is too large to invert at once', async () => {
    const papers = Array.from({ length: 33_000 }, (_, i) =>
      paperOf({
        id: String(i).padStart(6, '0'),
        title: `Paper ${i % 100} self-made`,
        abstract: `word${i % 1000} other`,
      }),
    );
    const index = await bm25Engine.build(papers);
    const { hits, total } = index.top(queryTerms('word999', index), 40, true);
    expect(total).toBe(33);
    expect(hits.map(({ doc }) => doc)).toEqual(Array.from({ length: 33 }, (_, i) => 999 + 1000 * i));
    expect(index.compoundOf('selfmad')).toEqual(['self', 'made']);
  });
});
