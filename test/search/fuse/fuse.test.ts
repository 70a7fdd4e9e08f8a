import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../../src/indexes/keyword/bm25/engine.ts';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import type { Indexes } from '../../../src/search/corpus.ts';
import { fuse } from '../../../src/search/fuse/fuse.ts';
import { DEFAULT_FUSION_WEIGHTS, FUSION_NAMES, FUSIONS } from '../../../src/search/fuse/methods.ts';
import { type RankingQuery, rank } from '../../../src/search/rank.ts';
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

function indexesOver(approximateFrom: number) {
  const memory = new CodeMemory(PAPERS, DIMENSION, approximateFrom);
  for (let doc = 0; doc < PAPERS; doc++) memory.encode(doc, vectorAt(doc));
  return {
    lexical,
    dense: new CodeIndex(memory),
    vectorAt,
    cosineScale: AS_IS,
    relatedKeywordShare: 0.5,
    feedback: 0,
    fused: new Float64Array(PAPERS),
  };
}

describe.each(FUSION_NAMES)('%s, in an index where binary codes choose the papers to compare', (name) => {
  const fusion = FUSIONS[name](DEFAULT_FUSION_WEIGHTS);
  const all = indexesOver(PAPERS + 1);
  const chosen = indexesOver(1000);
  const fused = (query: Pick<RankingQuery, 'terms' | 'vector'>, k: number, indexes: Indexes) =>
    fuse(
      rank({ mode: 'hybrid', match: undefined, requiresText: false, ...query }, k, indexes),
      k,
      fusion,
      indexes.fused,
    );
  const queries = Array.from({ length: 20 }, (_, n) => ({
    terms: [words[n % 7]!, words[(n * 3 + 1) % 7]!].map((term) => ({ term, weight: 1 })),
    vector: vectorAt(PAPERS + n),
  }));

  test('finds nearly all of the papers that comparing all finds', () => {
    let found = 0;
    for (const query of queries) {
      const best = new Set(fused(query, 10, all).hits.map(({ doc }) => doc));
      const { hits } = fused(query, 10, chosen);
      found += hits.filter(({ doc }) => best.has(doc)).length;
    }
    expect(found / (10 * queries.length)).toBeGreaterThan(0.9);
  });

  test('counts the papers that it ranks, and returns all of them', () => {
    const query = queries[0]!;
    const { total } = fused(query, 10, chosen);
    expect(total).toBeGreaterThanOrEqual(1000);
    expect(total).toBeLessThan(PAPERS);
    const { hits } = fused(query, total, chosen);
    expect(new Set(hits.map(({ doc }) => doc)).size).toBe(hits.length);
    expect(hits.length).toBe(total);
  });
});

test('ranks papers with equal sums of reciprocal ranks by their scores, on every page', () => {
  // By keyword 3, 1, 0, 2 and by cosine 0, 2, 3, 1: papers 0 and 3 tie, and so do 1 and 2.
  const keyword = { scores: Float64Array.of(2, 3, 1, 4), maxScore: 4 };
  const scores = Float32Array.of(0.9, 0.1, 0.8, 0.7);
  const semantic = { scores, boundOf: () => 0, largestBound: 0, cosineOf: (doc: number) => scores[doc]! };
  const ranked = { kind: 'scores', scores: { keyword, semantic, cosineScale: AS_IS, total: 4 } } as const;
  const fusion = FUSIONS['reciprocal-rank']();
  const first = (k: number) => fuse(ranked, k, fusion, new Float64Array(4)).hits.map(({ doc }) => doc);
  expect(first(4)).toEqual([3, 0, 2, 1]);
  expect([1, 2, 3].map(first)).toEqual([[3], [3, 0], [3, 0, 2]]);
});
