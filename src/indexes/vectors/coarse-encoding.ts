import { ALL_DIRECTIONS, BLOCK, type CoarseMemory, MAX_CODE } from './coarse-memory.ts';
import type { CodeMemory } from './code-memory.ts';
import { principalDirections } from './directions.ts';
import { innerProduct } from './inner-product.ts';

/** Most vectors from which the directions are found, evenly over the documents. */
const MAX_SAMPLE = 8192;
/** Documents for each of them, where there are more than fit in the least sample. */
const SAMPLED_OF = 16;
const MIN_SAMPLE = 1024;
/** The largest coefficient that a code can have, as a multiple of the largest one of the sample. */
const ROOM = 1.5;
/** Documents encoded in one go: 1 or 2 ms. */
const AT_ONCE = 256;
/** More than what 32-bit arithmetic changes of the square of a norm, which is the difference of two nearly equal numbers. */
export const SQUARE_ROUNDING = 1e-5;
/** The basis of earlier codes is found again where there are so many times more documents, or fewer. */
const MAX_GROWTH = 2;
/** Also where a larger share of the documents than this is never excluded. */
const MAX_UNLIKE = 0.01;

/** Earlier codes, of which some may be taken as they are. */
export interface EarlierCoarseCodes {
  readonly memory: CoarseMemory;
  /** The documents whose codes are taken, in runs that follow one another in both memories. */
  readonly runs: Iterable<{ readonly doc: number; readonly count: number; readonly from: number }>;
}

/**
 * Fills a memory with the coarse codes of 8-bit codes, in directions found from these.
 * @returns a few milliseconds of work between two yields.
 */
export function* deriveCoarse(memory: CoarseMemory, source: CodeMemory): Generator<void> {
  const { count, stride } = source;
  const size = Math.min(count, MAX_SAMPLE, Math.max(MIN_SAMPLE, Math.ceil(count / SAMPLED_OF)));
  const docs = Array.from({ length: size }, (_, n) => Math.floor((n * count) / size));
  const rows = rowsOf(memory, source, docs);
  memory.directions.set(yield* principalDirections(rows, size, stride, ALL_DIRECTIONS));
  yield* chooseSteps(memory, source, docs);
  yield* encodeAll(memory, source, new Uint8Array(count), count);
}

/**
 * The same by the directions and steps of earlier codes: what those have is copied, the rest encoded.
 * @param basis see `CoarseMemory`, of the earlier codes.
 * @returns false where they do not fit any more, so that new ones should be derived: as many documents came or went as there were
 *   when the directions were found, or more than one document in a hundred is never excluded. Which of all documents are
 *   copied does not matter: their codes depend on the basis and on their 8-bit codes only.
 */
export function* extendCoarse(
  memory: CoarseMemory,
  source: CodeMemory,
  basis: Uint8Array,
  earlier?: EarlierCoarseCodes,
): Generator<void, boolean> {
  memory.basis.set(basis);
  if (!memory.hasBasis) return false;
  const { foundIn } = memory;
  const { count } = source;
  if (count > MAX_GROWTH * foundIn || MAX_GROWTH * count < foundIn) return false;
  const isTaken = new Uint8Array(count);
  for (const { doc, count: docs, from } of earlier?.runs ?? []) {
    memory.copy(doc, earlier!.memory, from, docs);
    isTaken.fill(1, doc, doc + docs);
    yield;
  }
  yield* encodeAll(memory, source, isTaken, foundIn);
  return memory.unlike <= MAX_UNLIKE * count;
}

/** Encodes what is not taken, and describes the whole. */
function* encodeAll(
  memory: CoarseMemory,
  source: CodeMemory,
  isTaken: Uint8Array,
  foundIn: number,
): Generator<void> {
  const mostLost = memory.mostLost();
  let encoded = 0;
  for (let doc = 0; doc < memory.blocks * BLOCK; doc++) {
    if (isTaken[doc] === 1) continue;
    encode(memory, source, doc, mostLost);
    if (++encoded % AT_ONCE === 0) yield;
  }
  memory.describe({ foundIn, unlike: unlikeOf(memory) });
}

/** Documents that are never excluded. */
function unlikeOf({ parts: [{ address, size, length }], blocks, floats }: CoarseMemory): number {
  let unlike = 0;
  for (let block = 0; block < blocks; block++) {
    const rests = (address + block * size + length) / 4;
    for (let lane = 0; lane < BLOCK; lane++) {
      if (floats[rests + lane] === Number.POSITIVE_INFINITY) unlike++;
    }
  }
  return unlike;
}

function decode({ codes, scales, stride }: CodeMemory, doc: number, row: Float32Array): Float32Array {
  const scale = scales[doc]!;
  for (let i = 0; i < stride; i++) row[i] = scale * codes[doc * stride + i]!;
  return row;
}

function* rowsOf(
  { row }: CoarseMemory,
  source: CodeMemory,
  docs: readonly number[],
): Generator<Float32Array> {
  for (const doc of docs) yield decode(source, doc, row);
}

/** Chooses the steps of codes so that the coefficients of nearly all vectors have one. @param sample documents. */
function* chooseSteps(memory: CoarseMemory, source: CodeMemory, sample: readonly number[]): Generator<void> {
  const { parts } = memory;
  for (const { steps } of parts) steps.fill(0);
  let n = 0;
  for (const _ of rowsOf(memory, source, sample)) {
    memory.project();
    for (const { coefficients, steps } of parts) {
      for (const [i, value] of coefficients.entries()) steps[i] = Math.max(steps[i]!, Math.abs(value));
    }
    if (++n % AT_ONCE === 0) yield;
  }
  for (const { steps } of parts) {
    const count = steps.length / 2;
    for (let i = 0; i < count; i++) {
      const step = Math.fround((ROOM * steps[i]!) / MAX_CODE);
      steps[i] = step;
      steps[count + i] = step > 0 ? 1 / step : 0;
    }
  }
}

/** @param mostLost as `CoarseMemory.mostLost`. */
function encode(memory: CoarseMemory, source: CodeMemory, doc: number, mostLost: number): void {
  const { kernel, parts, row, floats } = memory;
  const block = Math.floor(doc / BLOCK);
  const lane = doc % BLOCK;
  const isMissing = doc >= source.count || source.scales[doc] === 0;
  if (!isMissing) {
    decode(source, doc, row);
    memory.project();
  }
  let left = isMissing ? Number.NEGATIVE_INFINITY : innerProduct(row, row) + SQUARE_ROUNDING;
  let lost = 0;
  for (const { address, size, length, coefficients, steps } of parts) {
    const at = address + block * size;
    if (!isMissing) {
      const { byteOffset } = coefficients;
      lost += kernel.encode(at + 2 * lane, byteOffset, coefficients.length, steps.byteOffset);
      left -= innerProduct(coefficients, coefficients);
    }
    floats[(at + length) / 4 + lane] = isMissing ? left : Math.sqrt(Math.max(SQUARE_ROUNDING, left));
  }
  if (Math.sqrt(lost) < mostLost) return;
  // What its codes miss is more than others may miss: it is never excluded.
  for (const { address, size, length } of parts) {
    floats[(address + block * size + length) / 4 + lane] = Number.POSITIVE_INFINITY;
  }
}
