import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create as createDatabase, insert, save, search } from '@orama/orama';
import { product } from '../product.ts';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';

export const version = () => packageVersion('@orama/orama');

/** Orama's hybrid search, end to end: our encoder for the query, then its fusion. */
export function create(): BenchEngine {
  const encoder = product.createProcessEncoder();
  let database: ReturnType<typeof createDatabase>;
  return {
    async build({ dimension, vectors: read, papers }) {
      database = createDatabase({
        schema: { title: 'string', abstract: 'string', vector: `vector[${dimension}]` },
      });
      const vectors = read();
      let id = 0;
      for await (const { title, abstract } of papers()) {
        const vector = Array.from(vectors.subarray(id * dimension, (id + 1) * dimension));
        await insert(database, { id: String(id++), title, abstract, vector });
      }
    },
    async query({ text }) {
      const vector = await encoder.encode([text]);
      const { hits } = await search(database, {
        mode: 'hybrid',
        term: text,
        properties: ['title', 'abstract'],
        threshold: 1,
        vector: { value: Array.from(vector), property: 'vector' },
        similarity: 0,
        limit: TOP,
      });
      return hits.map(({ id }) => Number(id));
    },
    save: (folder) => writeFile(join(folder, 'index.json'), JSON.stringify(save(database))),
    close: () => encoder.close(),
  };
}
