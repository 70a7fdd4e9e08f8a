import { PaperSearchError } from '../errors.ts';
import type { IngestOptions } from '../ingest/ingest.ts';
import type { Removal, RemovalReport } from '../ingest/remove.ts';
import type { FullReport, IngestProgress } from '../ingest/report.ts';
import { kebabCase } from '../util/kebab-case.ts';
import { type ClusterPlace, type Place, placeText } from './place.ts';

/** One of several processes that share an ingest: number 1 to `of`. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** How papers are ingested, wherever they are. */
export interface PlaceIngestOptions extends Omit<IngestOptions, 'index'> {
  /** Only with a cluster. Default: this process does all of the work. */
  readonly shard?: Shard | undefined;
  /** Only with a cluster: primary shards of a new corpus, and copies of each shard. */
  readonly primaryShards?: number | undefined;
  readonly replicas?: number | undefined;
  /** Only with a cluster: drop a change that was interrupted, instead of refusing another one. */
  readonly discardUnfinished?: boolean | undefined;
}

/** What an ingest did. `waitingFor`: the shards that have not finished; nothing is published until they have. */
export type PlaceReport = FullReport & { readonly waitingFor?: readonly number[] | undefined };

/** Options of `ingest` that only an index has, with the reason. */
const INDEX_ONLY = {
  keywordEngine: 'the cluster has its own',
  corpusMap: 'there is no map of a cluster',
  sentenceVectors: 'sentences are encoded when they are compared',
  waitForVectors: 'its papers become visible when all are encoded',
} as const satisfies Partial<Record<keyof IngestOptions, string>>;

/** Options of `ingest` that only a cluster has. */
const CLUSTER_ONLY = [
  'shard',
  'primaryShards',
  'replicas',
  'discardUnfinished',
] as const satisfies readonly (keyof PlaceIngestOptions)[];

/**
 * Ingests files and folders into an index or a cluster.
 * @throws PaperSearchError BAD_REQUEST for an option that the place does not have; what `ingest` and `ingestIntoCluster`
 *   throw.
 */
export async function ingestInto(
  { index, cluster }: Place,
  paths: readonly string[],
  options: PlaceIngestOptions,
): Promise<PlaceReport> {
  expectFit(options, cluster);
  if (!cluster) {
    const { ingest } = await import('../ingest/ingest.ts');
    return ingest(paths, { ...options, index });
  }
  const { ingestIntoCluster } = await import('../cluster/ingest/ingest-into-cluster.ts');
  return ingestIntoCluster(paths, { ...options, ...cluster });
}

/** Removes papers from an index or a cluster. @throws PaperSearchError what `remove` and `removeFromCluster` throw. */
export async function removeFrom(
  { index, cluster }: Place,
  removal: Removal,
  options: { signal: AbortSignal; onProgress: (progress: IngestProgress) => void },
): Promise<RemovalReport> {
  if (!cluster) {
    const { remove } = await import('../ingest/remove.ts');
    return remove(removal, { ...options, index });
  }
  const { removeFromCluster } = await import('../cluster/ingest/remove-from-cluster.ts');
  return removeFromCluster(removal, { ...options, ...cluster });
}

/** Whether there are papers already, all of them encoded. @throws PaperSearchError what `openCluster` throws, except for a corpus that is missing. */
export async function hasPapers({ index, cluster }: Place): Promise<boolean> {
  if (!cluster) {
    const { currentSnapshot, readManifest } = await import('../indexes/store/snapshot-reader.ts');
    const name = await currentSnapshot(index);
    if (name === undefined) return false;
    const manifest = await readManifest(index, name).catch(() => undefined);
    return !manifest?.unfinished;
  }
  const { openCorpus } = await import('./open-engine.ts');
  try {
    await (await openCorpus(cluster)).close();
    return true;
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'INDEX_MISSING') return false;
    throw error;
  }
}

function expectFit(options: PlaceIngestOptions, cluster: ClusterPlace | undefined): void {
  for (const [name, reason] of Object.entries(INDEX_ONLY)) {
    if (!cluster || options[name as keyof typeof INDEX_ONLY] === undefined) continue;
    throw wrong(`--${kebabCase(name)} is for an index on this machine: ${reason}.`);
  }
  const given = cluster ? undefined : CLUSTER_ONLY.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw wrong(`--${kebabCase(given)} is for a cluster: add --engine opensearch.`);
}

/** A place as the subject of a sentence. */
export function subjectOf(place: Place): string {
  const text = placeText(place);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wrong(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
