import { expect, test } from 'vitest';
import { estimatesOf } from '../../../src/indexes/keyword/all-scores.ts';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { RowIndex } from '../../../src/indexes/vectors/row-index.ts';
import { hybridConfidence } from '../../../src/search/confidence.ts';
import type { Indexes } from '../../../src/search/corpus.ts';
import { fuse } from '../../../src/search/fuse/fuse.ts';
import type { Fusion } from '../../../src/search/fuse/fusion.ts';
import { DEFAULT_FUSION_WEIGHTS, FUSION_NAMES, FUSIONS } from '../../../src/search/fuse/methods.ts';
import { Match } from '../../../src/search/match/match.ts';
import { type RankingQuery, rank } from '../../../src/search/rank.ts';
import { ScoreKeeper } from '../../../src/search/scored-terms.ts';
import { paperOf } from '../../support/papers.ts';
import { clusteredVectors } from '../../support/vectors.ts';

const PAPERS = 3000;
const DIMENSION = 64;
const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta'];
const papers = Array.from({ length: PAPERS }, (_, i) =>
  paperOf({
    title: String(i).padStart(4, '0'),
    abstract: words.filter((_word, n) => (i >> n) & 1).join(' '),
  }),
);
const lexical = await bm25Engine.build(papers);
const vectors = clusteredVectors(PAPERS + 20, DIMENSION, { centres: 30, spread: 0.6 });
const vectorAt = (doc: number) => vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);

const AS_IS = { factor: 1, offset: 0 };

function indexesOver() {
  const memory = new CodeMemory(PAPERS, DIMENSION);
  for (let doc = 0; doc < PAPERS; doc++) memory.encode(doc, vectorAt(doc));
  return {
    lexical,
    dense: new CodeIndex(memory),
    vectorAt,
    cosineScale: AS_IS,
    relatedKeywordShare: 0.5,
    feedback: 0,
  };
}

const indexes = indexesOver();
const fused = (query: Partial<RankingQuery>, k: number, fusion: Fusion, over: Indexes = indexes) =>
  fuse(
    rank(
      { mode: 'hybrid', terms: [], vector: undefined, match: undefined, requiresText: false, ...query },
      k,
      over,
    ),
    k,
    fusion,
  );
const queries = Array.from({ length: 20 }, (_, n) => ({
  terms: [words[n % 7]!, words[(n * 3 + 1) % 7]!].map((term) => ({ term, weight: 1 })),
  vector: vectorAt(PAPERS + n),
  match:
    n % 2 === 0 ? undefined : new Match(Uint8Array.from(papers, (_paper, doc) => (doc * n + 1) % 3 && 1)),
}));

test.each([0.35, 0.6, 0])('sums of scores, keyword share %d, are those of comparing every paper', (share) => {
  for (const query of queries) {
    const { hits, total, confidence } = fused(query, 30, FUSIONS['weighted-sum']({ lexicalShare: share }));
    const { scores, maxScore } = lexical.score(query.terms);
    // A paper is relevant by its approximate cosine.
    const { scores: cosines } = indexes.dense.score(query.vector);
    const all = Array.from(papers.keys())
      .filter((doc) => query.match?.mask[doc] !== 0)
      .map((doc) => {
        const cosine = innerProduct(query.vector, vectorAt(doc));
        const coverage = scores[doc]! / maxScore;
        return {
          doc,
          score: share * coverage + (1 - share) * cosine,
          confidence: hybridConfidence(coverage, cosines[doc]!),
        };
      })
      .sort((a, b) => b.score - a.score || a.doc - b.doc);
    expect(total).toBe(all.length);
    expect(hits.map(({ doc }) => doc)).toEqual(all.slice(0, 30).map(({ doc }) => doc));
    for (const [i, { score }] of hits.entries()) expect(score).toBeCloseTo(all[i]!.score, 12);
    expect(confidence).toBeCloseTo(Math.max(0, ...all.map((each) => each.confidence)), 12);
  }
});

test.each(FUSION_NAMES)('%s ranks every paper, and is as confident as any other', (name) => {
  const fusion = FUSIONS[name](DEFAULT_FUSION_WEIGHTS);
  for (const query of queries) {
    const { hits, total, confidence } = fused(query, PAPERS, fusion);
    expect(total).toBe(query.match?.count ?? PAPERS);
    expect(new Set(hits.map(({ doc }) => doc)).size).toBe(total);
    expect(confidence).toBe(fused(query, 1, FUSIONS['weighted-sum'](DEFAULT_FUSION_WEIGHTS)).confidence);
    expect(fused(query, 0, fusion)).toEqual({ hits: [], total, confidence });
  }
});

test('finds nothing among no papers', () => {
  const match = new Match(new Uint8Array(PAPERS));
  for (const name of FUSION_NAMES) {
    const found = fused({ ...queries[0], match }, 10, FUSIONS[name](DEFAULT_FUSION_WEIGHTS));
    expect(found).toEqual({ hits: [], total: 0, confidence: 0 });
  }
});

test('uses kept keyword scores for their own terms only', () => {
  const [{ terms, vector }, other] = queries as [(typeof queries)[0], (typeof queries)[0]];
  const fusion = FUSIONS['weighted-sum'](DEFAULT_FUSION_WEIGHTS);
  const keeper = new ScoreKeeper(PAPERS);
  const scored = keeper.keep(terms, lexical)!;
  lexical.estimate(other.terms);
  expect(fused({ terms, vector, scored }, 10, fusion)).toEqual(fused({ terms, vector }, 10, fusion));
  const changed = { terms: other.terms, vector };
  expect(fused({ ...changed, scored }, 10, fusion)).toEqual(fused(changed, 10, fusion));
});

test('ranks papers with equal sums of reciprocal ranks by their scores, on every page', () => {
  // By keyword 3, 1, 0, 2 and by cosine 0, 2, 3, 1: papers 0 and 3 tie, and so do 1 and 2.
  const scores = { scores: Float64Array.of(2, 3, 1, 4), maxScore: 4 };
  const cosines = [0.9, 0.1, 0.8, 0.7].map((cosine) => Float32Array.of(cosine));
  const both = {
    keyword: estimatesOf(scores),
    allScores: () => scores,
    vector: Float32Array.of(1),
    match: undefined,
    dense: new RowIndex(cosines),
    vectorAt: (doc: number) => cosines[doc]!,
    cosineScale: AS_IS,
  };
  const fusion = FUSIONS['reciprocal-rank']();
  const first = (k: number) => fuse({ kind: 'both', both }, k, fusion).hits.map(({ doc }) => doc);
  expect(first(4)).toEqual([3, 0, 2, 1]);
  expect([1, 2, 3].map(first)).toEqual([[3], [3, 0], [3, 0, 2]]);
});
