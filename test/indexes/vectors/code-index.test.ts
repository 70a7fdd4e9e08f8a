import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveCoarse } from '../../../src/indexes/vectors/coarse-encoding.ts';
import { CoarseMemory } from '../../../src/indexes/vectors/coarse-memory.ts';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { FlatIndex } from '../../reference/flat-index.ts';
import { clusteredVectors, normalize } from '../../support/vectors.ts';

/** An index of these vectors, what to give it for exact ones, and the plain answer to compare with. */
function indexed(vectors: Float32Array, dimension: number, coarseFrom?: number) {
  const flat = new FlatIndex(vectors, dimension);
  const memory = new CodeMemory(flat.size, dimension);
  for (let doc = 0; doc < flat.size; doc++) memory.encode(doc, flat.vector(doc));
  const vectorAt = (doc: number) => flat.vector(doc);
  const exactly = (query: Float32Array, k: number, allowed?: Uint8Array) =>
    Array.from(flat.score(query), (score, doc) => ({ doc, score }))
      .filter(({ doc }) => allowed?.[doc] !== 0 && flat.vector(doc).some((value) => value !== 0))
      .sort((a, b) => b.score - a.score || a.doc - b.doc)
      .slice(0, k);
  return { memory, index: new CodeIndex(memory, coarseFrom), vectorAt, exactly };
}

describe('nearest', () => {
  test('is exact, with filters, ties and missing vectors', () => {
    const component = fc.constantFrom(-1, -0.5, 0, 0.25, 1);
    const shapes = fc.constantFrom(1, 2, 3, 5).chain((dimension) =>
      fc.record({
        dimension: fc.constant(dimension),
        rows: fc.array(fc.array(component, { minLength: dimension, maxLength: dimension }), {
          maxLength: 30,
        }),
        query: fc.array(component, { minLength: dimension, maxLength: dimension }),
        k: fc.nat(35),
        allowed: fc.option(fc.uint8Array({ max: 1, minLength: 30, maxLength: 30 }), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(shapes, ({ dimension, rows, query, k, allowed }) => {
        const vectors = Float32Array.from(rows.flatMap((row) => [...normalize(Float32Array.from(row))]));
        const { index, vectorAt, exactly } = indexed(vectors, dimension);
        const unit = normalize(Float32Array.from(query));
        expect(index.nearest(unit, k, { allowed, vectorAt })).toEqual(exactly(unit, k, allowed));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['clustered', { centres: 5, spread: 0.3 }],
    ['nearly equal', { centres: 1, spread: 0.002 }],
    ['equal', { centres: 2, spread: 0 }],
    ['scattered', { centres: 400, spread: 1 }],
  ])('is exact for %s vectors of 384 components', (_, shape) => {
    const vectors = clusteredVectors(420, 384, { ...shape, seed: 7 });
    const { index, vectorAt, exactly } = indexed(vectors.subarray(0, 400 * 384), 384);
    for (let query = 400; query < 420; query++) {
      const vector = vectors.subarray(query * 384, (query + 1) * 384);
      expect(index.nearest(vector, 10, { vectorAt })).toEqual(exactly(vector, 10));
    }
  });

  test('reads the exact vectors of few documents, and none of those not allowed', () => {
    const vectors = clusteredVectors(1000, 384, { centres: 20, spread: 1 });
    const { index, vectorAt } = indexed(vectors, 384);
    const allowed = Uint8Array.from({ length: 1000 }, (_, doc) => doc % 2);
    const read: number[] = [];
    index.nearest(vectors.subarray(0, 384), 10, {
      allowed,
      vectorAt: (doc) => {
        read.push(doc);
        return vectorAt(doc);
      },
    });
    expect(read.length).toBeLessThan(100);
    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((doc) => doc % 2 === 0)).toEqual([]);
  });

  test('finds nothing in nothing', () => {
    const query = Float32Array.of(1, 0);
    const none = indexed(new Float32Array(0), 2);
    expect(none.index.nearest(query, 10, none)).toEqual([]);
    const some = indexed(Float32Array.of(1, 0, 0, 1), 2);
    expect(some.index.nearest(query, 10, { ...some, allowed: new Uint8Array(2) })).toEqual([]);
    expect(some.index.nearest(query, 0, some)).toEqual([]);
  });

  test('of a zero query is the first documents', () => {
    const { index, vectorAt } = indexed(clusteredVectors(30, 16), 16);
    expect(index.nearest(new Float32Array(16), 3, { vectorAt })).toEqual(
      [0, 1, 2].map((doc) => ({ doc, score: 0 })),
    );
  });
});

describe('scores', () => {
  const vectors = clusteredVectors(101, 384, { spread: 1 });
  const query = vectors.subarray(100 * 384);
  const { index, exactly } = indexed(vectors.subarray(0, 100 * 384), 384);

  test('are within their bound of the cosines, and near in fact', () => {
    const { scores, boundOf } = index.score(query);
    for (const { doc, score } of exactly(query, 100)) {
      expect(Math.abs(scores[doc]! - score)).toBeLessThan(boundOf(doc));
      expect(scores[doc]).toBeCloseTo(score, 2);
    }
  });

  test('are -Infinity for what a filter excludes, and as before for the rest', () => {
    const all = index.score(query).scores.slice();
    const allowed = Uint8Array.from({ length: 100 }, (_, doc) => (doc % 3 === 0 ? 0 : 1));
    const expected = all.map((score, doc) => (doc % 3 === 0 ? Number.NEGATIVE_INFINITY : score));
    expect([...index.score(query, allowed).scores]).toEqual([...expected]);
    expect([...index.score(query).scores]).toEqual([...all]);
  });
});

describe('with coarse codes', () => {
  const vectors = clusteredVectors(4040, 384, { centres: 40, spread: 0.6 });
  const all = indexed(vectors.subarray(0, 4000 * 384), 384, 1);
  for (const _ of all.index.prepare());
  const queries = Array.from({ length: 40 }, (_, q) => vectors.subarray((4000 + q) * 384, (4001 + q) * 384));

  test.each([1, 10, 100, 3999, 5000])('finds the %d nearest exactly, with and without a filter', (k) => {
    const allowed = Uint8Array.from({ length: 4000 }, (_, doc) => (doc % 5 === 0 ? 0 : 1));
    for (const query of k > 100 ? queries.slice(0, 2) : queries) {
      expect(all.index.nearest(query, k, all)).toEqual(all.exactly(query, k));
      expect(all.index.nearest(query, k, { ...all, allowed })).toEqual(all.exactly(query, k, allowed));
    }
  });

  test('finds the nearest exactly among the few that a filter leaves', () => {
    const allowed = Uint8Array.from({ length: 4000 }, (_, doc) => (doc % 50 === 7 ? 1 : 0));
    for (const query of queries) {
      expect(all.index.nearest(query, 10, { ...all, allowed })).toEqual(all.exactly(query, 10, allowed));
    }
  });

  test('scores all documents as before', () => {
    const { index } = indexed(vectors.subarray(0, 4000 * 384), 384);
    expect([...all.index.score(queries[0]!).scores]).toEqual([...index.score(queries[0]!).scores]);
  });

  test('can be used while they are derived', () => {
    const { index, exactly, vectorAt } = indexed(vectors.subarray(0, 2000 * 384), 384, 1);
    const expected = exactly(queries[0]!, 10);
    for (const _ of index.prepare()) {
      expect(index.nearest(queries[0]!, 10, { vectorAt })).toEqual(expected);
    }
    expect(index.nearest(queries[0]!, 10, { vectorAt })).toEqual(expected);
  });
});

describe('with coarse codes that were stored', () => {
  const vectors = clusteredVectors(1010, 64, { centres: 40, spread: 0.6 });
  const { memory, exactly, vectorAt } = indexed(vectors.subarray(0, 1000 * 64), 64);
  const codes = new CoarseMemory(1000, memory.stride);
  for (const _ of deriveCoarse(codes, memory));
  const query = vectors.subarray(1000 * 64, 1001 * 64);
  const filledWith = (stored: Uint8Array | undefined) => (image: Uint8Array) => {
    if (stored) image.set(stored);
    return stored?.length === image.length;
  };

  test('answers the same at once, and has nothing to derive', async () => {
    const index = new CodeIndex(memory, 1);
    await index.restore(filledWith(codes.image));
    expect([...index.prepare()]).toEqual([]);
    expect(index.nearest(query, 10, { vectorAt })).toEqual(exactly(query, 10));
  });

  test.each([
    ['none', undefined],
    ['those of another form', codes.image.with(0, 99)],
    ['those of other papers', codes.image.with(4, 99)],
  ])('derives them where there are %s', async (_name, stored) => {
    const index = new CodeIndex(memory, 1);
    await index.restore(filledWith(stored));
    expect([...index.prepare()].length).toBeGreaterThan(0);
    expect(index.nearest(query, 10, { vectorAt })).toEqual(exactly(query, 10));
  });

  test('does not read them where there are too few papers for them to pay', async () => {
    await new CodeIndex(memory).restore(() => expect.unreachable());
  });
});

describe('memory', () => {
  test('restores an index from its image', () => {
    const vectors = clusteredVectors(50, 20);
    const { memory, index, vectorAt } = indexed(vectors, 20);
    expect(memory.image.length).toBe(50 * (64 + 4 + 4));
    const copy = new CodeMemory(50, 20);
    copy.image.set(memory.image);
    const query = vectors.subarray(0, 20);
    expect(new CodeIndex(copy).nearest(query, 10, { vectorAt })).toEqual(
      index.nearest(query, 10, { vectorAt }),
    );
  });

  test('takes less than 45 MB for 100,000 papers', () => {
    expect(new CodeMemory(100_000, 384).image.buffer.byteLength).toBeLessThan(45e6);
  });

  test('refuses more than it can address', () => {
    expect(() => new CodeMemory(20_000_000, 384)).toThrow(
      new RangeError('The vectors need 8080000804 bytes of memory; 4294967296 can be addressed.'),
    );
  });
});
