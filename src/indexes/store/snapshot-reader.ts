import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { endianness } from 'node:os';
import { join } from 'node:path';
import { PaperSearchError } from '../../errors.ts';
import type { StoredBytes } from '../binary/stored-bytes.ts';
import { Arrivals } from './arrivals.ts';
import { ArtifactFile } from './artifact.ts';
import { corrupt } from './corrupt.ts';
import { DocumentIndex } from './document-index.ts';
import { currentFile, isSnapshotName, LAYOUT } from './layout.ts';
import { type Manifest, parseManifest, REBUILD } from './manifest.ts';
import { PaperRecords } from './paper-records.ts';
import { StoredRecordFacts } from './record-facts.ts';
import { SentenceRows } from './sentence-rows.ts';
import { SourceRecords } from './source-records.ts';
import { unreadable } from './unreadable.ts';
import { VectorRows } from './vector-rows.ts';

/** More than a pointer or a manifest ever has: another file in their place must not fill the memory. */
const MAX_POINTER_BYTES = 2 ** 10;
const MAX_MANIFEST_BYTES = 2 ** 26;

/** An open snapshot. What is read of it is checked; it can be read until it is closed, even when it was removed. */
export interface Snapshot {
  readonly name: string;
  readonly manifest: Manifest;
  readonly papers: PaperRecords;
  /** The source records that the papers are made of, by position. Opened at the first use. */
  readSources(): SourceRecords;
  /** What updates need to know of all records. Read again at every call; undefined in a snapshot of an earlier version. */
  readRecordFacts(): StoredRecordFacts | undefined;
  readonly vectors: VectorRows;
  /** When the papers came in and last changed. */
  readonly arrivals: Arrivals;
  /** The vectors of the sentences of abstracts; undefined for an index without them. */
  readonly sentences: SentenceRows | undefined;
  /** The serialised keyword index, at a multiple of 8 in its buffer. Read again at every call. */
  readKeywordIndex(): Uint8Array;
  /** The same in its file, of which nothing is checked. */
  readonly keywordIndex: StoredBytes;
  /** The facts of the papers as they were written, at a multiple of 8 in their buffer. Read again at every call. */
  readFields(): Uint8Array;
  /** Fills `target` with the vectors in 8 bits, as they were written. @throws INDEX_CORRUPT for another size. */
  readCodes(target: Uint8Array): void;
  /** Fills `target` with the coarse codes, or what there is of them. @returns false where there is nothing of its size. */
  readCoarseCodes(target: Uint8Array): boolean;
  /** The same in steps of a few milliseconds, for a server that answers meanwhile. */
  readonly inSteps: {
    readCodes(target: Uint8Array): Iterator<void, void>;
    readCoarseCodes(target: Uint8Array): Iterator<void, boolean>;
  };
  /** The map of the papers as it was written, at a multiple of 8 in its buffer; undefined without one. */
  readMap(): Uint8Array | undefined;
  /** The map that the next one continues, likewise; of a snapshot that was published before its own was laid out. */
  readEarlierMap(): Uint8Array | undefined;
  close(): void;
}

/**
 * Opens the current snapshot of an index folder.
 * @throws PaperSearchError INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_UNREADABLE or INDEX_CORRUPT, each saying what to
 *   do.
 */
export async function openSnapshot(indexFolder: string): Promise<Snapshot> {
  const name = await currentSnapshot(indexFolder);
  if (name === undefined) throw missingIndex(indexFolder);
  try {
    return await readSnapshot(indexFolder, name);
  } catch (error) {
    // An ingest may have swapped and tidied up between the two reads: then there is a newer snapshot.
    const now = await currentSnapshot(indexFolder);
    if (now !== undefined && now !== name) return readSnapshot(indexFolder, now);
    throw error;
  }
}

/** The error for a folder without an index: says what to run. */
export function missingIndex(indexFolder: string): PaperSearchError {
  return new PaperSearchError(
    'INDEX_MISSING',
    `There is no index in "${indexFolder}". Run "paper-search ingest <path to the papers>" first.`,
    { details: { index: indexFolder } },
  );
}

/** The name of the current snapshot; undefined when nothing was ever ingested. */
export async function currentSnapshot(indexFolder: string): Promise<string | undefined> {
  const file = currentFile(indexFolder);
  const text = await readShort(file, MAX_POINTER_BYTES, (reason) => wrongPointer(file, reason));
  if (text === undefined) return undefined;
  const name = text.replace(/\r?\n$/, '');
  if (!isSnapshotName(name)) throw wrongPointer(file, 'names no snapshot');
  return name;
}

/** The error for a pointer that leads nowhere, while the snapshots beside it may be whole. */
function wrongPointer(file: string, reason: string): PaperSearchError {
  const message = `The index is damaged: ${file} ${reason}. Remove it: the next "paper-search ingest" takes over the newest whole snapshot that is there. Where there is none: ${REBUILD}`;
  return new PaperSearchError('INDEX_CORRUPT', message, { details: { file } });
}

/** The manifest of a snapshot. @throws PaperSearchError INDEX_INCOMPATIBLE, INDEX_UNREADABLE or INDEX_CORRUPT. */
export async function readManifest(indexFolder: string, name: string): Promise<Manifest> {
  const file = join(indexFolder, name, LAYOUT.manifest);
  const text = await readShort(file, MAX_MANIFEST_BYTES, (reason) => corrupt(file, `it ${reason}`));
  if (text === undefined) {
    if (existsSync(join(indexFolder, name))) throw corrupt(file, 'it is missing');
    throw wrongPointer(currentFile(indexFolder), `names the snapshot ${name}, which is not there`);
  }
  const { manifest, digest } = parseManifest(text, file);
  // The folder's name is the digest, and a number where a damaged one had it already.
  if (!name.startsWith(digest)) {
    throw corrupt(file, 'its content does not match its digest, which is the name of the folder');
  }
  return manifest;
}

/**
 * The text of a small file; undefined when it is not there.
 * @param most bytes that it may have.
 * @param broken makes the error for a file that cannot be one of ours.
 * @throws PaperSearchError INDEX_UNREADABLE for what the system says.
 */
async function readShort(
  file: string,
  most: number,
  broken: (reason: string) => PaperSearchError,
): Promise<string | undefined> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw broken('is not a file');
    if (found.size > most) throw broken(`has ${found.size} bytes, far too many`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof PaperSearchError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(file, error);
  }
}

/** Opens a snapshot by name. @throws PaperSearchError INDEX_INCOMPATIBLE, INDEX_UNREADABLE or INDEX_CORRUPT. */
async function readSnapshot(indexFolder: string, name: string): Promise<Snapshot> {
  const manifest = await readManifest(indexFolder, name);
  if (endianness() !== 'LE') {
    throw new PaperSearchError(
      'INDEX_INCOMPATIBLE',
      'Indexes are little-endian; this processor is not, and cannot read them.',
    );
  }
  const open: ArtifactFile[] = [];
  const artifact = (file: string) => {
    const opened = new ArtifactFile(join(indexFolder, name, file), manifest.artifacts[file]);
    open.push(opened);
    return opened;
  };
  const optional = (file: string) => manifest.artifacts[file] && artifact(file);
  const close = () => {
    for (const file of open.splice(0)) file.close();
  };
  try {
    const index = new DocumentIndex(artifact(LAYOUT.documents).readWhole());
    if (index.size !== manifest.counts.papers) {
      throw corrupt(join(indexFolder, name), `it has ${index.size} papers, its manifest says otherwise`);
    }
    const lexical = artifact(LAYOUT.lexical);
    const fields = artifact(LAYOUT.fields);
    const codes = artifact(LAYOUT.codes);
    const coarse = optional(LAYOUT.coarse);
    const papers = new PaperRecords(artifact(LAYOUT.papers), optional(LAYOUT.laterPapers), index);
    const laterVectors = optional(LAYOUT.laterVectors);
    const sources = optional(LAYOUT.sources);
    const facts = optional(LAYOUT.records);
    const sentences = optional(LAYOUT.sentences);
    const map = optional(LAYOUT.map);
    const earlierMap = optional(LAYOUT.earlierMap);
    const arrivals = optional(LAYOUT.arrivals)?.readWhole();
    if (index.totalBytes.sources !== (sources?.bytes ?? 0))
      throw corrupt(join(indexFolder, name, LAYOUT.documents), 'it names records that are not there');
    return {
      name,
      manifest,
      papers,
      readSources: () => new SourceRecords(papers, sources, index),
      readRecordFacts: () => facts && new StoredRecordFacts(facts.readWhole(), index.size),
      arrivals: new Arrivals(arrivals, index.size, manifest),
      vectors: new VectorRows(artifact(LAYOUT.vectors), laterVectors, index, manifest.model.dimension),
      sentences: sentences && new SentenceRows(sentences, index.size, manifest.model.dimension),
      readKeywordIndex: () => lexical.readWhole(),
      keywordIndex: lexical,
      readFields: () => fields.readWhole(),
      readCodes: (target) => {
        codes.readWhole(target);
      },
      readCoarseCodes: (target) => coarse?.bytes === target.length && coarse.readWhole(target) === target,
      inSteps: {
        readCodes: (target) => codes.reading(target),
        *readCoarseCodes(target) {
          if (coarse?.bytes !== target.length) return false;
          yield* coarse.reading(target);
          return true;
        },
      },
      readMap: () => map?.readWhole(),
      readEarlierMap: () => earlierMap?.readWhole(),
      close,
    };
  } catch (error) {
    close();
    if (!(error instanceof PaperSearchError) || error.code !== 'INDEX_CORRUPT') throw error;
    throw error.message.includes(REBUILD)
      ? error
      : corrupt(join(indexFolder, name), error.message.replace(/\.$/, ''), error);
  }
}
