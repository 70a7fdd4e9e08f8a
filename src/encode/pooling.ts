/**
 * Adds the token vectors of one text to `sum`, so that dividing by their number gives their mean
 * (mean pooling: Reimers and Gurevych, EMNLP 2019, section 3).
 * @param hidden token vectors, row-major, tokens × dimension, from `offset` on.
 * @param sum length `dimension`; changed in place.
 */
export function addTokenVectors(
  hidden: Float32Array,
  offset: number,
  tokens: number,
  dimension: number,
  sum: Float32Array,
): void {
  for (let token = 0; token < tokens; token++) {
    const start = offset + token * dimension;
    for (let i = 0; i < dimension; i++) sum[i]! += hidden[start + i]!;
  }
}

/**
 * Adds the vector of the first token of one text, scaled to length 1, to `sum`: the vector of a text by a model that was
 * trained with it (Devlin et al., NAACL 2019, section 4).
 * @param hidden token vectors, row-major, tokens × dimension, from `offset` on.
 * @param sum length `dimension`; changed in place.
 */
export function addFirstToken(
  hidden: Float32Array,
  offset: number,
  _tokens: number,
  dimension: number,
  sum: Float32Array,
): void {
  addWeighted(sum, normalize(hidden.slice(offset, offset + dimension)), 1);
}

/** Scales a vector to length 1, in place. A zero vector stays zero. The mean's divisor cancels out here. */
export function normalize(vector: Float32Array): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return vector;
}

/** Adds `weight` × `addend` to `vector`, in place. */
export function addWeighted(vector: Float32Array, addend: Float32Array, weight: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! += weight * addend[i]!;
}
