import { join } from 'node:path';

/** Names inside an index folder. A snapshot is a folder named by its digest; CURRENT holds the name of one. */
export const LAYOUT = {
  current: 'CURRENT',
  manifest: 'manifest.json',
  papers: 'papers.jsonl',
  laterPapers: 'papers.later.jsonl',
  sources: 'sources.jsonl',
  records: 'records.bin',
  documents: 'documents.idx',
  lexical: 'lexical.bin',
  fields: 'attributes.bin',
  vectors: 'vectors.f32',
  laterVectors: 'vectors.later.f32',
  codes: 'vectors.i8',
  coarse: 'vectors.coarse',
  sentences: 'sentences.i8',
  map: 'map.bin',
  earlierMap: 'map.earlier.bin',
  arrivals: 'arrivals.bin',
  journal: 'encoding.journal',
  lock: 'ingest',
  holder: 'ingest.holder',
  kept: 'kept',
} as const;

/**
 * The folder of what people keep beside the papers of an index: collections, watches, tokens. It belongs to no snapshot,
 * and no ingest changes it.
 */
export function keptFolder(indexFolder: string): string {
  return join(indexFolder, LAYOUT.kept);
}

/** Name of a snapshot's folder: its digest, and a number when a damaged one has the name already. */
const SNAPSHOT = /^[0-9a-f]{16}(?:-\d+)?$/;
/** Names of a snapshot's folder while it is written, of records on their way into one, and of the next CURRENT. */
const UNFINISHED = /^(?:[0-9a-f]{16}(?:-\d+)?|snapshot|records|CURRENT)\.[0-9a-f-]+\.tmp$/;

/** Whether a name in an index folder is that of a finished snapshot. */
export function isSnapshotName(name: string): boolean {
  return SNAPSHOT.test(name);
}

/** Whether a name in an index folder is that of something an interrupted ingest left. */
export function isUnfinishedName(name: string): boolean {
  return UNFINISHED.test(name);
}

/** The file that names the snapshot in use. */
export function currentFile(indexFolder: string): string {
  return join(indexFolder, LAYOUT.current);
}
