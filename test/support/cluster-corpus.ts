import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { connect } from '../../src/cluster/client/connect.ts';
import { isAnswer } from '../../src/cluster/client/response-error.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { FakeCluster } from './fake-cluster.ts';

/** The nodes of the cluster that tests may write to; empty where there is none. */
export const CLUSTER_NODES = (process.env['PAPER_SEARCH_OPENSEARCH'] ?? '').split(',').filter(Boolean);

/** Whether tests with a cluster are skipped; says so once. */
export const withoutCluster = CLUSTER_NODES.length === 0;
if (withoutCluster) {
  console.warn('Skipped: PAPER_SEARCH_OPENSEARCH does not name the nodes of an OpenSearch cluster.');
}

/** A corpus for one test, deleted with the test. */
export class ClusterCorpus {
  readonly nodes = CLUSTER_NODES;
  readonly corpus: string;
  readonly client: ClusterClient;

  private constructor(client: ClusterClient, corpus: string) {
    this.client = client;
    this.corpus = corpus;
  }

  /** @param prefix of its name. @param fake the cluster. Default: that of `CLUSTER_NODES`. */
  static async make(prefix: string, fake?: ClusterClient): Promise<ClusterCorpus> {
    const client = fake ?? (await connect({ nodes: CLUSTER_NODES }));
    const made = new ClusterCorpus(client, `${prefix}-${randomBytes(4).toString('hex')}`);
    if (fake) return made;
    onTestFinished(async () => {
      for (const index of await made.indices()) await client.request('DELETE', `/${index}`);
      await client.close();
    });
    return made;
  }

  /** All indices of the corpus. */
  async indices(): Promise<string[]> {
    if (this.client instanceof FakeCluster) return [...this.client.indices.keys()];
    const found = await this.client.request<Record<string, unknown>>('GET', `/paper-search-${this.corpus}*`, {
      query: { filter_path: '*.settings.index.uuid' },
    });
    return Object.keys(found);
  }

  /** The published papers, sorted by their ids. */
  async papers(): Promise<Paper[]> {
    return (await this.documents()).map(({ paper }) => paper);
  }

  /** What is kept of the published papers, sorted by their ids. */
  async documents(): Promise<{ paper: Paper; numbers: Record<string, number> }[]> {
    const { hits } = await this.client.search<{ paper: Paper; numbers: Record<string, number> }>(
      `paper-search-${this.corpus}`,
      { size: 10_000, _source: ['paper', 'numbers'] },
    );
    return hits.hits.map(({ _source }) => _source).sort((a, b) => (a.paper.id < b.paper.id ? -1 : 1));
  }

  /** Whether a snapshot is published. */
  async isPublished(): Promise<boolean> {
    try {
      await this.client.request('GET', `/_alias/paper-search-${this.corpus}`);
      return true;
    } catch (error) {
      if (isAnswer(error, 404)) return false;
      throw error;
    }
  }
}
