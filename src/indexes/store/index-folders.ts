import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { currentSnapshot } from './snapshot-reader.ts';

/**
 * The names of the folders in a folder that have an index, whole or damaged, in alphabetical order.
 * @throws PaperSearchError BAD_REQUEST when the folder cannot be read.
 */
export async function indexFoldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new PaperSearchError('BAD_REQUEST', `Cannot read the folder "${folder}": ${messageOf(cause)}.`, {
      cause,
    });
  });
  const found: string[] = [];
  for (const { name } of entries.filter((entry) => !entry.isFile())) {
    if ((await currentSnapshot(join(folder, name))) !== undefined) found.push(name);
  }
  return found.sort();
}
