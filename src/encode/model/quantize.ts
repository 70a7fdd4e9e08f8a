/** Signed 8-bit codes with one scale a row: value ≈ code × scale[row]. Symmetric, so the zero point is 0. */
export interface QuantizedRows {
  readonly codes: Int8Array;
  readonly scales: Float32Array;
}

/**
 * Largest magnitude of a code: seven of the eight bits. x86 processors without VNNI add two products of an
 * 8-bit activation and a code in 16 bits; 2 × 255 × 64 still fits, 2 × 255 × 127 would saturate. So vectors are
 * the same on every processor, for 0.0016 of cosine to the 32-bit model.
 */
const MAX_CODE = 64;

/**
 * Symmetric per-row quantisation: scale = max|row| / 64, code = round(value / scale).
 * @param values row-major, rows × columns. A row of zeros gets scale 1 and codes 0.
 */
export function quantizeRows(values: Float32Array, rows: number, columns: number): QuantizedRows {
  const codes = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let largest = 0;
    for (let i = start; i < start + columns; i++) {
      const magnitude = Math.abs(values[i]!);
      if (magnitude > largest) largest = magnitude;
    }
    const scale = largest === 0 ? 1 : largest / MAX_CODE;
    scales[row] = scale;
    for (let i = start; i < start + columns; i++) codes[i] = Math.round(values[i]! / scale);
  }
  return { codes, scales };
}

/** Row-major rows × columns to columns × rows: a linear layer's weight as the right-hand side of a product. */
export function transpose<T extends Int8Array | Float32Array>(values: T, rows: number, columns: number): T {
  const transposed = new (values.constructor as new (length: number) => T)(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[column * rows + row] = values[row * columns + column]!;
    }
  }
  return transposed;
}
