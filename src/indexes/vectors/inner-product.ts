/**
 * The inner product of `query` and the row of `vectors` that begins at `start`, in double precision. For unit
 * vectors it is the cosine, from -1 to 1.
 */
export function innerProduct(query: Float32Array, vectors: Float32Array, start = 0): number {
  // Four sums that do not wait for each other: about a third faster than one.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < query.length; i += 4) {
    a += query[i]! * vectors[start + i]!;
    b += query[i + 1]! * vectors[start + i + 1]!;
    c += query[i + 2]! * vectors[start + i + 2]!;
    d += query[i + 3]! * vectors[start + i + 3]!;
  }
  for (; i < query.length; i++) a += query[i]! * vectors[start + i]!;
  return a + b + c + d;
}
