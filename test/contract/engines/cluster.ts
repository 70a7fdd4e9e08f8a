import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../../../src/cluster/client/connect.ts';
import { ingestIntoCluster } from '../../../src/cluster/ingest/ingest-into-cluster.ts';
import { removeFromCluster } from '../../../src/cluster/ingest/remove-from-cluster.ts';
import { openCluster } from '../../../src/cluster/open-cluster.ts';
import type { Engine } from '../../../src/search/engine.ts';
import { WordEncoder } from '../word-encoder.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/** After this time an engine asks the cluster which snapshot is the current one, and somewhat more (milliseconds). */
const CURRENT_FOR_MS = 1200;

/** The engine over a cluster. @param nodes URLs of nodes that tests may write to. */
export function clusterAt(nodes: readonly string[]): EngineUnderTest {
  return {
    name: 'cluster',
    create: async (name) => {
      const corpus = `contract-${name}-${randomBytes(4).toString('hex')}`;
      // Several nodes on a small machine can be slow.
      const options = { nodes, corpus, timeoutMs: 120_000 };
      const opened: Engine[] = [];
      return {
        ingest: async (paths) => {
          await ingestIntoCluster(paths, { ...options, encoder: new WordEncoder() });
        },
        remove: async (ids) => {
          await removeFromCluster({ ids }, { ...options, encoder: new WordEncoder() });
        },
        open: async () => {
          const engine = await openCluster({ ...options, encoderOf: async () => new WordEncoder() });
          opened.push(engine);
          return { engine, refresh: () => pause(CURRENT_FOR_MS) };
        },
        dispose: async () => {
          for (const engine of opened) await engine.close();
          await deleteCorpus(nodes, corpus);
        },
      };
    },
  };
}

async function deleteCorpus(nodes: readonly string[], corpus: string): Promise<void> {
  const client = await connect({ nodes });
  try {
    const found = await client.request<Record<string, unknown>>('GET', `/paper-search-${corpus}*`, {
      query: { filter_path: '*.settings.index.uuid' },
    });
    // One by one: the names are ours, and a pattern may be forbidden.
    for (const index of Object.keys(found)) await client.request('DELETE', `/${index}`);
  } finally {
    await client.close();
  }
}
