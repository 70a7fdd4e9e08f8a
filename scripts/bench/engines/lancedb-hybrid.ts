import { connect, Index, rerankers, type Table } from '@lancedb/lancedb';
import { product } from '../product.ts';
import { type BenchEngine, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';

const BATCH = 10_000;

export const version = () => packageVersion('@lancedb/lancedb');

/** LanceDB's hybrid search, end to end: our encoder for the query, then full text and flat scan, fused by RRF. */
export function create(): BenchEngine {
  const encoder = product.createProcessEncoder();
  let table: Table | undefined;
  let reranker: unknown;
  return {
    async build({ folder, dimension, vectors: read, papers }) {
      const connection = await connect(folder);
      const vectors = read();
      let batch: Record<string, unknown>[] = [];
      let doc = 0;
      const flush = async () => {
        if (table) await table.add(batch);
        else table = await connection.createTable('papers', batch);
        batch = [];
      };
      for await (const { title, abstract } of papers()) {
        const vector = Array.from(vectors.subarray(doc * dimension, (doc + 1) * dimension));
        batch.push({ doc: doc++, text: `${title}\n${abstract}`, vector });
        if (batch.length === BATCH) await flush();
      }
      if (batch.length > 0) await flush();
      await table!.createIndex('text', { config: Index.fts() });
      reranker = await rerankers.RRFReranker.create();
    },
    async query({ text }) {
      const vector = await encoder.encode([text]);
      const query = table!
        .query()
        .nearestTo(vector)
        .distanceType('dot')
        .fullTextSearch(text, { columns: ['text'] })
        .rerank(reranker)
        .select(['doc'])
        .limit(TOP);
      return (await query.toArray()).map(({ doc }) => Number(doc));
    },
    close: () => encoder.close(),
  };
}
