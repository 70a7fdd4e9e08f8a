import { PaperSearchError } from '../../errors.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { isAnswer } from '../client/response-error.ts';
import { CLUSTER_FORMAT } from './mapping.ts';
import { expectMapping } from './mapping-check.ts';
import { aliasOf, corpusOf, EVERY_ALIAS } from './names.ts';
import type { BuildingMeta, SnapshotMeta, StoredSnapshot } from './snapshot-meta.ts';

/** Corpora that a message lists. */
const MAX_LISTED = 10;

type Meta = BuildingMeta | SnapshotMeta;
type MappingsOfIndices = Readonly<
  Record<string, { readonly mappings?: { readonly _meta?: { readonly paperSearch?: Meta } } }>
>;

/** What the indices of a name or pattern say of themselves; those that this program did not make are left out. */
export async function metaOf(client: ClusterClient, pattern: string): Promise<Map<string, Meta>> {
  let found: MappingsOfIndices;
  try {
    found = await client.request<MappingsOfIndices>('GET', `/${encodeURIComponent(pattern)}/_mapping`, {
      query: { filter_path: '*.mappings._meta' },
    });
  } catch (error) {
    if (isAnswer(error, 404)) return new Map();
    throw error;
  }
  return new Map(
    Object.entries(found).flatMap(([index, { mappings }]) => {
      const meta = mappings?._meta?.paperSearch;
      return meta ? [[index, meta] as const] : [];
    }),
  );
}

/**
 * The current snapshot of a corpus; undefined where none was published.
 * @throws PaperSearchError INDEX_INCOMPATIBLE for an alias of indices that this program did not publish, or of another
 *   format.
 */
export async function currentSnapshot(
  client: ClusterClient,
  corpus: string,
): Promise<StoredSnapshot | undefined> {
  const alias = aliasOf(corpus);
  const indices = await indicesOf(client, alias);
  const [index, ...others] = indices;
  if (index === undefined) return undefined;
  const meta = others.length === 0 ? (await metaOf(client, index)).get(index) : undefined;
  if (!meta) {
    const message = `The alias ${alias} of the cluster is not of a corpus that paper-search has published: it is of ${indices.join(', ')}. Use another name for the corpus, or remove the alias.`;
    throw incompatible(message, { alias, indices });
  }
  expectFormat(meta, corpus);
  if (meta.state !== 'complete') {
    throw incompatible(`The alias ${alias} is of an index that was not completed. Remove the alias.`, {
      alias,
      index,
    });
  }
  return { index, meta };
}

/**
 * The current snapshot of a corpus, checked for what this program reads.
 * @throws PaperSearchError INDEX_MISSING for an unknown corpus, with the known ones; INDEX_INCOMPATIBLE for an index of
 *   another format, or without a field that this program needs.
 */
export async function openSnapshot(client: ClusterClient, corpus: string): Promise<StoredSnapshot> {
  const found = await currentSnapshot(client, corpus);
  if (!found) throw unknownCorpus(corpus, await listCorpora(client));
  await expectMapping(client, found, corpus);
  return found;
}

/** The corpora of a cluster, by name. */
export async function listCorpora(client: ClusterClient): Promise<string[]> {
  const aliases = await client.request<
    Record<string, { readonly aliases: Readonly<Record<string, unknown>> }>
  >('GET', `/_alias/${EVERY_ALIAS}`, { query: { ignore_unavailable: true } });
  const names = Object.values(aliases).flatMap((index) => Object.keys(index.aliases));
  return [...new Set(names.flatMap((alias) => corpusOf(alias) ?? []))].sort();
}

/** The indices that an alias is of; none for an unknown one. */
export async function indicesOf(client: ClusterClient, alias: string): Promise<string[]> {
  try {
    return Object.keys(await client.request<Record<string, unknown>>('GET', `/_alias/${alias}`));
  } catch (error) {
    if (isAnswer(error, 404)) return [];
    throw error;
  }
}

function expectFormat({ format, writtenBy }: Meta, corpus: string): void {
  if (format === CLUSTER_FORMAT) return;
  const remedy =
    format > CLUSTER_FORMAT
      ? `Install paper-search ${writtenBy} or newer`
      : 'Ingest the papers again with --rebuild';
  throw incompatible(
    `The corpus "${corpus}" has format ${format} of the cluster; this program reads format ${CLUSTER_FORMAT}. ${remedy}.`,
    { corpus, found: format, expected: CLUSTER_FORMAT },
  );
}

function unknownCorpus(corpus: string, known: readonly string[]): PaperSearchError {
  const listed = known.slice(0, MAX_LISTED).map((name) => `"${name}"`);
  const more = known.length > listed.length ? ` and ${known.length - listed.length} more` : '';
  const others = known.length === 0 ? 'It has none yet.' : `It has ${listed.join(', ')}${more}.`;
  return new PaperSearchError(
    'INDEX_MISSING',
    `The cluster has no corpus "${corpus}". ${others} Make it with: paper-search ingest --engine opensearch --corpus ${corpus} PATH`,
    { details: { corpus, known: known.slice(0, MAX_LISTED) } },
  );
}

function incompatible(message: string, details: Record<string, unknown>): PaperSearchError {
  return new PaperSearchError('INDEX_INCOMPATIBLE', message, { details });
}
