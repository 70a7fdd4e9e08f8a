/** The largest code: -128 is not used, so that a vector and its negative have codes that differ in sign only. */
const MAX_CODE = 127;
const MAX_INT16 = 2 ** 15 - 1;
const MAX_INT32 = 2 ** 31 - 1;

/** What quantisation made of a vector: code × scale is near the component, and all together miss by `error`. */
export interface Quantized {
  /** The value of one step of a code. */
  readonly scale: number;
  /** The Euclidean norm of the difference between the vector and what the codes represent. */
  readonly error: number;
}

/**
 * Writes a vector as 8-bit codes, round(component / scale), with scale = largest magnitude / 127. Clipping the
 * largest components to make steps finer gains nothing on embeddings of text (scripts/measurements/dense.md).
 * @param vector any length and norm. @param codes as long, or longer: the rest stays as it is.
 * @returns zeros for a zero vector.
 */
export function quantize(vector: Float32Array, codes: Int8Array): Quantized {
  // The error must be of the scale as it is stored, in 32 bits.
  const scale = Math.fround(largestMagnitude(vector) / MAX_CODE);
  return { scale, error: roundTo(scale, vector, codes) };
}

/**
 * Writes a query as 16-bit codes, 256 times finer than those of documents, so that its own error hardly counts;
 * coarser only where the inner product with a row of codes could pass 32 bits.
 * @param vector any length and norm. @param codes at least as long; the length is that of a row of codes.
 */
export function quantizeQuery(vector: Float32Array, codes: Int16Array): Quantized {
  const largest = Math.min(MAX_INT16, Math.floor(MAX_INT32 / (MAX_CODE * codes.length)));
  const scale = Math.fround(largestMagnitude(vector) / largest);
  return { scale, error: roundTo(scale, vector, codes) };
}

function largestMagnitude(vector: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]!));
  return largest;
}

function roundTo(scale: number, vector: Float32Array, codes: Int8Array | Int16Array): number {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) {
    const component = vector[i]!;
    const code = scale === 0 ? 0 : Math.round(component / scale);
    codes[i] = code;
    squares += (component - code * scale) ** 2;
  }
  return Math.sqrt(squares);
}
