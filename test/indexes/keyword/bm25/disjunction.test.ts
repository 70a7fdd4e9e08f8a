import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Disjunction } from '../../../../src/indexes/keyword/bm25/disjunction.ts';
import { packFrequencies } from '../../../../src/indexes/keyword/bm25/frequencies.ts';
import { BLOCK_SIZE, ImpactMemory } from '../../../../src/indexes/keyword/bm25/impact-memory.ts';
import { frequencyTables } from '../../../../src/indexes/keyword/bm25/scoring.ts';
import {
  type ScoringData,
  type ScoringTerm,
  scoreAll,
} from '../../../../src/indexes/keyword/bm25/scoring-term.ts';
import { MAX_ESTIMATED } from '../../../../src/indexes/scores.ts';
import { topDocuments } from '../../../../src/indexes/top-documents.ts';
import { mulberry32 } from '../../../../src/util/random.ts';

/** Documents of two whole blocks and a part of a third. */
const DOCUMENTS = 2 * BLOCK_SIZE + 13;
const WEIGHTS = [1e-6, 0.5, 1, 1.0000001, 17, 1e24];

interface TermShape {
  /** The share of the documents that have it. */
  readonly share: number;
  readonly weight: number;
  /** Whether it is only in a field of weight 0. */
  readonly isIgnored: boolean;
  readonly seed: number;
}

const TERM: fc.Arbitrary<TermShape> = fc.record({
  share: fc.constantFrom(0.0005, 0.02, 0.3, 0.9, 1),
  weight: fc.constantFrom(...WEIGHTS),
  isIgnored: fc.boolean(),
  seed: fc.integer(),
});

/** Norms of a few values, so that many documents have equal scores. */
function dataOf(seed: number, norms: readonly number[]): ScoringData {
  const random = mulberry32(seed);
  return {
    tables: frequencyTables({
      k1: 1.2,
      b: 0.75,
      fieldWeights: { title: 2, abstract: 1, keywords: 0, authors: 1, venue: 0.5 },
    }),
    norms: Float64Array.from({ length: DOCUMENTS }, () => norms[Math.floor(random() * norms.length)]!),
  };
}

function termOf({ share, weight, isIgnored, seed }: TermShape): ScoringTerm {
  const random = mulberry32(seed);
  const docs: number[] = [];
  for (let doc = 0; doc < DOCUMENTS; doc++) if (random() < share) docs.push(doc);
  // Title, abstract, keywords, authors, venue; the keywords have weight 0.
  const counts = () =>
    isIgnored
      ? [0, 0, 1, 0, 0]
      : [Math.floor(random() * 2), Math.floor(random() * 3), 1, 0, Math.floor(random() * 2)];
  const key = {};
  const frequencies = Uint16Array.from(docs, () => packFrequencies(counts()));
  return { key, weight, docs: Uint32Array.from(docs), frequencies, start: 0, end: docs.length };
}

/** The top k and the number of matches by scores of all documents. */
function plainTop(data: ScoringData, terms: readonly ScoringTerm[], k: number) {
  const scores = new Float64Array(DOCUMENTS);
  scoreAll(data, terms, scores);
  for (let doc = 0; doc < DOCUMENTS; doc++) if (scores[doc] === 0) scores[doc] = Number.NEGATIVE_INFINITY;
  const matched = scores.filter((score) => score > 0).length;
  return { hits: topDocuments(scores, Math.min(k, matched)), matched };
}

describe('the top of a disjunction', () => {
  test('is that of the exact scores of all documents, ties and totals included', () => {
    fc.assert(
      fc.property(
        fc.array(TERM, { maxLength: 12 }),
        fc.constantFrom(0, 1, 3, 10, 200, DOCUMENTS + 1),
        fc.constantFrom([1], [0.4, 1.2], [1e-300, 0.3, 5, 1e9]),
        fc.integer(),
        (specs, k, norms, seed) => {
          const data = dataOf(seed, norms);
          const terms = specs.map(termOf);
          const postings = terms.reduce((sum, { end }) => sum + end, 0);
          const disjunction = new Disjunction(data, postings);
          const expected = plainTop(data, terms, k);
          expect(disjunction.top(terms, k)).toEqual(expected);
          // From the impacts that are there now, and in another order.
          const reversed = terms.toReversed();
          expect(disjunction.top(reversed, k)).toEqual(plainTop(data, reversed, k));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('estimates of a disjunction', () => {
  test('differ from the exact scores by no more than their error, and name the best', () => {
    fc.assert(
      fc.property(
        fc.array(TERM, { maxLength: 12 }),
        fc.constantFrom([1], [0.4, 1.2], [1e-300, 0.3, 5, 1e9]),
        fc.constantFrom(1, 1.5),
        fc.integer(),
        (specs, norms, factor, seed) => {
          const data = dataOf(seed, norms);
          const terms = specs.map(termOf);
          const postings = terms.reduce((sum, { end }) => sum + end, 0);
          const maxScore = factor * terms.reduce((sum, { weight }) => sum + weight, 0);
          const disjunction = new Disjunction(data, postings);
          // Whatever was there before.
          const shares = new Float32Array(DOCUMENTS).fill(seed);
          const { error, best } = disjunction.estimate(terms, maxScore, shares);
          const scores = new Float64Array(DOCUMENTS);
          scoreAll(data, terms, scores);
          const off = scores.map((score, doc) =>
            Math.abs((maxScore > 0 ? score / maxScore : 0) - shares[doc]!),
          );
          expect(Math.max(...off)).toBeLessThanOrEqual(error);
          expect(scores.every((score, doc) => score > 0 === shares[doc]! > 0)).toBe(true);
          const ranked = topDocuments(Float64Array.from(shares), MAX_ESTIMATED);
          expect(best).toEqual(ranked.filter(({ score }) => score > 0));
          // Nothing is left for the next question.
          expect(disjunction.top(terms, 3)).toEqual(plainTop(data, terms, 3));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a memory that is full', () => {
  const data = dataOf(1, [1, 2]);
  const term = (seed: number) => termOf({ share: 0.5, weight: 1, isIgnored: false, seed });

  test('is emptied for the next query', () => {
    // The memory has a fixed part, and room for about five of these terms.
    const memory = new ImpactMemory(data, 1e6, 180_000);
    for (let seed = 0; seed < 20; seed++) {
      const one = term(seed);
      expect(memory.load([one], Float64Array.of(1))).toBeLessThan(0.01);
      for (const posting of [0, 1, one.end >> 1, one.end - 1]) {
        const doc = one.docs[posting]!;
        expect(memory.find(0, one, doc)).toBe(posting);
      }
    }
  });

  test('refuses a query that does not fit', () => {
    const memory = new ImpactMemory(data, 1e6, 180_000);
    const many = Array.from({ length: 20 }, (_, seed) => term(seed));
    expect(memory.load(many, new Float64Array(20))).toBeUndefined();
  });
});
