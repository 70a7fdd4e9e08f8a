import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TopDocuments } from '../../../src/indexes/top-documents.ts';
import { type BenchEngine, TOP } from './engine.ts';

export const version = () => 'exact';

/** Inner products of the query with every vector, in plain JavaScript: the exact answer, and the simplest engine. */
export function create(): BenchEngine {
  let vectors: Float32Array;
  let dimension: number;
  return {
    async build(input) {
      dimension = input.dimension;
      vectors = input.vectors();
    },
    query({ vector }) {
      const best = new TopDocuments(TOP);
      for (let doc = 0; doc < vectors.length / dimension; doc++) {
        const score = innerProduct(vector!, vectors, doc * dimension);
        if (score >= best.threshold) best.add(doc, score);
      }
      return best.ranked().map(({ doc }) => doc);
    },
    save: (folder) => writeFile(join(folder, 'vectors.f32'), new Uint8Array(vectors.buffer)),
  };
}

/** Four independent sums, which can run in parallel. */
function innerProduct(query: Float32Array, vectors: Float32Array, start: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < query.length; i += 4) {
    a += query[i]! * vectors[start + i]!;
    b += query[i + 1]! * vectors[start + i + 1]!;
    c += query[i + 2]! * vectors[start + i + 2]!;
    d += query[i + 3]! * vectors[start + i + 3]!;
  }
  return a + b + c + d;
}
