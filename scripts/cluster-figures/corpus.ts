import { randomBytes } from 'node:crypto';
import { bulk } from '../../src/cluster/client/bulk.ts';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { connect } from '../../src/cluster/client/connect.ts';
import { ingestIntoCluster } from '../../src/cluster/ingest/ingest-into-cluster.ts';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { documentId, documentOf } from '../../src/cluster/store/document.ts';
import { beginChange, dropSnapshot, publish } from '../../src/cluster/store/snapshots.ts';
import type { Encoder } from '../../src/encode/encoder.ts';
import { readCorpusFile } from '../../src/papers/read/read-corpus.ts';
import type { Engine } from '../../src/search/engine.ts';
import { rerankersOf } from '../../src/search/rerank/rerankers.ts';
import { type ClusterCost, measureCost } from './measure.ts';

/** A corpus in the cluster for these figures. */
export class MeasuredCorpus {
  readonly client: ClusterClient;
  readonly #options: { readonly nodes: readonly string[]; readonly corpus: string };
  readonly #encoder: Encoder;
  #snapshot = '';

  private constructor(client: ClusterClient, nodes: readonly string[], encoder: Encoder) {
    this.client = client;
    this.#options = { nodes, corpus: `figures-${randomBytes(4).toString('hex')}` };
    this.#encoder = encoder;
  }

  static async make(nodes: readonly string[], encoder: Encoder): Promise<MeasuredCorpus> {
    return new MeasuredCorpus(await connect({ nodes }), nodes, encoder);
  }

  /** @returns papers in the corpus afterwards, and the seconds that it took. */
  async ingest(file: string): Promise<{ papers: number; seconds: number }> {
    const started = performance.now();
    const { papers, snapshot } = await ingestIntoCluster([file], {
      ...this.#options,
      encoder: this.#encoder,
    });
    this.#snapshot = snapshot;
    return { papers, seconds: (performance.now() - started) / 1000 };
  }

  /**
   * Writes the papers of a file without looking up what they have in common with others, as the first load of papers that
   * are known to differ: documents are made and sent as by `ingest`, but records of one paper are not merged.
   * @returns papers in the corpus afterwards, and the seconds that it took.
   */
  async load(file: string, shards: number): Promise<{ papers: number; seconds: number }> {
    const started = performance.now();
    const { corpus } = this.#options;
    const before = this.#snapshot || undefined;
    const parts = { model: this.#encoder.model, keepDuplicates: false, shards, replicas: 0 };
    const index = await beginChange(this.client, corpus, before, parts);
    await bulk(this.client, this.#documents(file, index));
    const { counts } = await publish(this.client, corpus, index);
    this.#snapshot = index;
    const seconds = (performance.now() - started) / 1000;
    // Its files are shared with the new one, but those that merges replaced would remain.
    if (before) await dropSnapshot(this.client, before);
    return { papers: counts.papers, seconds };
  }

  async *#documents(file: string, index: string) {
    const now = Date.now();
    for await (const event of readCorpusFile({ file, named: true }, {}, 'beir')) {
      if (event.kind !== 'paper') continue;
      const { paper } = event;
      const vector = await this.#encoder.encode([{ title: paper.title, body: paper.abstract }]);
      const arrival = { added: now, changed: now };
      const document = documentOf(paper, { vector, arrival, records: { list: [{}] } });
      yield { action: 'index', index, id: documentId(paper.id), document } as const;
    }
  }

  open(): Promise<Engine> {
    const encoderOf = async () => this.#encoder;
    return openCluster({ ...this.#options, encoderOf, rerankers: rerankersOf([]) });
  }

  /** @param withKeys whether it has the index by which ingests find records of one paper. */
  cost(withKeys: boolean): Promise<ClusterCost> {
    const keys = withKeys ? `paper-search-${this.#options.corpus}-keys` : undefined;
    return measureCost(this.client, this.#snapshot, keys);
  }

  async end(): Promise<void> {
    const found = await this.client.request<Record<string, unknown>>(
      'GET',
      `/paper-search-${this.#options.corpus}*`,
      { query: { filter_path: '*.settings.index.uuid' } },
    );
    for (const index of Object.keys(found)) await this.client.request('DELETE', `/${index}`);
    await this.client.close();
  }
}
