import { PaperSearchError } from '../../errors.ts';
import { sleep } from '../../util/pause.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { isAnswer } from '../client/response-error.ts';

/** How long the first copy of every shard may take to start. A clone starts at once, but clusters may be busy. */
const FIRST_WITHIN_MS = 120_000;
const POLL_MS = 250;
const MAX_POLL_MS = 2_000;

interface Health {
  readonly status: 'green' | 'yellow' | 'red';
}

/**
 * Waits for the shards of an index: the first copy of each, and the others too, if they come within a time.
 * @throws PaperSearchError INDEX_UNWRITABLE when first copies do not start, with the reason of the cluster.
 */
export async function waitForShards(
  client: ClusterClient,
  index: string,
  {
    copies,
    withinMs = FIRST_WITHIN_MS,
  }: { readonly copies: boolean; readonly withinMs?: number | undefined },
): Promise<void> {
  const started = performance.now();
  for (let wait = POLL_MS; ; wait = Math.min(wait * 1.5, MAX_POLL_MS)) {
    const { status } = await client.request<Health>('GET', `/_cluster/health/${index}`);
    if (status === 'green' || (status === 'yellow' && !copies)) return;
    const waited = performance.now() - started;
    if (status === 'yellow' && waited > withinMs) return;
    if (waited > Math.max(withinMs, FIRST_WITHIN_MS)) throw await notStarted(client, index);
    await sleep(wait, undefined);
  }
}

async function notStarted(client: ClusterClient, index: string): Promise<PaperSearchError> {
  const reason = await reasonOf(client, index);
  return new PaperSearchError(
    'INDEX_UNWRITABLE',
    `The cluster does not start the shards of ${index}: ${reason} Repair the cluster, then run the same command again.`,
    { details: { index } },
  );
}

interface Explanation {
  readonly allocate_explanation?: string;
  readonly node_allocation_decisions?: readonly {
    readonly deciders?: readonly { readonly explanation: string }[];
  }[];
}

async function reasonOf(client: ClusterClient, index: string): Promise<string> {
  try {
    const found = await client.request<Explanation>('GET', '/_cluster/allocation/explain', {
      body: { index, shard: 0, primary: true },
    });
    const [decider] = found.node_allocation_decisions?.flatMap(({ deciders }) => deciders ?? []) ?? [];
    return [found.allocate_explanation, decider?.explanation].filter((text) => text !== undefined).join('; ');
  } catch (error) {
    if (isAnswer(error, 400, 404)) return 'it gives no reason.';
    throw error;
  }
}
