import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { currentSnapshot, missingIndex, readManifest } from './snapshot-reader.ts';

/** A file of a snapshot that is not what was written. */
export interface Damage {
  readonly file: string;
  readonly reason: string;
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
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(file), hash);
      if (hash.digest('hex') === expected.sha256) continue;
      damages.push({ file, reason: 'its content does not match its digest' });
    } catch (error) {
      damages.push({ file, reason: (error as Error).message });
    }
  }
  return damages;
}

/**
 * Verifies the current snapshot of an index.
 * @throws PaperSearchError INDEX_MISSING, INDEX_INCOMPATIBLE or INDEX_CORRUPT.
 */
export async function verifyIndex(indexFolder: string): Promise<{ snapshot: string; damages: Damage[] }> {
  const snapshot = await currentSnapshot(indexFolder);
  if (snapshot === undefined) throw missingIndex(indexFolder);
  return { snapshot, damages: await verifySnapshot(indexFolder, snapshot) };
}
