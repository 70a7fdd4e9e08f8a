import { closeSync, openSync, readSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodeIndex } from '../../../src/indexes/vectors/code-index.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { VERSION } from '../../../src/version.ts';
import { type BenchEngine, TOP } from './engine.ts';

export const version = () => VERSION;

/** The dense index as search uses it: codes in memory, exact vectors on disk. */
export function create(): BenchEngine {
  let codes: CodeMemory;
  let index: CodeIndex;
  let file: number;
  let row: Float32Array;
  const vectorAt = (doc: number): Float32Array => {
    readSync(file, row, 0, row.byteLength, doc * row.byteLength);
    return row;
  };
  return {
    async build({ count, dimension, folder, vectors: read }) {
      const vectors = read();
      codes = new CodeMemory(count, dimension);
      for (let doc = 0; doc < count; doc++) {
        codes.encode(doc, vectors.subarray(doc * dimension, (doc + 1) * dimension));
      }
      index = new CodeIndex(codes);
      for (const _ of index.prepare());
      await writeFile(join(folder, 'vectors.f32'), vectors);
      file = openSync(join(folder, 'vectors.f32'), 'r');
      row = new Float32Array(dimension);
    },
    query: ({ vector }) => index.nearest(vector!, TOP, { vectorAt }).map(({ doc }) => doc),
    save: (folder) => writeFile(join(folder, 'codes.i8'), codes.image),
    close: async () => closeSync(file),
  };
}
