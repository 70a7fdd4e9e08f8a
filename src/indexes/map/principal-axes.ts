import { mulberry32 } from '../../util/random.ts';
import type { CodeMemory } from '../vectors/code-memory.ts';

/** Rows that the axes are found from: enough for two axes of a few hundred components. */
const MAX_ROWS = 4000;
/** Far more than the two largest eigenvalues of embeddings need to separate from the rest. */
const ROUNDS = 30;

/**
 * The coordinates of documents along the first two principal components of their codes, by orthogonal iteration (Golub and
 * Van Loan, Matrix Computations, section 8.2). The signs of the axes are fixed: the largest component is positive.
 * @param docs their positions in the memory. @returns x and y of each, one pair after another; centred on 0.
 */
export function principalCoordinates(memory: CodeMemory, docs: Uint32Array): Float32Array {
  const { dimension } = memory;
  const step = Math.max(1, Math.floor(docs.length / MAX_ROWS));
  const sample = docs.filter((_, i) => i % step === 0);
  const mean = new Float64Array(dimension);
  for (const doc of sample) addRow(memory, doc, 1 / sample.length, mean);
  const random = mulberry32(1);
  let axes: Float64Array[] = [0, 1].map(() => Float64Array.from({ length: dimension }, () => random() - 0.5));
  for (let round = 0; round < ROUNDS; round++) {
    axes = orthonormal(axes.map((axis) => timesCovariance(memory, sample, mean, axis)));
  }
  const [first, second] = axes.map(withFixedSign) as [Float64Array, Float64Array];
  const coordinates = new Float32Array(2 * docs.length);
  const centre = [dot(mean, first), dot(mean, second)] as const;
  docs.forEach((doc, i) => {
    coordinates[2 * i] = rowDot(memory, doc, first) - centre[0];
    coordinates[2 * i + 1] = rowDot(memory, doc, second) - centre[1];
  });
  return coordinates;
}

function timesCovariance(memory: CodeMemory, docs: Uint32Array, mean: Float64Array, axis: Float64Array) {
  const product = new Float64Array(axis.length);
  const centre = dot(mean, axis);
  let sum = 0;
  for (const doc of docs) {
    const along = rowDot(memory, doc, axis) - centre;
    addRow(memory, doc, along, product);
    sum += along;
  }
  for (let d = 0; d < product.length; d++) product[d]! -= sum * mean[d]!;
  return product;
}

/** Gram and Schmidt for two. Axes of equal documents are zero, and stay so. */
function orthonormal([a, b]: Float64Array[]): Float64Array[] {
  const first = scaled(a!);
  const along = dot(b!, first);
  return [first, scaled(b!.map((value, d) => value - along * first[d]!))];
}

function scaled(axis: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(axis, axis));
  return norm === 0 ? axis : axis.map((value) => value / norm);
}

function withFixedSign(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, d) => sum + value * b[d]!, 0);
}

function rowDot({ codes, scales, stride }: CodeMemory, doc: number, axis: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < axis.length; d++) sum += codes[doc * stride + d]! * axis[d]!;
  return sum * scales[doc]!;
}

function addRow(
  { codes, scales, stride }: CodeMemory,
  doc: number,
  weight: number,
  target: Float64Array,
): void {
  const factor = weight * scales[doc]!;
  for (let d = 0; d < target.length; d++) target[d]! += factor * codes[doc * stride + d]!;
}
