import { open } from 'node:fs/promises';
import { normalize } from '../../src/encode/pooling.ts';
import { mulberry32 } from '../../src/util/random.ts';

/** Norm of the noise that is added to a unit vector: the copy's cosine to the original is about 0.9. */
const NOISE = 0.5;
const SEED = 20261122;
/** Rows made and written at a time. */
const CHUNK = 4096;

export interface DenseInput {
  /** How many of them are perturbed copies of real ones. */
  readonly syntheticVectors: number;
  /** Vectors of papers that are not indexed: queries × dimension. */
  readonly heldOut: Float32Array;
}

/**
 * Writes the vectors to index: real ones, then copies of real ones with noise, drawn with a fixed seed. The last real
 * ones are reserved as queries.
 * @param real rows × dimension, L2-normalised. @param count rows to write. @param queries rows to reserve.
 */
export async function writeDenseInput(
  file: string,
  real: Float32Array,
  dimension: number,
  count: number,
  queries: number,
): Promise<DenseInput> {
  const rows = real.length / dimension;
  const indexed = Math.min(count, rows - queries);
  if (indexed < 1) {
    throw new Error(`${rows} vectors are too few: run npx tsx scripts/bench/vectors.ts to make more.`);
  }
  const random = mulberry32(SEED);
  const handle = await open(file, 'w');
  try {
    await handle.write(bytesOf(real.subarray(0, indexed * dimension)));
    for (let from = indexed; from < count; from += CHUNK) {
      const copies = new Float32Array(Math.min(CHUNK, count - from) * dimension);
      for (let start = 0; start < copies.length; start += dimension) {
        const original = Math.floor(random() * indexed) * dimension;
        const copy = copies.subarray(start, start + dimension);
        copy.set(real.subarray(original, original + dimension));
        perturb(copy, random);
      }
      await handle.write(bytesOf(copies));
    }
  } finally {
    await handle.close();
  }
  return {
    syntheticVectors: count - indexed,
    heldOut: real.slice(indexed * dimension, (indexed + queries) * dimension),
  };
}

/** Adds noise with the same variance in every direction, and normalises again. */
export function perturb(vector: Float32Array, random: () => number): void {
  // A uniform variable on (-1, 1) has the variance 1/3.
  const scale = NOISE * Math.sqrt(3 / vector.length);
  for (let i = 0; i < vector.length; i++) vector[i]! += scale * (2 * random() - 1);
  normalize(vector);
}

function bytesOf(numbers: Float32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
