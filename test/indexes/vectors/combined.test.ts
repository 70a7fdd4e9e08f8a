import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { RowIndex } from '../../../src/indexes/vectors/row-index.ts';
import type { CombinedOptions, VectorIndex } from '../../../src/indexes/vectors/vector-index.ts';
import { blurredEstimates } from '../../support/estimates.ts';
import { clusteredVectors, normalize } from '../../support/vectors.ts';

const rowsOf = (vectors: Float32Array, dimension: number) =>
  Array.from({ length: vectors.length / dimension }, (_, doc) =>
    vectors.subarray(doc * dimension, (doc + 1) * dimension),
  );

/** @param isCoarse whether coarse codes exclude documents first. */
function codeIndex(rows: readonly Float32Array[], dimension: number, isCoarse = false): CodeIndex {
  const memory = new CodeMemory(rows.length, dimension);
  for (const [doc, row] of rows.entries()) memory.encode(doc, row);
  const index = new CodeIndex(memory, 1);
  if (isCoarse) for (const _ of index.prepare());
  return index;
}

/**
 * The answer by the definition: every sum, sorted, and the maximum by the cosines that `score` gives, which the relevance
 * of papers follows from. @param found whether a document may be found.
 */
function plain(
  index: VectorIndex,
  rows: readonly Float32Array[],
  query: Float32Array,
  { keyword, keywordFactor, cosineFactor, k, peak }: Omit<CombinedOptions, 'vectorAt'>,
  found: (doc: number) => boolean,
) {
  const docs = [...rows.keys()].filter(found);
  const points = keyword.scoresOf(Uint32Array.from(rows.keys()));
  const cosine = (doc: number) => innerProduct(query, rows[doc]!);
  const sum = (doc: number) => keywordFactor * points[doc]! + cosineFactor * cosine(doc);
  const { scores } = index.score(query);
  const peaks = docs.map(
    (doc) => peak && peak.keywordFactor * points[doc]! + peak.cosineFactor * scores[doc]!,
  );
  return {
    hits: docs
      .map((doc) => ({ doc, score: sum(doc) }))
      .sort((a, b) => b.score - a.score || a.doc - b.doc)
      .slice(0, k),
    peak: peaks.reduce<number>((most, one) => Math.max(most, one ?? most), Number.NEGATIVE_INFINITY),
  };
}

const factor = fc.constantFrom(0, 0.25, 0.5, 1);
const component = fc.constantFrom(-1, -0.5, 0, 0.25, 1);

/** Vectors with ties, some of them zero, and a question about them. */
const cases = fc
  .record({ dimension: fc.constantFrom(1, 2, 3, 5), size: fc.nat(30) })
  .chain(({ dimension, size }) => {
    const vector = fc.array(component, { minLength: dimension, maxLength: dimension });
    return fc.record({
      dimension: fc.constant(dimension),
      rows: fc.array(vector, { minLength: size, maxLength: size }),
      query: vector,
      scores: fc.array(fc.constantFrom(0, 0, 0.5, 0.51, 2), { minLength: size, maxLength: size }),
      error: fc.constantFrom(0, 0.01, 0.3),
      keywordFactor: factor,
      cosineFactor: factor,
      k: fc.nat(35),
      allowed: fc.option(fc.uint8Array({ max: 1, minLength: size, maxLength: size }), { nil: undefined }),
      peak: fc.option(fc.record({ keywordFactor: factor, cosineFactor: factor }), { nil: undefined }),
    });
  })
  .map(({ scores, error, ...one }) => ({
    ...one,
    rows: one.rows.map((row) => normalize(Float32Array.from(row))),
    query: normalize(Float32Array.from(one.query)),
    keyword: blurredEstimates(scores, error),
  }));

const isZero = (row: Float32Array) => row.every((value) => value === 0);

describe('nearestCombined', () => {
  test.each([
    ['8-bit codes', false],
    ['coarse codes', true],
  ])('of %s is exact, with filters, ties and missing vectors', (_name, isCoarse) => {
    fc.assert(
      fc.property(cases, ({ rows, dimension, query, ...options }) => {
        const index = codeIndex(rows, dimension, isCoarse);
        const answer = index.nearestCombined(query, { ...options, vectorAt: (doc) => rows[doc]! });
        const found = (doc: number) => options.allowed?.[doc] !== 0 && !isZero(rows[doc]!);
        expect(answer).toEqual(plain(index, rows, query, options, found));
      }),
      { numRuns: 300 },
    );
  });

  test('is the same after scores of the query, of all documents, of some, or of another query', () => {
    const scored = fc.record({
      isOther: fc.boolean(),
      filter: fc.constantFrom('none', 'same', 'wider', 'all'),
    });
    fc.assert(
      fc.property(cases, fc.boolean(), scored, (one, isCoarse, { isOther, filter }) => {
        const { rows, dimension, query, ...options } = one;
        const { allowed } = options;
        const index = codeIndex(rows, dimension, isCoarse);
        const wider = allowed?.map((may, doc) => (doc % 2 === 0 ? 1 : may));
        const scoredMask = { none: allowed?.map(() => 0), same: allowed, wider, all: undefined }[filter];
        index.score(isOther ? query.map((value) => -value) : query, scoredMask);
        const answer = index.nearestCombined(query, { ...options, vectorAt: (doc) => rows[doc]! });
        const found = (doc: number) => allowed?.[doc] !== 0 && !isZero(rows[doc]!);
        expect(answer).toEqual(plain(index, rows, query, options, found));
      }),
      { numRuns: 1000 },
    );
  });

  test('reads no codes after scores of the query', () => {
    const rows = rowsOf(clusteredVectors(400, 384, { centres: 5, spread: 0.3, seed: 7 }), 384);
    const memory = new CodeMemory(400, 384);
    for (const [doc, row] of rows.entries()) memory.encode(doc, row);
    const index = new CodeIndex(memory, 1);
    for (const _ of index.prepare());
    const read = vi.spyOn(memory, 'score');
    const scores = rows.map((_row, doc) => doc % 7);
    const options = {
      ...{ keyword: blurredEstimates(scores, 0.01), keywordFactor: 0.1, cosineFactor: 0.4, k: 10 },
      ...{ peak: { keywordFactor: 0.05, cosineFactor: 1 }, vectorAt: (doc: number) => rows[doc]! },
    };
    const query = Float32Array.from(rows[3]!);
    const answers = [undefined, Uint8Array.from(rows, (_, doc) => doc % 3)].map((allowed) => {
      index.score(query);
      read.mockClear();
      const answer = index.nearestCombined(query, { ...options, allowed });
      const nearest = index.nearest(query, 10, { allowed, vectorAt: options.vectorAt });
      expect(read).not.toHaveBeenCalled();
      return { allowed, answer, nearest };
    });
    for (const { allowed, answer, nearest } of answers) {
      index.score(Float32Array.from(rows[4]!));
      expect(index.nearestCombined(query, { ...options, allowed })).toEqual(answer);
      expect(index.nearest(query, 10, { allowed, vectorAt: options.vectorAt })).toEqual(nearest);
    }
  });

  test.each([0, 1])('gives the peak exactly from its floor on, with scores known before: %i', (isScored) => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(-1, 0, 0.25, 0.5, 1),
        ({ rows, dimension, query, ...options }, floor) => {
          const index = codeIndex(rows, dimension, true);
          if (isScored) index.score(query);
          const peak = { keywordFactor: 0.25, cosineFactor: 1, floor };
          const asked = { ...options, peak };
          const answer = index.nearestCombined(query, { ...asked, vectorAt: (doc) => rows[doc]! });
          const found = (doc: number) => options.allowed?.[doc] !== 0 && !isZero(rows[doc]!);
          const expected = plain(index, rows, query, asked, found);
          expect(answer.hits).toEqual(expected.hits);
          expect(Math.max(floor, answer.peak)).toBe(Math.max(floor, expected.peak));
        },
      ),
    );
  });

  test('of rows is exact, with filters and ties', () => {
    fc.assert(
      fc.property(cases, ({ rows, query, ...options }) => {
        const index = new RowIndex(rows);
        const { hits, peak } = index.nearestCombined(query, options);
        const expected = plain(index, rows, query, options, (doc) => options.allowed?.[doc] !== 0);
        expect(hits).toEqual(expected.hits);
        if (Number.isFinite(peak)) expect(peak).toBeCloseTo(expected.peak, 6);
        else expect(peak).toBe(expected.peak);
      }),
    );
  });

  test.each([
    ['clustered', { centres: 5, spread: 0.3 }],
    ['nearly equal', { centres: 1, spread: 0.002 }],
    ['equal', { centres: 2, spread: 0 }],
    ['scattered', { centres: 400, spread: 1 }],
  ])('is exact for %s vectors of 384 components', (_, shape) => {
    const all = rowsOf(clusteredVectors(420, 384, { ...shape, seed: 7 }), 384);
    const rows = all.slice(0, 400).map((row, doc) => (doc % 50 === 49 ? new Float32Array(384) : row));
    const indexes = [false, true].map((isCoarse) => codeIndex(rows, 384, isCoarse));
    const scores = rows.map((_row, doc) => (doc % 3 === 0 ? (doc * 17) % 23 : 0));
    const keyword = blurredEstimates(scores, 0.01);
    const options = {
      ...{ keyword, keywordFactor: 0.6 / 23, cosineFactor: 0.4, k: 10 },
      peak: { keywordFactor: 0.25 / 23, cosineFactor: 1.2 },
    };
    for (const query of all.slice(400)) {
      for (const index of indexes) {
        const answer = index.nearestCombined(query, { ...options, vectorAt: (doc) => rows[doc]! });
        const expected = plain(index, rows, query, options, (doc) => doc % 50 !== 49);
        expect(answer).toEqual(expected);
        for (const floor of [expected.peak - 0.01, expected.peak, expected.peak + 0.01]) {
          const asked = {
            ...options,
            peak: { ...options.peak, floor },
            vectorAt: (doc: number) => rows[doc]!,
          };
          const { hits, peak } = index.nearestCombined(query, asked);
          expect(hits).toEqual(expected.hits);
          expect(Math.max(floor, peak)).toBe(Math.max(floor, expected.peak));
        }
      }
    }
  });
});

test('a document whose vector is zero is missing, and not among the nearest', () => {
  const rows = [Float32Array.of(0, 1), Float32Array.of(0, 0), Float32Array.of(-1, 0)];
  const index = codeIndex(rows, 2);
  expect(index.missing).toEqual(Uint8Array.of(0, 1, 0));
  const nearest = index.nearest(Float32Array.of(1, 0), 3, { vectorAt: (doc) => rows[doc]! });
  expect(nearest.map(({ doc }) => doc)).toEqual([0, 2]);
  expect(index.score(Float32Array.of(1, 0)).scores[1]).toBe(0);
});

test('nothing is missing where all have a vector', () => {
  const rows = rowsOf(clusteredVectors(10, 16), 16);
  const all: VectorIndex[] = [codeIndex(rows, 16), new RowIndex(rows)];
  expect(all.map(({ missing }) => missing)).toEqual([undefined, undefined]);
});
