import { describe, expect, test } from 'vitest';
import { CoarseMemory } from '../../src/indexes/vectors/coarse-memory.ts';
import { CodeMemory } from '../../src/indexes/vectors/code-memory.ts';
import { GrowingCodes } from '../../src/ingest/growing-codes.ts';
import { clusteredVectors } from '../support/vectors.ts';

const DIMENSION = 20;
const COUNT = 300;
const all = clusteredVectors(COUNT, DIMENSION, { centres: 5 });
const vectorAt = (doc: number) => all.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);

interface Stored {
  readonly codes: CodeMemory;
  readonly coarse: Uint8Array | undefined;
}

/** What a publication would write. @param has whether a vector is there. @param earlier what an earlier one wrote, of the first papers. */
async function published(
  count: number,
  isComplete: boolean,
  has: (doc: number) => boolean = () => true,
  earlier?: Stored,
): Promise<Stored> {
  const rowOf = (doc: number) =>
    earlier && doc < earlier.codes.count && earlier.codes.scales[doc] !== 0 ? doc : -1;
  const readCoarseCodes = () => {
    if (!earlier?.coarse) return undefined;
    const memory = new CoarseMemory(earlier.codes.count, earlier.codes.stride);
    memory.image.set(earlier.coarse);
    return memory;
  };
  const vectors = {
    ...{ has, rowOf, vectorOf: vectorAt },
    earlier: earlier && { vectors: {} as never, readCodes: () => earlier.codes, readCoarseCodes },
  };
  const codes = new GrowingCodes(count, DIMENSION, vectors, 1);
  await codes.update();
  const coarse = await codes.coarse(isComplete);
  const memory = new CodeMemory(count, DIMENSION);
  memory.image.set(codes.image);
  return { codes: memory, coarse: coarse?.slice() };
}

const sameBytes = (a: Stored, b: Stored) => a.coarse && b.coarse && Buffer.from(a.coarse).equals(b.coarse);

describe('coarse codes of a publication', () => {
  test('are derived once all vectors are there', async () => {
    expect((await published(COUNT, false, (doc) => doc % 2 === 0)).coarse).toBeUndefined();
    const { coarse } = await published(COUNT, true);
    expect(coarse?.length).toBe(new CoarseMemory(COUNT, 64).image.length);
  });

  test('are extended by an update, to the same bytes with and without unfinished publications', async () => {
    const first = await published(250, true);
    const once = await published(COUNT, true, undefined, first);
    const unfinished = await published(COUNT, false, (doc) => doc < 280, first);
    const resumed = await published(COUNT, true, undefined, unfinished);
    expect(sameBytes(once, resumed)).toBe(true);
    expect(sameBytes(once, await published(COUNT, true))).toBe(false);
    const memory = new CoarseMemory(COUNT, once.codes.stride);
    memory.image.set(once.coarse!);
    expect(memory.foundIn).toBe(250);
  });

  test('keep their directions for the next one where they do not fit, and are then derived again', async () => {
    const first = await published(100, true);
    const unfinished = await published(COUNT, false, (doc) => doc < 200, first);
    expect(unfinished.coarse?.length).toBe(new CoarseMemory(COUNT, 64).basis.length);
    const resumed = await published(COUNT, true, undefined, unfinished);
    expect(sameBytes(resumed, await published(COUNT, true))).toBe(true);
  });

  test('are not made for few papers', async () => {
    const vectors = { has: () => true, rowOf: () => -1, vectorOf: vectorAt, earlier: undefined };
    const codes = new GrowingCodes(COUNT, DIMENSION, vectors);
    await codes.update();
    expect(await codes.coarse(true)).toBeUndefined();
  });
});
