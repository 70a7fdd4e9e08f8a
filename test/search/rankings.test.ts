import { describe, expect, test } from 'vitest';
import { bm25Engine } from '../../src/indexes/keyword/bm25/engine.ts';
import { CodeIndex } from '../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../src/indexes/vectors/code-memory.ts';
import { DEFAULT_FUSION_WEIGHTS, FUSION_NAMES, FUSIONS } from '../../src/search/fuse/methods.ts';
import { HybridRanker } from '../../src/search/rankings.ts';
import { paperOf } from '../support/papers.ts';
import { clusteredVectors } from '../support/vectors.ts';

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

function rankerOver(approximateFrom: number) {
  const memory = new CodeMemory(PAPERS, DIMENSION, approximateFrom);
  for (let doc = 0; doc < PAPERS; doc++) memory.encode(doc, vectorAt(doc));
  return new HybridRanker({ lexical, dense: new CodeIndex(memory), vectorAt });
}

describe.each(FUSION_NAMES)('in an index where the signs choose, %s', (name) => {
  const fusion = FUSIONS[name](DEFAULT_FUSION_WEIGHTS);
  const all = rankerOver(PAPERS + 1);
  const chosen = rankerOver(1000);
  const questions = Array.from({ length: 20 }, (_, n) => ({
    terms: [words[n % 7]!, words[(n * 3 + 1) % 7]!].map((term) => ({ term, weight: 1 })),
    vector: vectorAt(PAPERS + n),
  }));

  test('finds nearly all of the best that comparing all finds', () => {
    let found = 0;
    for (const { terms, vector } of questions) {
      const best = new Set(all.rank(terms, vector, 10, fusion).hits.map(({ doc }) => doc));
      const { hits } = chosen.rank(terms, vector, 10, fusion);
      found += hits.filter(({ doc }) => best.has(doc)).length;
    }
    expect(found / (10 * questions.length)).toBeGreaterThan(0.9);
  });

  test('counts what it ranks, and gives all of that', () => {
    const { terms, vector } = questions[0]!;
    const { total } = chosen.rank(terms, vector, 10, fusion);
    expect(total).toBeGreaterThanOrEqual(1000);
    expect(total).toBeLessThan(PAPERS);
    const { hits } = chosen.rank(terms, vector, total, fusion);
    expect(new Set(hits.map(({ doc }) => doc)).size).toBe(hits.length);
    expect(hits.length).toBe(total);
  });
});
