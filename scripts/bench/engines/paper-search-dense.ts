import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FlatIndex } from '../../../src/dense/flat-index.ts';
import { topK } from '../../../src/search/top-k.ts';
import { VERSION } from '../../../src/version.ts';
import { type BenchEngine, TOP } from './engine.ts';

export const version = () => VERSION;

/** The dense engine of paper-search on ready vectors. */
export function create(): BenchEngine {
  let index: FlatIndex;
  let vectors: Float32Array;
  return {
    async build(input) {
      vectors = input.vectors();
      index = new FlatIndex(vectors, input.dimension);
    },
    query: ({ vector }) => topK(index.score(vector!), TOP, Number.NEGATIVE_INFINITY).map(({ doc }) => doc),
    save: (folder) => writeFile(join(folder, 'vectors.f32'), new Uint8Array(vectors.buffer)),
  };
}
