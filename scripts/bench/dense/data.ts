import { createProcessEncoder } from '../../../dist/encode/process-encoder.js';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { innerProduct } from '../../../src/indexes/vectors/inner-product.ts';
import { mulberry32 } from '../../../src/util/random.ts';
import { corpusFile, papersOf, REAL_PAPERS } from '../corpora.ts';
import { cachedVectors } from '../vectors.ts';

export const DIMENSION = 384;
/** Papers whose vectors and titles are the queries, and which are not in the index. */
export const QUERIES = 200;
/** The cosine of a perturbed copy to the real vector: about that of a paper to its nearest neighbour. */
const COPY_COSINE = 0.8;

/** Queries of one kind: `name` says what they are. */
interface QuestionSet {
  readonly name: string;
  /** Unit vectors. */
  readonly queries: readonly Float32Array[];
}

export interface DenseData {
  /** Real vectors, n × DIMENSION, without those of the queries. */
  readonly vectors: Float32Array;
  readonly papers: number;
  readonly questions: readonly QuestionSet[];
}

/** The cached vectors; the last QUERIES of them, and the titles of those papers, are the queries. */
export async function denseData(): Promise<DenseData> {
  const real = await cachedVectors(REAL_PAPERS);
  const papers = real.length / DIMENSION - QUERIES;
  const titles: string[] = [];
  let index = 0;
  for await (const { title } of papersOf(await corpusFile(REAL_PAPERS), papers + QUERIES))
    if (index++ >= papers) titles.push(title);
  const encoder = createProcessEncoder();
  try {
    const encoded = await encoder.encode(titles);
    return {
      vectors: real.subarray(0, papers * DIMENSION),
      papers,
      questions: [
        { name: 'papers', queries: titles.map((_, q) => rowOf(real, papers + q)) },
        { name: 'titles', queries: titles.map((_, q) => rowOf(encoded, q)) },
      ],
    };
  } finally {
    await encoder.close();
  }
}

export function rowOf(vectors: Float32Array, doc: number): Float32Array {
  return vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);
}

/** The real vectors encoded, repeated up to `count`: enough for measuring times. */
export function repeated({ vectors, papers }: DenseData, count: number): CodeMemory {
  const memory = new CodeMemory(count, DIMENSION);
  for (let doc = 0; doc < Math.min(count, papers); doc++) memory.encode(doc, rowOf(vectors, doc));
  for (let doc = papers; doc < count; doc++) {
    const source = (doc % papers) * memory.stride;
    memory.codes.copyWithin(doc * memory.stride, source, source + memory.stride);
    memory.scales[doc] = memory.scales[doc % papers]!;
    memory.errors[doc] = memory.errors[doc % papers]!;
  }
  return memory;
}

/** The real vector, or for a document after them a randomly perturbed copy of one, always the same. */
export function perturbed({ vectors, papers }: DenseData, doc: number): Float32Array {
  const source = rowOf(vectors, doc % papers);
  if (doc < papers) return source;
  const random = mulberry32(doc);
  const noise = Float32Array.from(source, () => random() - 0.5);
  const weight = Math.sqrt((1 / COPY_COSINE ** 2 - 1) / innerProduct(noise, noise));
  const moved = source.map((value, i) => value + weight * noise[i]!);
  const norm = Math.sqrt(innerProduct(moved, moved));
  return moved.map((value) => value / norm);
}
