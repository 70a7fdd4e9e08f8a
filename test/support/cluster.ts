import { randomBytes } from 'node:crypto';
import { afterAll, describe, test } from 'vitest';
import type { ClusterClient } from '../../src/cluster/client/cluster-client.ts';
import { connect } from '../../src/cluster/client/connect.ts';

/** The nodes of the cluster for tests: `PAPER_SEARCH_OPENSEARCH`, URLs with commas between them. */
export const clusterNodes: readonly string[] = (process.env.PAPER_SEARCH_OPENSEARCH ?? '')
  .split(',')
  .filter(Boolean);

/** On a busy machine, a cluster takes seconds for what it usually does in milliseconds. */
const TIMEOUT_MS = 180_000;

/**
 * Tests that need a cluster, in a file named `*.cluster.test.ts`. Without a cluster they are skipped, and their name says
 * what to do.
 */
export function describeOnCluster(name: string, tests: () => void): void {
  if (clusterNodes.length > 0) describe(name, { timeout: TIMEOUT_MS }, tests);
  else test.skip(`${name}: run .ci/cluster, or set PAPER_SEARCH_OPENSEARCH to the URLs of nodes`);
}

/** Connects to the cluster, for the tests of a file; called in `beforeAll`. */
export async function connectToCluster(): Promise<ClusterClient> {
  const client = await connect({ nodes: clusterNodes, timeoutMs: TIMEOUT_MS });
  afterAll(() => client.close());
  return client;
}

/** The name of a corpus that no other test uses; called at the top of a file. Its indices are deleted after the tests. */
export function corpusOfTests(prefix: string): string {
  const corpus = `${prefix}-${randomBytes(4).toString('hex')}`;
  afterAll(async () => {
    if (clusterNodes.length === 0) return;
    const client = await connect({ nodes: clusterNodes, timeoutMs: TIMEOUT_MS });
    await client.request('DELETE', `/paper-search-${corpus}*`, { query: { expand_wildcards: 'all' } });
    await client.close();
  });
  return corpus;
}
