import type { StatusByKey } from '../../papers/read/retractions.ts';
import { gravest, type PaperStatus } from '../../papers/status.ts';
import { type BulkItem, bulk } from '../client/bulk.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { allDocuments } from './documents.ts';

/** What a worker leaves for the one that publishes. */
interface StatusNote {
  readonly kind: 'statuses';
  readonly statuses: readonly (readonly [string, PaperStatus])[];
}

/** Digests of works whose citations have to be counted again. */
interface LinksNote {
  readonly kind: 'links';
  readonly works: readonly string[];
}

const CHANGED = 'changed';
const STATUSES_OF_NOTE = 1000;
const PAGE = 20;

/** Leaves what lists and notices say has become of papers. A worker that runs again overwrites its notes. */
export async function noteStatuses(
  client: ClusterClient,
  index: string,
  shard: number,
  statuses: StatusByKey,
  signal?: AbortSignal,
): Promise<void> {
  const all = [...statuses];
  const items: BulkItem[] = [];
  for (let start = 0; start < all.length; start += STATUSES_OF_NOTE) {
    const document: StatusNote = {
      kind: 'statuses',
      statuses: all.slice(start, start + STATUSES_OF_NOTE),
    };
    items.push({ action: 'index', index, id: `statuses:${shard}:${items.length}`, document });
  }
  await bulk(client, items, { signal });
}

/** All statuses that workers left. @param index of keys, refreshed. */
export async function notedStatuses(
  client: ClusterClient,
  index: string,
  signal?: AbortSignal,
): Promise<Map<string, PaperStatus>> {
  const statuses = new Map<string, PaperStatus>();
  const query = { term: { kind: 'statuses' } };
  for await (const page of allDocuments<StatusNote>(client, index, query, PAGE, true, signal)) {
    for (const { document } of page) {
      for (const [key, status] of document.statuses) {
        statuses.set(key, gravest([statuses.get(key), status])!);
      }
    }
  }
  return statuses;
}

/** Notes that the change writes something: without that, the snapshot before stays. */
export async function noteChanged(client: ClusterClient, index: string): Promise<void> {
  await client.request('PUT', `/${index}/_doc/${CHANGED}`, { body: { kind: CHANGED } });
}

/** Whether a worker of the change has written something. */
export async function isChanged(client: ClusterClient, index: string): Promise<boolean> {
  return client.request<boolean>('HEAD', `/${index}/_doc/${CHANGED}`);
}

/** Notes works whose citations have to be counted again. @param name of the note, of one transaction. */
export async function noteLinks(
  client: ClusterClient,
  index: string,
  name: string,
  works: ReadonlySet<string>,
): Promise<void> {
  const body: LinksNote = { kind: 'links', works: [...works] };
  await client.request('PUT', `/${index}/_doc/${encodeURIComponent(`links:${name}`)}`, { body });
}

/** The works that were noted, as they were noted together. @param index of keys, refreshed. */
export async function* notedLinks(
  client: ClusterClient,
  index: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly string[]> {
  const query = { term: { kind: 'links' } };
  for await (const page of allDocuments<LinksNote>(client, index, query, PAGE, true, signal)) {
    yield [...new Set(page.flatMap(({ document }) => document.works))];
  }
}

/** The kinds of what belongs to one change. */
export const KINDS_OF_CHANGE = ['shard', 'worker', 'statuses', 'links', CHANGED];
