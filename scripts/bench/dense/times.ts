import { fileURLToPath } from 'node:url';
import { estimatesOf } from '../../../src/indexes/keyword/all-scores.ts';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import type { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { mulberry32 } from '../../../src/util/random.ts';
import { FlatIndex } from '../../../test/reference/flat-index.ts';
import { assemble } from '../../build-kernel.ts';
import { type DenseData, DIMENSION, repeated, rowOf } from './data.ts';
import { tableRow } from './table.ts';

const SIZES = [10_000, 50_000, 100_000, 250_000, 1_000_000];
/** Floats are scanned up to this size: more need too much memory. */
const MAX_FLOAT = 100_000;
const K = 10;
const READ = fileURLToPath(new URL('memory-read.wat', import.meta.url));

/** Table of the times of reading, scanning and answering by size. */
export async function scanTimes(data: DenseData): Promise<string[]> {
  const query = data.questions[0]!.queries[0]!;
  const vectorAt = (doc: number) => rowOf(data.vectors, doc % data.papers);
  const readModule = new WebAssembly.Module(await assemble(READ));
  return SIZES.map((size) => {
    const memory = repeated(data, size);
    const index = new CodeIndex(memory);
    const coarse = new CodeIndex(memory, 1);
    const started = performance.now();
    for (const _ of coarse.prepare());
    const derived = performance.now() - started;
    const random = mulberry32(size);
    // As a short query: three of four papers have none of its words.
    const scores = Float64Array.from({ length: size }, () => Math.max(0, 4 * random() - 3));
    const keyword = estimatesOf({ scores, maxScore: 1 });
    const sum = { keyword, keywordFactor: 0.5, cosineFactor: 0.5, k: K, vectorAt };
    const peak = { keywordFactor: 0.25, cosineFactor: 1 };
    const read = reader(readModule, memory);
    const floats = size <= MAX_FLOAT && flatIndex(data, size);
    const [one, four, scan, nearest, byCoarse, loops, pass, float] = fastestMs(size, [
      () => read.one(0, memory.codes.length),
      () => read.four(0, memory.codes.length),
      () => index.score(query),
      () => index.nearest(query, K, { vectorAt }),
      () => coarse.nearest(query, K, { vectorAt }),
      () => index.nearestCombined(query, { ...sum, peak }),
      () => coarse.nearestCombined(query, { ...sum, peak }),
      ...(floats ? [() => floats.score(query)] : []),
    ]);
    return tableRow([
      size,
      (memory.codes.length / 1e6).toFixed(1),
      ms(one),
      ms(four),
      ms(scan),
      (scan! / Math.min(one!, four!)).toFixed(2),
      ms(float),
      ms(nearest),
      ms(byCoarse),
      ms(loops),
      ms(pass),
      derived.toFixed(0),
    ]);
  });
}

/** Rows: the times of a scan and of an answer when a filter keeps all, 90 %, 50 %, 10 %, 1 % of 100,000 vectors. */
export function filterTimes(data: DenseData): string[] {
  const index = new CodeIndex(repeated(data, 100_000), 1);
  for (const _ of index.prepare());
  const vectorAt = (doc: number) => rowOf(data.vectors, doc % data.papers);
  const random = mulberry32(1);
  const masks = [0.9, 0.5, 0.1, 0.01].map((share) =>
    Uint8Array.from({ length: index.size }, () => (random() < share ? 1 : 0)),
  );
  const query = data.questions[0]!.queries[0]!;
  const filters = [undefined, ...masks];
  const scans = fastestMs(
    index.size,
    filters.map((allowed) => () => index.score(query, allowed)),
  );
  const answers = fastestMs(
    index.size,
    filters.map((allowed) => () => index.nearest(query, K, { allowed, vectorAt })),
  );
  return [tableRow(['scan, ms', ...scans.map(ms)]), tableRow(['nearest 10, ms', ...answers.map(ms)])];
}

function flatIndex({ vectors }: DenseData, size: number): FlatIndex {
  const rows = new Float32Array(size * DIMENSION);
  for (let start = 0; start < rows.length; start += vectors.length)
    rows.set(vectors.subarray(0, rows.length - start), start);
  return new FlatIndex(rows, DIMENSION);
}

function reader(module: WebAssembly.Module, { memory }: CodeMemory) {
  const { exports } = new WebAssembly.Instance(module, { dense: { memory } });
  return exports as Record<'one' | 'four', (from: number, bytes: number) => bigint>;
}

/** The minimum time of each task in ms, in rounds that run all of them in turn. */
function fastestMs(size: number, tasks: readonly (() => unknown)[]): number[] {
  const fastest = tasks.map(() => Number.POSITIVE_INFINITY);
  const rounds = Math.max(15, Math.min(60, 6_000_000 / size));
  for (let round = 0; round < rounds; round++) {
    for (const [i, task] of tasks.entries()) {
      const started = performance.now();
      task();
      fastest[i] = Math.min(fastest[i]!, performance.now() - started);
    }
  }
  return fastest;
}

function ms(time: number | undefined): string {
  return time === undefined ? '' : time.toFixed(2);
}
