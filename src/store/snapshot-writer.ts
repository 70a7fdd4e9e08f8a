import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelInfo, Paper } from '../types.ts';
import { replaceFile, syncFolder, writeDurably } from './durable.ts';
import { currentFile, isSnapshotName, isUnfinishedName, LAYOUT } from './layout.ts';
import { FORMAT_VERSION, type Manifest } from './manifest.ts';
import { readSnapshot } from './snapshot-reader.ts';

/** What goes into a snapshot. Papers, rows of `vectors` and documents of `lexical` share their positions. */
export interface SnapshotContent {
  readonly papers: readonly Paper[];
  /** n × dimension, row-major, each row L2-normalised. */
  readonly vectors: Float32Array;
  /** The serialised lexical index, and the engine that reads it. */
  readonly lexical: Uint8Array;
  readonly lexicalEngine: string;
  readonly model: ModelInfo;
}

/**
 * Writes a snapshot beside the others and makes it the current one. Killed at any moment, the index still
 * opens: with the old snapshot before the last rename, with the new one after it.
 * @param writtenBy version of this program.
 * @returns the snapshot's name.
 */
export async function publishSnapshot(
  indexFolder: string,
  content: SnapshotContent,
  writtenBy: string,
): Promise<string> {
  await mkdir(indexFolder, { recursive: true });
  const files = filesOf(content);
  const manifest = manifestOf(content, files, writtenBy);
  const digest = digestOf(manifest);
  let name = digest;
  for (let n = 2; existsSync(join(indexFolder, name)); n++) {
    // The same content is there already: only a damaged copy is written anew, under another name, since
    // readers may be using this one.
    if (await isIntact(indexFolder, name)) {
      await replaceFile(currentFile(indexFolder), `${name}\n`);
      return name;
    }
    name = `${digest}-${n}`;
  }
  const building = join(indexFolder, `${name}.${randomUUID()}.tmp`);
  try {
    await mkdir(building);
    for (const [file, bytes] of files) await writeDurably(join(building, file), bytes);
    await writeDurably(join(building, LAYOUT.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
    await syncFolder(building);
    await rename(building, join(indexFolder, name));
    await syncFolder(indexFolder);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
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

function filesOf({ papers, vectors, lexical }: SnapshotContent): Map<string, Uint8Array> {
  const lines = papers.map((paper) => `${JSON.stringify(paper)}\n`).join('');
  return new Map([
    [LAYOUT.papers, Buffer.from(lines)],
    [LAYOUT.lexical, lexical],
    [LAYOUT.vectors, new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength)],
  ]);
}

function manifestOf(content: SnapshotContent, files: Map<string, Uint8Array>, writtenBy: string): Manifest {
  return {
    formatVersion: FORMAT_VERSION,
    writtenBy,
    createdAt: new Date().toISOString(),
    corpusDigest: sha256(files.get(LAYOUT.papers)!),
    lexicalEngine: content.lexicalEngine,
    model: content.model,
    counts: {
      papers: content.papers.length,
      withoutAbstract: content.papers.filter(({ abstract }) => abstract === '').length,
    },
    artifacts: Object.fromEntries(
      Array.from(files, ([file, bytes]) => [file, { bytes: bytes.byteLength, sha256: sha256(bytes) }]),
    ),
  };
}

async function isIntact(indexFolder: string, name: string): Promise<boolean> {
  return readSnapshot(indexFolder, name).then(
    () => true,
    () => false,
  );
}

/** Taken over the content and not the time: the same papers from the same files give the same snapshot. */
function digestOf({ createdAt: _, ...rest }: Manifest): string {
  return sha256(Buffer.from(JSON.stringify(rest))).slice(0, 16);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
