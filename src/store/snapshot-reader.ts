import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../types.ts';
import { currentFile, isSnapshotName, LAYOUT } from './layout.ts';
import { type Manifest, parseManifest, REBUILD } from './manifest.ts';

/** An opened snapshot: everything in memory, every file checked against its digest. */
export interface Snapshot {
  readonly name: string;
  readonly manifest: Manifest;
  readonly papers: readonly Paper[];
  /** n × dimension, row-major, each row L2-normalised. */
  readonly vectors: Float32Array;
  readonly lexical: Uint8Array;
}

/**
 * Opens the current snapshot of an index folder.
 * @throws PaperSearchError INDEX_MISSING, INDEX_INCOMPATIBLE or INDEX_CORRUPT, each saying what to run.
 */
export async function openSnapshot(indexFolder: string): Promise<Snapshot> {
  const name = await currentSnapshot(indexFolder);
  if (name === undefined) {
    throw new PaperSearchError(
      'INDEX_MISSING',
      `There is no index in "${indexFolder}". Run "paper-search ingest <path to the papers>" first.`,
      { details: { index: indexFolder } },
    );
  }
  try {
    return await readSnapshot(indexFolder, name);
  } catch (error) {
    // An ingest may have swapped and tidied up between the two reads: then there is a newer snapshot.
    const now = await currentSnapshot(indexFolder);
    if (now !== undefined && now !== name) return readSnapshot(indexFolder, now);
    throw error;
  }
}

/** The name of the current snapshot; undefined when nothing was ever ingested. */
async function currentSnapshot(indexFolder: string): Promise<string | undefined> {
  const file = currentFile(indexFolder);
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw new PaperSearchError('INDEX_CORRUPT', `Cannot read ${file}: ${cause.message}`, {
      details: { file },
      cause,
    });
  });
  if (text === undefined) return undefined;
  const name = text.trim();
  if (!isSnapshotName(name)) throw corrupt(file, 'it names no snapshot');
  return name;
}

/** Opens a snapshot by name. @throws PaperSearchError INDEX_INCOMPATIBLE or INDEX_CORRUPT. */
export async function readSnapshot(indexFolder: string, name: string): Promise<Snapshot> {
  const folder = join(indexFolder, name);
  const manifestFile = join(folder, LAYOUT.manifest);
  const manifest = parseManifest((await readBytes(manifestFile)).toString('utf8'), manifestFile);
  const artifact = async (file: string) => {
    const path = join(folder, file);
    const bytes = await readBytes(path);
    const expected = manifest.artifacts[file];
    if (!expected || createHash('sha256').update(bytes).digest('hex') !== expected.sha256) {
      throw corrupt(path, `its content does not match its digest (${bytes.byteLength} bytes)`);
    }
    return bytes;
  };
  const papersFile = await artifact(LAYOUT.papers);
  const vectors = await artifact(LAYOUT.vectors);
  const lexical = await artifact(LAYOUT.lexical);
  return {
    name,
    manifest,
    papers: papersFile
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Paper),
    // Copied: a Buffer need not start where floats may.
    vectors: new Float32Array(new Uint8Array(vectors).buffer),
    lexical,
  };
}

async function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: Error) => {
    throw corrupt(file, cause.message, cause);
  });
}

function corrupt(file: string, reason: string, cause?: Error): PaperSearchError {
  return new PaperSearchError('INDEX_CORRUPT', `The index is damaged: ${file}: ${reason}. ${REBUILD}`, {
    details: { file },
    cause,
  });
}
