import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deriveCoarse, extendCoarse } from '../../../src/indexes/vectors/coarse-encoding.ts';
import { CoarseMemory } from '../../../src/indexes/vectors/coarse-memory.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { clusteredVectors } from '../../support/vectors.ts';

const DIMENSION = 40;
const vectors = clusteredVectors(400, DIMENSION, { centres: 10, spread: 0.5 });
const vectorAt = (n: number) => vectors.subarray(n * DIMENSION, (n + 1) * DIMENSION);

/** Codes of some of the vectors; -1 for a document without one. */
function codesOf(places: readonly number[]): CodeMemory {
  const memory = new CodeMemory(places.length, DIMENSION);
  for (const [doc, place] of places.entries()) {
    memory.encode(doc, place < 0 ? new Float32Array(DIMENSION) : vectorAt(place));
  }
  return memory;
}

const memoryFor = (source: CodeMemory) => new CoarseMemory(source.count, source.stride);

function derived(source: CodeMemory): CoarseMemory {
  const memory = memoryFor(source);
  for (const _ of deriveCoarse(memory, source));
  return memory;
}

function extended(...[source, basis, earlier]: [CodeMemory, ...Tail<Parameters<typeof extendCoarse>>]) {
  const memory = memoryFor(source);
  const steps = extendCoarse(memory, source, basis, earlier);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return { memory, fits: step.value };
}
type Tail<T extends readonly unknown[]> = T extends [unknown, unknown, ...infer Rest] ? Rest : never;

const before = [...Array(200).keys()];
const earlierCodes = derived(codesOf(before));

describe('extended coarse codes', () => {
  test('are those that encoding all by the same directions would give, whatever is copied', () => {
    const placeLists = fc.array(fc.integer({ min: -1, max: 299 }), { minLength: 100, maxLength: 400 });
    fc.assert(
      fc.property(placeLists, fc.infiniteStream(fc.boolean()), (places, isCopied) => {
        const source = codesOf(places);
        const runs = places.flatMap((from, doc) =>
          from >= 0 && from < 200 && isCopied.next().value ? [{ doc, from, count: 1 }] : [],
        );
        const once = extended(source, earlierCodes.basis);
        const twice = extended(source, earlierCodes.basis, { memory: earlierCodes, runs });
        expect(Buffer.from(twice.memory.image).equals(once.memory.image)).toBe(true);
        expect(twice.fits).toBe(once.fits);
        expect(once.memory.isOfThese).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('of runs of several documents are those of single ones', () => {
    const places = [300, ...before.slice(3, 90), 301, 302, ...before.slice(90)];
    const runs = [
      { doc: 1, from: 3, count: 87 },
      { doc: 90, from: 90, count: 110 },
    ];
    const source = codesOf(places);
    const copied = extended(source, earlierCodes.basis, { memory: earlierCodes, runs });
    const encoded = extended(source, earlierCodes.basis);
    expect(Buffer.from(copied.memory.image).equals(encoded.memory.image)).toBe(true);
  });

  test('of the same documents are the same', () => {
    const { memory, fits } = extended(codesOf(before), earlierCodes.basis);
    expect(Buffer.from(earlierCodes.image).equals(memory.image)).toBe(true);
    expect(fits).toBe(true);
  });

  test('do not fit where the papers are twice as many, or half as many, as when directions were found', () => {
    const some = (count: number) => codesOf(Array.from({ length: count }, (_, n) => n % 200));
    const fitting = (count: number, basis = earlierCodes.basis) => extended(some(count), basis).fits;
    expect([99, 100, 400, 401].map((count) => fitting(count))).toEqual([false, true, true, false]);
    // The number is that of the first time, also after some extensions.
    const { memory } = extended(some(300), earlierCodes.basis);
    expect(memory.foundIn).toBe(200);
    expect([400, 401].map((count) => fitting(count, memory.basis))).toEqual([true, false]);
  });

  test('do not fit if of another form, or where more than one document in a hundred could not be excluded', () => {
    expect(extended(codesOf(before), earlierCodes.basis.with(0, 99)).fits).toBe(false);
    const longer = (...docs: number[]) => {
      const source = codesOf(before);
      // Longer than all vectors: their coefficients have no code.
      for (const doc of docs) source.scales[doc]! *= 20;
      return extended(source, earlierCodes.basis);
    };
    const some = [longer(), longer(10), longer(10, 20)];
    expect(some.map(({ memory, fits }) => [memory.unlike, fits])).toEqual([
      [1, true],
      [2, true],
      [3, false],
    ]);
  });
});
