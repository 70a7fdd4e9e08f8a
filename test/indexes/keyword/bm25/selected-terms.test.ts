import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BigramFinder } from '../../../../src/indexes/keyword/bm25/bigrams.ts';
import { Bm25Index } from '../../../../src/indexes/keyword/bm25/bm25-index.ts';
import { bm25Engine } from '../../../../src/indexes/keyword/bm25/engine.ts';
import { DEFAULT_PARAMETERS, meanLength } from '../../../../src/indexes/keyword/bm25/scoring.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import {
  indexedTerms,
  type PaperSegment,
  paperSegment,
  selectedTerms,
} from '../../../../src/indexes/keyword/bm25/selected-terms.ts';
import type { CollectionStatistics } from '../../../../src/indexes/keyword/bm25/statistics.ts';
import { queryTerms } from '../../../../src/indexes/keyword/query-terms.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { RANDOM_QUERY, randomPapers } from '../../../support/random-papers.ts';

function segmentOf(paper: Paper): PaperSegment {
  const builder = new SegmentBuilder();
  builder.add(paper);
  return paperSegment(builder.finish());
}

/** Counted paper by paper. */
function statisticsOf(papers: readonly PaperSegment[], whole: Bm25Index): CollectionStatistics {
  const count = (test: (paper: PaperSegment) => boolean) => papers.filter(test).length;
  const has = (term: string | undefined) => (paper: PaperSegment) =>
    term !== undefined && paper.terms.find(term) !== -1;
  return {
    documents: papers.length,
    meanLength: meanLength(whole.segment.fieldLengths, DEFAULT_PARAMETERS),
    withTerm: (term) => count(has(term)),
    withAny: (terms) => count((paper) => terms.some((term) => has(term)(paper))),
    withBigram: (first, { term: second, distance, joined }) => {
      const both = (paper: PaperSegment) => has(first)(paper) && has(second)(paper);
      const isBigram = (paper: PaperSegment) =>
        both(paper) &&
        new BigramFinder(paper.segment).postings(paper.terms.find(first), paper.terms.find(second), distance)
          .docs.length > 0;
      return {
        together: count((paper) => isBigram(paper) || has(joined)(paper)),
        either: count((paper) => both(paper) || has(joined)(paper)),
      };
    },
  };
}

const CASES = fc
  .tuple(randomPapers(12), RANDOM_QUERY, fc.infiniteStream(fc.boolean()))
  .map(([papers, text, choices]) => ({
    papers,
    text,
    chosen: papers.map((_, doc) => doc).filter(() => choices.next().value === true),
  }));

test('some papers have the scores, the order and the reasons that they have among all papers', async () => {
  await fc.assert(
    fc.asyncProperty(CASES, async ({ papers, text, chosen }) => {
      const whole = (await bm25Engine.build(papers)) as Bm25Index;
      const segments = papers.map(segmentOf);
      const terms = [
        ...queryTerms(text, whole),
        { term: 'mod*', weight: 1, anyOf: ['model', 'graph', 'unheard'] },
        { term: 'nothing*', weight: 1, anyOf: [] },
      ];
      const part = new Bm25Index(
        selectedTerms(
          chosen.map((doc) => segments[doc]!),
          indexedTerms(terms),
        ),
        DEFAULT_PARAMETERS,
        statisticsOf(segments, whole),
      );
      const all = whole.score(terms);
      const some = part.score(terms);
      expect(some.maxScore).toBe(all.maxScore);
      expect([...some.scores]).toEqual(chosen.map((doc) => all.scores[doc]));
      for (const [place, doc] of chosen.entries()) {
        expect(part.explain(terms, place)).toEqual(whole.explain(terms, doc));
      }
      const ranked = whole.top(terms, papers.length, true).hits.filter(({ doc }) => chosen.includes(doc));
      expect(
        part.top(terms, chosen.length, true).hits.map(({ doc, score }) => ({ doc: chosen[doc], score })),
      ).toEqual(ranked);
      expect(part.top(terms, 1, false).maxScore).toBe(all.maxScore);
    }),
    { numRuns: 100 },
  );
});

test('no paper is chosen: scores nothing, and keeps the highest score possible', async () => {
  const papers = fc.sample(randomPapers(12), { numRuns: 1, seed: 1 })[0]!;
  const whole = (await bm25Engine.build(papers)) as Bm25Index;
  const terms = queryTerms('self-improvement model', whole);
  const statistics = statisticsOf(papers.map(segmentOf), whole);
  const part = new Bm25Index(selectedTerms([], indexedTerms(terms)), DEFAULT_PARAMETERS, statistics);
  expect(part.top(terms, 10, true)).toEqual({ hits: [], total: 0, maxScore: whole.score(terms).maxScore });
});
