import { topDocuments } from '../../../src/indexes/top-documents.ts';
import { CoarseCodes } from '../../../src/indexes/vectors/coarse-codes.ts';
import { deriveCoarse } from '../../../src/indexes/vectors/coarse-encoding.ts';
import { CoarseMemory } from '../../../src/indexes/vectors/coarse-memory.ts';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { quantize } from '../../../src/indexes/vectors/quantize.ts';
import { type DenseData, DIMENSION, perturbed, repeated, rowOf } from './data.ts';
import { tableRow } from './table.ts';

const K = 10;
/** Vectors of the sample that clipping is measured on. */
const CLIPPED = 2000;
/** Vectors, most of them perturbed copies, that coarse codes are measured on in addition to the real ones. */
const MANY = 200_000;

/** Rows: the quantisation error with the largest component as the largest code, and with the best clip. */
export function clipErrors({ vectors, papers }: DenseData): string[] {
  const shares = Array.from({ length: 10 }, (_, i) => 1 - i / 20);
  const sample = Array.from({ length: Math.min(papers, CLIPPED) }, (_, doc) => rowOf(vectors, doc));
  const whole = sample.map((vector) => quantize(vector, new Int8Array(DIMENSION)).error);
  const clipped = sample.map((vector) => {
    const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    return Math.min(...shares.map((share) => clippedError(vector, share * largest)));
  });
  return [
    tableRow(['largest component', mean(whole).toFixed(5), Math.max(...whole).toFixed(5)]),
    tableRow(['best clip', mean(clipped).toFixed(5), Math.max(...clipped).toFixed(5)]),
  ];
}

/** Rows: recall of the codes alone and of `nearest`, against exact cosines, and how many vectors it read. */
export function exactness(data: DenseData): string[] {
  const { vectors, papers, questions } = data;
  const memory = repeated(data, papers);
  const index = new CodeIndex(memory);
  return questions.flatMap(({ name, queries }) =>
    [K, 100].map((k) => {
      const answers = queries.map((query) => {
        const truth = exactTop(data, query, papers, k);
        const codes = topDocuments(Float64Array.from(index.score(query).scores), k).map(({ doc }) => doc);
        let reads = 0;
        const vectorAt = (doc: number) => {
          reads++;
          return rowOf(vectors, doc);
        };
        const found = index.nearest(query, k, { vectorAt }).map(({ doc }) => doc);
        return { before: shareOf(truth, codes), after: shareOf(truth, found), reads };
      });
      const reads = answers.map((answer) => answer.reads).sort((a, b) => a - b);
      return tableRow([
        name,
        k,
        mean(answers.map(({ before }) => before)).toFixed(4),
        mean(answers.map(({ after }) => after)).toFixed(4),
        [0.5, 0.95, 1].map((share) => reads[Math.floor(share * (reads.length - 1))]).join(', '),
      ]);
    }),
  );
}

/** Rows: the share of the vectors that coarse codes do not exclude, on real vectors, then on perturbed copies. */
export function survivors(data: DenseData): string[] {
  const { vectors, papers, questions } = data;
  const sizes = [10_000, 25_000].filter((size) => size < papers).concat(papers);
  const memories = sizes.map((size) => ({ name: `${size}`, memory: repeated(data, size) }));
  const copies = new CodeMemory(MANY, DIMENSION);
  for (let doc = 0; doc < MANY; doc++) copies.encode(doc, perturbed(data, doc));
  return [
    ...memories.flatMap(({ name, memory }) =>
      questions.map((set) => survivorRow(name, set.name, memory, set.queries, (doc) => rowOf(vectors, doc))),
    ),
    ...questions.map((set) =>
      survivorRow(`${MANY}, copies`, set.name, copies, set.queries, (doc) => perturbed(data, doc)),
    ),
  ];
}

function survivorRow(
  size: string,
  name: string,
  memory: CodeMemory,
  queries: readonly Float32Array[],
  vectorAt: (doc: number) => Float32Array,
): string {
  const exact = new CodeIndex(memory);
  const index = new CodeIndex(memory, 1);
  for (const _ of index.prepare());
  const codes = new CoarseMemory(memory.count, memory.stride);
  for (const _ of deriveCoarse(codes, memory));
  const coarse = new CoarseCodes(codes, memory);
  const largestError = memory.errors.reduce((largest, error) => Math.max(largest, error), 0);
  const cosine = { keywordFactor: 0, cosineFactor: 1 };
  const answers = queries.map((query) => {
    const truth = exact.nearest(query, K, { vectorAt });
    const found = index.nearest(query, K, { vectorAt });
    coarse.ask(query, cosine);
    const bounds = {
      least: { first: truth.at(-1)!.score, peak: Number.POSITIVE_INFINITY },
      error: { first: largestError, peak: largestError },
    };
    coarse.scan(bounds);
    const { length } = coarse.collect(bounds);
    const docs = Uint32Array.from(truth, ({ doc }) => doc);
    return {
      share: length / memory.count,
      recall: shareOf(
        docs,
        found.map(({ doc }) => doc),
      ),
    };
  });
  const shares = answers.map(({ share }) => share).sort((a, b) => a - b);
  return tableRow([
    size,
    name,
    ...[0.5, 0.95, 1].map(
      (share) => `${(100 * shares[Math.floor(share * (shares.length - 1))]!).toFixed(1)} %`,
    ),
    mean(answers.map(({ recall }) => recall)).toFixed(4),
  ]);
}

function clippedError(vector: Float32Array, largest: number): number {
  const scale = largest / 127;
  let squares = 0;
  for (const component of vector) {
    const code = Math.max(-127, Math.min(127, Math.round(component / scale)));
    squares += (component - code * scale) ** 2;
  }
  return Math.sqrt(squares);
}

function exactTop({ vectors }: DenseData, query: Float32Array, count: number, k: number): Uint32Array {
  const scores = Float64Array.from({ length: count }, (_, doc) =>
    innerProduct(query, vectors, doc * DIMENSION),
  );
  return Uint32Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, k);
}

/** The share of `truth` that is in `found`. */
function shareOf(truth: Uint32Array, found: ArrayLike<number>): number {
  const docs = new Set(Array.from(found));
  return truth.filter((doc) => docs.has(doc)).length / truth.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
