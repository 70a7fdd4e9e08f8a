import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readManifest } from './snapshot-reader.ts';
import type { Damage } from './verify.ts';

/**
 * Compares the sizes of a snapshot's files with what was written, without reading them.
 * @returns what is damaged; empty where all sizes are right.
 * @throws PaperSearchError INDEX_INCOMPATIBLE or INDEX_CORRUPT when there is no manifest to compare with.
 */
export async function verifySizes(indexFolder: string, name: string): Promise<Damage[]> {
  const { artifacts } = await readManifest(indexFolder, name);
  const damages: Damage[] = [];
  for (const [artifact, { bytes }] of Object.entries(artifacts)) {
    const file = join(indexFolder, name, artifact);
    const size = await stat(file).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === undefined) damages.push({ file, reason: 'it cannot be read' });
    else if (size !== bytes) damages.push({ file, reason: `it has ${size} bytes, ${bytes} were written` });
  }
  return damages;
}
