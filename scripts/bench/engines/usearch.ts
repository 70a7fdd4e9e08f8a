import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';

/** The part of usearch that is used. Required, not imported: Node 20 cannot load its ES module. */
interface Usearch {
  readonly Index: new (
    options: Readonly<Record<string, unknown>>,
  ) => {
    add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
    search(vector: Float32Array, k: number, threads: number): { keys: BigUint64Array };
    save(file: string): void;
  };
  exactSearch(
    vectors: Float32Array,
    query: Float32Array,
    dimension: number,
    k: number,
    metric: string,
    threads: number,
  ): { keys: BigUint64Array };
}

const THREADS = 1;

export const version = () => packageVersion('usearch');

/** usearch: approximate by HNSW, or exact. */
export function create({ exact }: Readonly<Record<string, unknown>>): BenchEngine {
  const usearch: Usearch = createRequire(import.meta.url)('usearch');
  return exact ? exactEngine(usearch) : graphEngine(usearch);
}

function exactEngine({ exactSearch }: Usearch): BenchEngine {
  let vectors: Float32Array;
  let dimension: number;
  return {
    async build(input) {
      dimension = input.dimension;
      vectors = input.vectors();
    },
    query: ({ vector }) =>
      Array.from(exactSearch(vectors, vector!, dimension, TOP, 'ip', THREADS).keys, Number),
    save: (folder) => writeFile(join(folder, 'vectors.f32'), new Uint8Array(vectors.buffer)),
  };
}

function graphEngine({ Index }: Usearch): BenchEngine {
  let index: InstanceType<typeof Index>;
  return {
    async build({ count, dimension, vectors }) {
      index = new Index({
        dimensions: dimension,
        metric: 'ip',
        quantization: 'f32',
        connectivity: 16,
        expansion_add: 128,
        expansion_search: 64,
        multi: false,
      });
      index.add(
        BigUint64Array.from({ length: count }, (_, key) => BigInt(key)),
        vectors(),
        THREADS,
      );
    },
    query: ({ vector }) => Array.from(index.search(vector!, TOP, THREADS).keys, Number),
    save: async (folder) => index.save(join(folder, 'index.usearch')),
  };
}
