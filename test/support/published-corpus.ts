import { type BulkItem, bulk } from '../../src/cluster/client/bulk.ts';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { documentId, documentOf } from '../../src/cluster/store/document.ts';
import { beginChange, publish, type SnapshotMeta } from '../../src/cluster/store/snapshots.ts';
import type { Encoder } from '../../src/encode/encoder.ts';
import type { Paper } from '../../src/papers/paper.ts';

/** When all papers came in, as in `snapshotOver`. */
const ARRIVED = Date.parse('2026-01-01T00:00:00.000Z');

/** Publishes papers as a corpus, with the vectors that `snapshotOver` gives them. */
export async function publishPapers(
  client: ClusterClient,
  corpus: string,
  papers: readonly Paper[],
  encoder: Encoder,
): Promise<{ readonly index: string; readonly meta: SnapshotMeta }> {
  const { model } = encoder;
  const index = await beginChange(client, corpus, undefined, {
    model,
    keepDuplicates: false,
    shards: 2,
    replicas: 0,
  });
  const vectors = await encoder.encode(papers.map(({ title, abstract }) => `${title} ${abstract}`));
  const items = papers.map((paper, i): BulkItem => {
    const vector = vectors.slice(i * model.dimension, (i + 1) * model.dimension);
    const document = documentOf(paper, {
      vector,
      records: [],
      arrival: { added: ARRIVED, changed: ARRIVED },
    });
    return { action: 'index', index, id: documentId(paper.id), document };
  });
  await bulk(client, items);
  return { index, meta: await publish(client, corpus, index) };
}
