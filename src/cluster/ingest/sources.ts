import { createHash } from 'node:crypto';
import { SourcePaths } from '../../ingest/source-paths.ts';
import { STDIN } from '../../papers/read/files.ts';
import { type BulkItem, bulk } from '../client/bulk.ts';
import type { ClusterClient } from '../client/cluster-client.ts';
import { allDocuments } from './documents.ts';

/** A source file in the index of keys. */
interface SourceDocument {
  readonly kind: 'source';
  /** The name that results show, and the real path. */
  readonly name: string;
  readonly path: string;
}

const PAGE = 5000;

/** The names of the files that the records of a corpus come from. @param index of keys, refreshed. */
export async function readSources(
  client: ClusterClient,
  index: string,
  signal?: AbortSignal,
): Promise<SourcePaths> {
  const paths: Record<string, string> = {};
  const query = { term: { kind: 'source' } };
  for await (const page of allDocuments<SourceDocument>(client, index, query, PAGE, true, signal)) {
    for (const { document } of page) paths[document.name] = document.path;
  }
  return SourcePaths.of(paths, Object.keys(paths));
}

/** Notes the real paths of files, by the names that their records have. */
export async function writeSources(
  client: ClusterClient,
  index: string,
  names: Iterable<string>,
  sources: SourcePaths,
  signal?: AbortSignal,
): Promise<void> {
  const items = Array.from(new Set(names))
    .filter((name) => name !== STDIN)
    .map((name): BulkItem => {
      const document: SourceDocument = { kind: 'source', name, path: sources.pathOf(name) };
      const digest = createHash('sha256').update(name).digest('base64url');
      return { action: 'index', index, id: `source:${digest}`, document };
    });
  await bulk(client, items, { signal });
}
