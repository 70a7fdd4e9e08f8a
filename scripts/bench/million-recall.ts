/**
 * Compares the nearest papers that the vector index finds with those of an exact scan of all vectors in 32 bits:
 * `node --import tsx scripts/bench/million-recall.ts INDEX QUERY...`, with the result as JSON.
 */
import { openSnapshot } from '../../src/indexes/store/snapshot-reader.ts';
import { topDocuments } from '../../src/indexes/top-documents.ts';
import { CodeIndex } from '../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../src/indexes/vectors/code-memory.ts';
import { product } from './product.ts';
import { meanRecall, summarize } from './statistics.ts';

/** The share of the exact nearest 10 that were found, and the time of a scan for them on one core. */
export interface RecallFigures {
  readonly queries: number;
  readonly recallAt10: number;
  readonly scanMs: { readonly median: number; readonly p99: number };
}

const K = 10;

const [index, ...texts] = process.argv.slice(2) as [string, ...string[]];
const model = product.createProcessEncoder();
const { dimension } = model.model;
const encoded = await model.encode(texts);
await model.close();
const queries = texts.map((_, n) => encoded.slice(n * dimension, (n + 1) * dimension));
const snapshot = await openSnapshot(index);
const { size } = snapshot.papers;
const memory = new CodeMemory(size, dimension);
snapshot.readCodes(memory.image);
const codes = new CodeIndex(memory);
const vectorAt = (doc: number) => snapshot.vectors.read(doc);
const times: number[] = [];
const search = (query: Float32Array) => {
  const started = performance.now();
  const nearest = codes.nearest(query, K, { vectorAt });
  times.push(performance.now() - started);
  return nearest.map(({ doc }) => doc);
};
// Once more than is counted: the first builds what it needs.
search(queries[0]!);
times.length = 0;
const found = queries.map(search);
const scores = queries.map(() => new Float64Array(size));
for (let doc = 0; doc < size; doc++) {
  const vector = vectorAt(doc);
  for (const [n, query] of queries.entries()) {
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += query[i]! * vector[i]!;
    scores[n]![doc] = sum;
  }
}
const expected = scores.map((each) => topDocuments(each, K).map(({ doc }) => doc));
const { median, p99 } = summarize(times);
const figures: RecallFigures = {
  queries: queries.length,
  recallAt10: meanRecall(found, expected),
  scanMs: { median, p99 },
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
snapshot.close();
