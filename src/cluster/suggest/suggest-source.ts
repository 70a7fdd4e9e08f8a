import type { ClusterClient, SearchBody, SearchResult } from '../client/cluster-client.ts';

/** Where texts are completed and words corrected: one index of a cluster. */
export interface SuggestSource {
  readonly client: Pick<ClusterClient, 'searchAll'>;
  /** The concrete index of a snapshot. */
  readonly index: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks for several things in one round trip. @param read reads each answer. */
export async function ask<T>(
  bodies: readonly SearchBody[],
  { client, index, signal }: SuggestSource,
  read: (result: SearchResult<unknown>) => T,
): Promise<T[]> {
  if (bodies.length === 0) return [];
  const requests = bodies.map((body) => ({ index, body }));
  return (await client.searchAll(requests, { signal })).map(read);
}
