import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { connect } from '../../src/cluster/client/connect.ts';
import { isAnswer } from '../../src/cluster/client/response-error.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { clusterNodes } from './cluster.ts';
import { FakeCluster } from './fake-cluster.ts';

/** A corpus for one test, deleted with the test. */
export class ClusterCorpus {
  readonly nodes = clusterNodes;
  readonly corpus: string;
  readonly client: ClusterClient;

  private constructor(client: ClusterClient, corpus: string) {
    this.client = client;
    this.corpus = corpus;
  }

  /** @param prefix of its name. @param fake the cluster. Default: that of `clusterNodes`. */
  static async make(prefix: string, fake?: ClusterClient): Promise<ClusterCorpus> {
    const client = fake ?? (await connect({ nodes: clusterNodes, timeoutMs: 180_000 }));
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
