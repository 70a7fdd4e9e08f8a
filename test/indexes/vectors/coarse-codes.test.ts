import { expect, test } from 'vitest';
import { estimatesOf } from '../../../src/indexes/keyword/all-scores.ts';
import { CoarseCodes } from '../../../src/indexes/vectors/coarse-codes.ts';
import { deriveCoarse } from '../../../src/indexes/vectors/coarse-encoding.ts';
import { CoarseMemory } from '../../../src/indexes/vectors/coarse-memory.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { principalDirections } from '../../../src/indexes/vectors/directions.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { clusteredVectors } from '../../support/vectors.ts';

function coarseCodes(source: CodeMemory): CoarseCodes {
  const codes = new CoarseMemory(source.count, source.stride);
  for (const _ of deriveCoarse(codes, source));
  return new CoarseCodes(codes, source);
}

const DIMENSION = 100;
const vectors = clusteredVectors(1010, DIMENSION, { centres: 30, spread: 0.8 });
const rows = Array.from({ length: 1010 }, (_, doc) =>
  vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION),
);
const queries = rows.splice(1000);
const memory = new CodeMemory(1000, DIMENSION);
for (const [doc, row] of rows.entries()) memory.encode(doc, doc === 7 ? new Float32Array(DIMENSION) : row);
const coarse = coarseCodes(memory);
const COSINE = { keywordFactor: 0, cosineFactor: 1 };
const LARGEST_ERROR = Math.max(...memory.errors);

const boundsOf = (first: number, peak = Number.POSITIVE_INFINITY, error = LARGEST_ERROR) => ({
  least: { first, peak },
  error: { first: error, peak: error },
});
const EVERY = boundsOf(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);

test('collects every document that reaches a cosine, few others, and none without a vector', () => {
  for (const query of queries) {
    coarse.ask(query, COSINE);
    coarse.scan(EVERY);
    const least = boundsOf(0.5);
    const found = [...coarse.collect(least)];
    const near = [...rows.keys()].filter((doc) => doc !== 7 && innerProduct(query, rows[doc]!) >= 0.5);
    expect(found).toEqual(expect.arrayContaining(near));
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
    expect(found).not.toContain(7);
    expect(found.length).toBeLessThan(500);
    // With fewer blocks to look at, by their first part alone.
    coarse.ask(query, COSINE);
    coarse.scan(least);
    const first = [...coarse.collect(least)];
    expect(first).toEqual(expect.arrayContaining(near));
    expect(first).not.toContain(7);
  }
});

test.each([EVERY, boundsOf(0.8, 0.7)])(
  'collects what reaches either of two sums, of allowed documents',
  (before) => {
    const shares = Float32Array.from(rows, (_, doc) => doc % 4);
    const keyword = estimatesOf({ scores: Float64Array.from(shares), maxScore: 1 });
    const allowed = Uint8Array.from(rows, (_, doc) => (doc % 3 === 0 || (doc > 300 && doc < 340) ? 0 : 1));
    const first = { keywordFactor: 0.2, cosineFactor: 0.5 };
    const peak = { keywordFactor: 0.05, cosineFactor: 1 };
    for (const query of queries) {
      const likely = [...coarse.ask(query, { ...first, keyword, allowed, peak })];
      expect(likely.map((doc) => [shares[doc], allowed[doc]])).toEqual(likely.map(() => [3, 1]));
      expect(likely).not.toContain(7);
      coarse.scan(before);
      const found = [...coarse.collect(boundsOf(0.8, 0.7))];
      const wanted = [...rows.keys()].filter((doc) => {
        const cosine = innerProduct(query, rows[doc]!);
        const reaches = 0.2 * shares[doc]! + 0.5 * cosine >= 0.8 || 0.05 * shares[doc]! + cosine >= 0.7;
        return reaches && allowed[doc] === 1 && doc !== 7;
      });
      expect(found).toEqual(expect.arrayContaining(wanted));
      expect(found.filter((doc) => allowed[doc] === 0)).toEqual([]);
    }
  },
);

test('never excludes a vector that is unlike those from which the directions were found', () => {
  const dimension = 64;
  const like = clusteredVectors(4096, dimension, { centres: 3, spread: 0.1 });
  const unlike = new Float32Array(dimension);
  unlike[5] = 1;
  const mixed = new CodeMemory(4096, dimension);
  // The sample has every fourth document.
  const vectorOf = (doc: number) =>
    doc === 1001 ? unlike : like.subarray(doc * dimension, (doc + 1) * dimension);
  for (let doc = 0; doc < 4096; doc++) mixed.encode(doc, vectorOf(doc));
  const codes = coarseCodes(mixed);
  codes.ask(unlike, COSINE);
  const least = boundsOf(0.999, Number.POSITIVE_INFINITY, Math.max(...mixed.errors));
  codes.scan(least);
  expect([...codes.collect(least)]).toContain(1001);
});

test('principal directions are orthonormal, and zero beyond the dimensions of the sample', () => {
  const steps = principalDirections(rows.slice(0, 20), 20, DIMENSION, 32);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const norms = Array.from({ length: 32 }, (_, i) => {
    const row = step.value.subarray(i * DIMENSION, (i + 1) * DIMENSION);
    for (let other = 0; other < i; other++) {
      expect(innerProduct(row, step.value, other * DIMENSION)).toBeCloseTo(0, 5);
    }
    return innerProduct(row, row);
  });
  for (const [i, norm] of norms.entries()) expect(norm).toBeCloseTo(i < 20 ? 1 : 0, 5);
});
