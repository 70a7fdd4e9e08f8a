import { readFile, stat, writeFile } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { type CriteriaFile, readCriteria } from './criteria-file.ts';

/** Reads a file that the user names. @throws PaperSearchError NO_INPUT. */
export async function readInput(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new PaperSearchError('NO_INPUT', `Cannot read "${path}": ${messageOf(cause)}.`, { cause });
  });
}

/** Whether there is a file at a path. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Reads a file of criteria. @throws PaperSearchError NO_INPUT; BAD_INPUT as `readCriteria` does. */
export async function readCriteriaFile(path: string): Promise<CriteriaFile> {
  return readCriteria((await readInput(path)).toString('utf8'), path);
}

/** Writes a file that the user names. @throws PaperSearchError BAD_REQUEST when it cannot be written. */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content).catch((cause: unknown) => {
    const message = `Cannot write "${path}": ${messageOf(cause)}. Choose a file in a folder that exists.`;
    throw new PaperSearchError('BAD_REQUEST', message, { cause });
  });
}
