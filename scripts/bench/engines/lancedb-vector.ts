import { connect, type Table } from '@lancedb/lancedb';
import { type BenchEngine, type BuildInput, TOP } from './engine.ts';
import { packageVersion } from './package-version.ts';

/** Rows passed at a time: one Arrow batch each. */
const BATCH = 10_000;

export const version = () => packageVersion('@lancedb/lancedb');

/** LanceDB without a vector index: its flat scan, which is exact. */
export function create(): BenchEngine {
  let table: Table;
  return {
    async build(input) {
      const batches = rows(input);
      const connection = await connect(input.folder);
      table = await connection.createTable('papers', batches.next().value!);
      for (const batch of batches) await table.add(batch);
    },
    async query({ vector }) {
      const query = table
        .query()
        .nearestTo(vector!)
        .distanceType('dot')
        .select(['doc', '_distance'])
        .limit(TOP);
      return (await query.toArray()).map(({ doc }) => Number(doc));
    },
  };
}

function* rows({
  count,
  dimension,
  vectors: read,
}: BuildInput): Generator<{ doc: number; vector: number[] }[], undefined> {
  const vectors = read();
  for (let from = 0; from < count; from += BATCH) {
    yield Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => ({
      doc: from + i,
      vector: Array.from(vectors.subarray((from + i) * dimension, (from + i + 1) * dimension)),
    }));
  }
}
