import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create as createDatabase, insert, save, search } from '@orama/orama';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';

export const version = () => packageVersion('@orama/orama');

/** Orama's vector search. */
export function create(): BenchEngine {
  let database: ReturnType<typeof createDatabase>;
  return {
    async build({ count, dimension, vectors: read }) {
      database = createDatabase({ schema: { vector: `vector[${dimension}]` } });
      const vectors = read();
      for (let id = 0; id < count; id++) {
        const vector = Array.from(vectors.subarray(id * dimension, (id + 1) * dimension));
        await insert(database, { id: String(id), vector });
      }
    },
    async query({ vector }) {
      const { hits } = await search(database, {
        mode: 'vector',
        vector: { value: Array.from(vector!), property: 'vector' },
        // The default excludes papers with a similarity below 0.8: most papers.
        similarity: 0,
        limit: TOP,
      });
      return hits.map(({ id }) => Number(id));
    },
    save: (folder) => writeFile(join(folder, 'index.json'), JSON.stringify(save(database))),
  };
}
