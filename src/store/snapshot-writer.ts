import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelInfo, Paper } from '../types.ts';
import { checksumOf, digestOf } from './checksum.ts';
import { packDocumentIndex } from './document-index.ts';
import { replaceFile, syncFolder, writeDurably } from './durable.ts';
import { currentFile, isSnapshotName, isUnfinishedName, LAYOUT } from './layout.ts';
import { type Artifact, FORMAT_VERSION, type Manifest } from './manifest.ts';
import { verifySnapshot } from './verify.ts';

/** What goes into a snapshot. Papers, rows of vectors and documents of `lexical` share their positions. */
export interface SnapshotContent {
  /** In the order of their ids (by UTF-16 code units). */
  readonly papers: readonly Paper[];
  /** The source records that each paper is made of, by position; none for a paper that says what its only one says. */
  readonly records?: readonly (readonly Paper[])[] | undefined;
  /** Whether every source record makes a paper of its own. */
  readonly keepDuplicates?: boolean | undefined;
  /** n × dimension, row-major, each row L2-normalised. */
  readonly vectors: Float32Array;
  /** The same in 8 bits, in the form that the dense index reads. */
  readonly codes: Uint8Array;
  /** The serialised lexical index in parts, and the engine that reads it. */
  readonly lexical: readonly Uint8Array[];
  readonly lexicalEngine: string;
  /** The facts of the papers for filters, facets and sorting, in parts. */
  readonly attributes: readonly Uint8Array[];
  readonly model: ModelInfo;
}

/**
 * Writes a snapshot beside the others and makes it the current one. Killed at any moment, the index still
 * opens: with the old snapshot before the last rename, with the new one after it.
 * @param writtenBy version of this program. @param signal aborting before the pointer is swapped rejects with its
 *   reason and leaves the old snapshot in use.
 * @returns the snapshot's name.
 */
export async function publishSnapshot(
  indexFolder: string,
  content: SnapshotContent,
  writtenBy: string,
  signal?: AbortSignal,
): Promise<string> {
  await mkdir(indexFolder, { recursive: true });
  const files = filesOf(content);
  const manifest = manifestOf(content, files, writtenBy);
  const digest = snapshotDigest(manifest);
  let name = digest;
  for (let n = 2; existsSync(join(indexFolder, name)); n++) {
    // The same content is there already: only a damaged copy is written anew, under another name, since
    // readers may be using this one.
    if (await isIntact(indexFolder, name)) {
      signal?.throwIfAborted();
      await replaceFile(currentFile(indexFolder), `${name}\n`);
      return name;
    }
    name = `${digest}-${n}`;
  }
  const building = join(indexFolder, `${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(building);
    for (const [file, parts] of files) await writeDurably(join(building, file), parts);
    await writeDurably(join(building, LAYOUT.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
    await syncFolder(building);
    await rename(building, join(indexFolder, name));
    await syncFolder(indexFolder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  signal?.throwIfAborted();
  await replaceFile(currentFile(indexFolder), `${name}\n`);
  return name;
}

/**
 * Removes what no reader needs any more: unfinished snapshots, and all but the current and the one before,
 * which a reader may be opening at this moment. To be called by the holder of the ingest lock only.
 */
export async function removeStale(indexFolder: string, keep: readonly (string | undefined)[]): Promise<void> {
  for (const name of await readdir(indexFolder)) {
    const stale = isUnfinishedName(name) || (isSnapshotName(name) && !keep.includes(name));
    if (stale) await rm(join(indexFolder, name), { recursive: true, force: true });
  }
}

/** The files of a snapshot, each in parts. */
type Files = ReadonlyMap<string, readonly Uint8Array[]>;

function filesOf({ papers, records, vectors, codes, lexical, attributes, model }: SnapshotContent): Files {
  const lines = papers.map(lineOf);
  const sources = papers.map((_, doc) => (records?.[doc] ?? []).map(lineOf));
  const rowBytes = model.dimension * Float32Array.BYTES_PER_ELEMENT;
  const rows = papers.map(
    (_, doc) => new Uint8Array(vectors.buffer, vectors.byteOffset + doc * rowBytes, rowBytes),
  );
  const documents = packDocumentIndex({
    ids: papers.map(({ id }) => id),
    aliases: papers.map(({ aliases }) => aliases ?? []),
    records: lines,
    sources,
    vectors: rows,
  });
  return new Map<string, readonly Uint8Array[]>([
    [LAYOUT.papers, batches(lines)],
    [LAYOUT.sources, batches(sources.flat())],
    [LAYOUT.documents, documents],
    [LAYOUT.lexical, lexical],
    [LAYOUT.attributes, attributes],
    [LAYOUT.vectors, [new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength)]],
    [LAYOUT.codes, [codes]],
  ]);
}

function lineOf(paper: Paper): Buffer {
  return Buffer.from(`${JSON.stringify(paper)}\n`);
}

/** Records put together, some thousands at a time: few writes, and no single piece too large. */
function batches(records: readonly Uint8Array[]): Uint8Array[] {
  const size = 10_000;
  return Array.from({ length: Math.ceil(records.length / size) }, (_, n) =>
    Buffer.concat(records.slice(n * size, (n + 1) * size)),
  );
}

function manifestOf(content: SnapshotContent, files: Files, writtenBy: string): Manifest {
  return {
    formatVersion: FORMAT_VERSION,
    writtenBy,
    createdAt: new Date().toISOString(),
    corpusDigest: digestOf(files.get(LAYOUT.papers)!),
    lexicalEngine: content.lexicalEngine,
    model: content.model,
    counts: {
      papers: content.papers.length,
      withoutAbstract: content.papers.filter(({ abstract }) => abstract === '').length,
    },
    ...(content.keepDuplicates && { keepDuplicates: true }),
    artifacts: Object.fromEntries(Array.from(files, ([file, parts]) => [file, artifactOf(parts)])),
  };
}

function artifactOf(parts: readonly Uint8Array[]): Artifact {
  return {
    bytes: parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
    sha256: digestOf(parts),
    crc32: parts.reduce((checksum, part) => checksumOf(part, checksum), 0),
  };
}

async function isIntact(indexFolder: string, name: string): Promise<boolean> {
  return verifySnapshot(indexFolder, name).then(
    (damages) => damages.length === 0,
    () => false,
  );
}

/** Taken over the content and not the time: the same papers from the same files give the same snapshot. */
function snapshotDigest({ createdAt: _, ...rest }: Manifest): string {
  return digestOf([Buffer.from(JSON.stringify(rest))]).slice(0, 16);
}
