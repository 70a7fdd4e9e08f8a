import { readFile, stat } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';

/** Characters of a token in a header. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Reads the token for changes.
 * @param file contains only the token; it has priority.
 * @param variable the value of an environment variable.
 * @returns undefined when neither is set.
 * @throws PaperSearchError BAD_REQUEST for a token that cannot be used.
 */
export async function readAccessToken(
  file: string | undefined,
  variable: string | undefined,
): Promise<string | undefined> {
  if (file === undefined) return variable ? usable(variable.trim(), 'PAPER_SEARCH_TOKEN') : undefined;
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new PaperSearchError('BAD_REQUEST', `Cannot read the token file: ${messageOf(cause)}`, { cause });
  });
  return usable(content.trim(), file);
}

function usable(token: string, origin: string): string {
  if (TOKEN.test(token)) return token;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `${origin} must contain one token of ASCII letters, digits and punctuation, without spaces.`,
  );
}

/** Whether all users of this machine can read a file. */
export async function isReadableByOthers(file: string): Promise<boolean> {
  const { mode } = await stat(file);
  return (mode & 0o004) !== 0;
}
