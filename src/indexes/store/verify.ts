import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Artifact } from './manifest.ts';
import { currentSnapshot, missingIndex, readManifest } from './snapshot-reader.ts';

/** A file of a snapshot that is not what was written. */
export interface Damage {
  readonly file: string;
  readonly reason: string;
  /** Code of the system's error (EIO, EACCES) where the file could not be read: it may be as it should. */
  readonly code?: string | undefined;
}

/**
 * Reads every byte of a snapshot and compares it with what was written.
 * @returns what is damaged; empty for a sound snapshot.
 * @throws PaperSearchError INDEX_INCOMPATIBLE or INDEX_CORRUPT when there is no manifest to compare with.
 */
export async function verifySnapshot(indexFolder: string, name: string): Promise<Damage[]> {
  const { artifacts } = await readManifest(indexFolder, name);
  const damages: Damage[] = [];
  for (const [artifact, expected] of Object.entries(artifacts)) {
    const file = join(indexFolder, name, artifact);
    try {
      const reason = await damageOf(file, expected);
      if (reason !== undefined) damages.push({ file, reason });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      damages.push(
        code === 'ENOENT'
          ? { file, reason: 'it is missing' }
          : { file, reason: `it cannot be read: ${message}`, code },
      );
    }
  }
  return damages;
}

/** What is wrong with a file; undefined for a sound one. @throws what the system says. */
async function damageOf(file: string, expected: Artifact): Promise<string | undefined> {
  const found = await stat(file);
  // Reading what is not a file may never end.
  if (!found.isFile()) return 'it is not a file';
  if (found.size !== expected.bytes) {
    return `it has ${found.size} bytes where there should be ${expected.bytes}`;
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex') === expected.sha256 ? undefined : 'its content does not match its digest';
}

/**
 * Verifies the current snapshot of an index.
 * @throws PaperSearchError INDEX_MISSING, INDEX_INCOMPATIBLE, INDEX_UNREADABLE or INDEX_CORRUPT.
 */
export async function verifyIndex(indexFolder: string): Promise<{ snapshot: string; damages: Damage[] }> {
  const snapshot = await currentSnapshot(indexFolder);
  if (snapshot === undefined) throw missingIndex(indexFolder);
  return { snapshot, damages: await verifySnapshot(indexFolder, snapshot) };
}
