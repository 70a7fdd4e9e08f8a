import { PaperSearchError } from '../../errors.ts';
import { sleep } from '../../util/pause.ts';
import type { ClusterClient } from '../client/cluster-client.ts';

/** Lucene merges no larger segments by itself, so later changes could not merge them. */
const MAX_SEGMENT_BYTES = 5 * 2 ** 30;
/** How long one request waits for the merge, which continues without it. */
const WITHIN_MS = 60_000;
const POLL_MS = 1_000;
const ACTION = 'indices:admin/forcemerge';

/** How long to wait until no copy of a shard may ask for what was written. It is a matter of seconds. */
const UNRETAINED_WITHIN_MS = 60_000;
/** A smaller index is not worth the wait. */
const MIN_BYTES = 64 * 2 ** 20;

/**
 * Merges the segments of an index that was just filled, which no one searches yet: nearest vectors are looked for in every
 * segment, and until its first merge a document is stored twice, once with all that is not kept of it, which another copy of
 * its shard could ask for. Returns when the merge has ended, however long it takes.
 * @param index without writers. @param options `minBytes`: a smaller index stays as it is.
 */
export async function mergeSegments(
  client: ClusterClient,
  index: string,
  { minBytes = MIN_BYTES }: { readonly minBytes?: number | undefined } = {},
): Promise<void> {
  const { _all, _shards } = await client.request<Stats>('GET', `/${index}/_stats/store`);
  const all = _all.primaries.store.size_in_bytes;
  if (all < minBytes) return;
  await client.request('POST', `/${index}/_flush`, { query: { force: true, wait_if_ongoing: true } });
  // A shard notes twice a minute that its copies have what was written.
  const until = performance.now() + UNRETAINED_WITHIN_MS;
  while ((await isRetained(client, index)) && performance.now() < until) await sleep(POLL_MS, undefined);
  const bytes = all / Math.max(1, _shards.successful);
  const segments = Math.max(1, Math.ceil(bytes / MAX_SEGMENT_BYTES));
  try {
    await client.request('POST', `/${index}/_forcemerge`, {
      query: { max_num_segments: segments },
      timeoutMs: WITHIN_MS,
      idempotent: false,
    });
  } catch (error) {
    if (!(error instanceof PaperSearchError && error.code === 'CLUSTER_UNAVAILABLE')) throw error;
    while (await isMerging(client, index)) await sleep(POLL_MS, undefined);
  }
  await client.request('POST', `/${index}/_refresh`);
}

interface ShardStats {
  readonly indices: Readonly<
    Record<
      string,
      {
        readonly shards: Readonly<
          Record<
            string,
            readonly {
              readonly routing: { readonly primary: boolean };
              readonly seq_no: { readonly max_seq_no: number };
              readonly retention_leases: {
                readonly leases: readonly { readonly retaining_seq_no: number }[];
              };
            }[]
          >
        >;
      }
    >
  >;
}

/** Whether a shard still keeps what was written for other copies. */
async function isRetained(client: ClusterClient, index: string): Promise<boolean> {
  const { indices } = await client.request<ShardStats>('GET', `/${index}/_stats`, {
    query: { level: 'shards' },
  });
  const copies = Object.values(indices[index]?.shards ?? {}).flat();
  return copies
    .filter(({ routing }) => routing.primary)
    .some((copy) =>
      copy.retention_leases.leases.some((lease) => lease.retaining_seq_no <= copy.seq_no.max_seq_no),
    );
}

interface Stats {
  readonly _shards: { readonly successful: number };
  readonly _all: { readonly primaries: { readonly store: { readonly size_in_bytes: number } } };
}

interface Tasks {
  readonly tasks: readonly { readonly description?: string }[];
}

async function isMerging(client: ClusterClient, index: string): Promise<boolean> {
  const { tasks } = await client.request<Tasks>('GET', '/_tasks', {
    query: { actions: `${ACTION}*`, detailed: true, group_by: 'none' },
  });
  return tasks.some(({ description }) => description?.includes(index));
}
