import { mulberry32 } from '../../src/util/random.ts';

/** Unit vectors around `centres` random directions (n × dimension): spread 0 makes copies, 1 hardly clusters. */
export function clusteredVectors(
  count: number,
  dimension: number,
  { centres = 20, spread = 0.5, seed = 1 }: { centres?: number; spread?: number; seed?: number } = {},
): Float32Array {
  const random = mulberry32(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Float32Array.from({ length: centres * dimension }, gaussian);
  const vectors = new Float32Array(count * dimension);
  for (let row = 0; row < count; row++) {
    const centre = Math.floor(random() * centres) * dimension;
    const vector = vectors.subarray(row * dimension, (row + 1) * dimension);
    for (let i = 0; i < dimension; i++) vector[i] = middles[centre + i]! + spread * gaussian();
    normalize(vector);
  }
  return vectors;
}

/** Scales a vector to norm 1, in place; a zero vector is unchanged. */
export function normalize(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  for (let i = 0; norm > 0 && i < vector.length; i++) vector[i]! /= norm;
  return vector;
}
