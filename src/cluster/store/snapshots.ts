import type { ModelInfo } from '../../encode/model-info.ts';
import { PaperSearchError } from '../../errors.ts';
import { VERSION } from '../../version.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { isAnswer } from '../client/response-error.ts';
import { currentSnapshot, indicesOf, metaOf } from './current-snapshot.ts';
import {
  CLUSTER_FORMAT,
  DEFAULT_REPLICAS,
  DEFAULT_SHARDS,
  type IndexSettings,
  indexMapping,
  indexSettings,
} from './mapping.ts';
import { expectMapping } from './mapping-check.ts';
import { mergeSegments } from './merge-segments.ts';
import { aliasOf, indexPattern, newIndexName, timeOfIndex } from './names.ts';
import { waitForShards } from './shards.ts';
import type { BuildingMeta, SnapshotMeta } from './snapshot-meta.ts';
import { computeStatistics } from './statistics.ts';

export { currentSnapshot, listCorpora, openSnapshot } from './current-snapshot.ts';
export type { SnapshotMeta, StoredSnapshot } from './snapshot-meta.ts';

/*
 * A snapshot is an index, which never changes once it is published, and the alias of the corpus is of the current
 * one. The next one is a clone, which shares the files of the current one by hard links, is written to, and takes over the
 * alias. Readers that know the index of an earlier one stay on it until it is deleted, some minutes later.
 *
 * One process at a time begins and publishes changes of a corpus (src/cluster/ingest/ sees to that); several may write into
 * the index in between.
 */

/** How long an earlier snapshot is kept for those that still read it: far longer than any request takes. */
const GRACE_MS = 10 * 60_000;
/** How long publication waits for the copies of shards. Without them, it continues when every shard has its first copy. */
const REPLICAS_WITHIN_MS = 120_000;

/** What a change is begun with. */
export interface ChangeParts extends IndexSettings {
  readonly model: ModelInfo;
  readonly keepDuplicates: boolean;
}

/**
 * Makes the index of the next snapshot: a clone of the current one, or an empty one. Indices of changes that were interrupted
 * before are deleted; to continue one, write into its index and publish that. Snapshots of earlier changes are deleted after
 * their grace period.
 * @param basis the current snapshot's index, to clone it; undefined for an empty one.
 * @returns the name of the index, whose shards are ready to be written to.
 * @throws PaperSearchError INDEX_LOCKED when `basis` is not current any more, INDEX_INCOMPATIBLE for a basis without a field
 *   of this version, INDEX_UNWRITABLE when the cluster does not start the shards, with its reason.
 */
export async function beginChange(
  client: ClusterClient,
  corpus: string,
  basis: string | undefined,
  { model, keepDuplicates, shards, replicas }: ChangeParts,
): Promise<string> {
  const current = await currentSnapshot(client, corpus).catch((error) => {
    // A rebuilt corpus may be of any version.
    if (basis === undefined && isIncompatible(error)) return undefined;
    throw error;
  });
  const [replaces] = await indicesOf(client, aliasOf(corpus));
  if (basis !== undefined && current?.index !== basis) throw outdated(corpus, basis, replaces);
  if (basis !== undefined) await expectMapping(client, current!, corpus);
  await deleteOldSnapshots(client, corpus, { abandoned: true });
  const index = newIndexName(corpus);
  const meta: BuildingMeta = {
    format: CLUSTER_FORMAT,
    state: 'building',
    writtenBy: VERSION,
    model,
    keepDuplicates,
    begunAt: new Date().toISOString(),
    ...(replaces !== undefined && { replaces }),
    isClone: basis !== undefined,
    settings: {
      shards: shards ?? current?.meta.settings.shards ?? DEFAULT_SHARDS,
      replicas: replicas ?? current?.meta.settings.replicas ?? DEFAULT_REPLICAS,
    },
  };
  if (basis === undefined) {
    const body = {
      settings: indexSettings(meta.settings),
      mappings: indexMapping(model.dimension, { ...meta }),
    };
    await makeIndex(client, `/${index}`, body);
  } else {
    await clone(client, basis, index);
    await putMeta(client, index, meta);
  }
  await waitForShards(client, index, { copies: false });
  return index;
}

/**
 * Publishes the index of a change: computes its statistics, copies its shards, and gives it the alias. Can be repeated after
 * an interruption.
 * @returns what the snapshot says of itself.
 * @throws PaperSearchError INDEX_LOCKED when another change has been published since this one began, INDEX_UNWRITABLE when
 *   the cluster does not start the shards.
 */
export async function publish(
  client: ClusterClient,
  corpus: string,
  index: string,
  { replicasWithinMs = REPLICAS_WITHIN_MS }: { readonly replicasWithinMs?: number | undefined } = {},
): Promise<SnapshotMeta> {
  const alias = aliasOf(corpus);
  const known = (await metaOf(client, index)).get(index);
  if (!known) throw new PaperSearchError('INDEX_MISSING', `The cluster has no index ${index} to publish.`);
  const [before] = await indicesOf(client, alias);
  if (before === index && known.state === 'complete') return known;
  if (before !== known.replaces) throw outdated(corpus, known.replaces, before);
  const { replicas } = known.settings;
  await client.request('POST', `/${index}/_refresh`);
  const statistics = await computeStatistics(client, index);
  // The parts of a clone are mostly merged; those that are not come with later merges.
  if (!known.isClone) await mergeSegments(client, index);
  await putSettings(client, index, { auto_expand_replicas: `0-${replicas}` });
  await waitForShards(client, index, { copies: true, withinMs: replicasWithinMs });
  const { format, writtenBy, model, keepDuplicates, begunAt, replaces, isClone, settings } = known;
  const meta: SnapshotMeta = {
    ...{ format, writtenBy, model, keepDuplicates, begunAt, isClone, settings },
    ...(replaces !== undefined && { replaces }),
    ...statistics,
    state: 'complete',
    createdAt: new Date().toISOString(),
  };
  // From here on it never changes. Not earlier, so that an interrupted publication can be begun again.
  await putSettings(client, index, { 'blocks.write': true });
  await putMeta(client, index, meta);
  if (before !== undefined) await retire(client, before);
  await swapAlias(client, corpus, index, before);
  await deleteOldSnapshots(client, corpus);
  return meta;
}

/** Deletes the index of a change that is not wanted any more. A published one stays. */
export async function dropSnapshot(client: ClusterClient, index: string): Promise<void> {
  try {
    const found = await client.request<
      Record<string, { readonly aliases: Readonly<Record<string, unknown>> }>
    >('GET', `/${index}/_alias`);
    if (Object.keys(found[index]?.aliases ?? {}).length > 0) return;
    await client.request('DELETE', `/${index}`);
  } catch (error) {
    if (!isAnswer(error, 404)) throw error;
  }
}

/** An index of a corpus, as `listSnapshots` finds it. */
export interface ListedSnapshot {
  readonly index: string;
  readonly meta: BuildingMeta | SnapshotMeta;
  /** Whether the alias is of it. */
  readonly isCurrent: boolean;
}

/** All indices of snapshots of a corpus, complete ones and others, the latest first. */
export async function listSnapshots(client: ClusterClient, corpus: string): Promise<ListedSnapshot[]> {
  const current = new Set(await indicesOf(client, aliasOf(corpus)));
  const found = await metaOf(client, indexPattern(corpus));
  return [...found]
    .filter(([index]) => timeOfIndex(corpus, index) !== undefined)
    .map(([index, meta]) => ({ index, meta, isCurrent: current.has(index) }))
    .sort((a, b) => (a.index < b.index ? 1 : -1));
}

/**
 * Deletes the snapshots that were replaced longer ago than the grace period.
 * @param options `abandoned`: also what interrupted changes have left. Only who changes the corpus may do that.
 * @returns the deleted indices.
 */
export async function deleteOldSnapshots(
  client: ClusterClient,
  corpus: string,
  { graceMs = GRACE_MS, abandoned = false }: { readonly graceMs?: number; readonly abandoned?: boolean } = {},
): Promise<string[]> {
  const deleted: string[] = [];
  for (const { index, meta, isCurrent } of await listSnapshots(client, corpus)) {
    if (isCurrent) continue;
    const retiredAt = meta.state === 'complete' ? meta.retiredAt : undefined;
    // A clone that was not begun says what its original does, which was not retired then.
    const isOld = retiredAt === undefined ? abandoned : Date.now() - Date.parse(retiredAt) >= graceMs;
    if (!isOld) continue;
    await dropSnapshot(client, index);
    deleted.push(index);
  }
  return deleted;
}

async function clone(client: ClusterClient, basis: string, index: string): Promise<void> {
  await putSettings(client, basis, { 'blocks.write': true });
  const settings = {
    number_of_replicas: 0,
    auto_expand_replicas: false,
    refresh_interval: '-1',
    blocks: { write: null },
  };
  await makeIndex(client, `/${basis}/_clone/${index}`, { settings: { index: settings } });
}

/**
 * Makes an index with a new, random name. If there is one already, this request has made it: a node that waits for the
 * cluster manager repeats it when the manager is killed, and is answered by the next one.
 */
async function makeIndex(client: ClusterClient, path: string, body: object): Promise<void> {
  try {
    await client.request('PUT', path, { body });
  } catch (error) {
    if (!isAnswer(error, 400) || error.type !== 'resource_already_exists_exception') throw error;
  }
}

/** Notes that another snapshot takes the place of one, before it does: every snapshot that is left will be deleted. */
async function retire(client: ClusterClient, index: string): Promise<void> {
  const meta = (await metaOf(client, index)).get(index);
  if (meta?.state === 'complete') {
    await putMeta(client, index, { ...meta, retiredAt: new Date().toISOString() });
  }
}

async function swapAlias(
  client: ClusterClient,
  corpus: string,
  index: string,
  before: string | undefined,
): Promise<void> {
  const alias = aliasOf(corpus);
  const actions = [
    ...(before === undefined ? [] : [{ remove: { index: before, alias, must_exist: true } }]),
    { add: { index, alias } },
  ];
  try {
    await client.request('POST', '/_aliases', { body: { actions } });
  } catch (error) {
    const [now] = await indicesOf(client, alias);
    // An earlier attempt has succeeded, whose answer did not come.
    if (now === index) return;
    if (isAnswer(error, 404)) throw outdated(corpus, before, now);
    throw error;
  }
}

async function putMeta(
  client: ClusterClient,
  index: string,
  meta: BuildingMeta | SnapshotMeta,
): Promise<void> {
  await client.request('PUT', `/${index}/_mapping`, { body: { _meta: { paperSearch: meta } } });
}

async function putSettings(
  client: ClusterClient,
  index: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await client.request('PUT', `/${index}/_settings`, { body: { index: settings } });
}

function isIncompatible(error: unknown): boolean {
  return error instanceof PaperSearchError && error.code === 'INDEX_INCOMPATIBLE';
}

function outdated(corpus: string, began: string | undefined, now: string | undefined): PaperSearchError {
  return new PaperSearchError(
    'INDEX_LOCKED',
    `Another change of the corpus "${corpus}" was published while this one was made: it began with ${began ?? 'no snapshot'}, and ${now ?? 'none'} is current. Run it again.`,
    { details: { corpus, began, now } },
  );
}
