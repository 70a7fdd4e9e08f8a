import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { messageOf, PaperSearchError } from '../../errors.ts';

/** Shorter secrets can be guessed. In characters. */
const MIN_LENGTH = 16;

/**
 * The secret in a file, without the line end.
 * @throws PaperSearchError BAD_REQUEST for a file that cannot be read, or whose text is too short.
 */
export async function readSecret(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `Cannot read the secret of the webhook in "${file}": ${messageOf(cause)}.`;
    throw new PaperSearchError('BAD_REQUEST', message, { details: { file }, cause });
  });
  const secret = text.trim();
  if (secret.length >= MIN_LENGTH) return secret;
  const message = `The secret in "${file}" has ${secret.length} characters: it needs at least ${MIN_LENGTH}. Make one with: openssl rand -hex 32`;
  throw new PaperSearchError('BAD_REQUEST', message, { details: { file } });
}

/** The secret in a file that only its owner can read; a new one where there is no file. */
export async function secretIn(file: string): Promise<string> {
  try {
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
    await chmod(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(file, error);
  }
  return readSecret(file);
}

function unwritable(file: string, cause: unknown): PaperSearchError {
  return new PaperSearchError('INDEX_UNWRITABLE', `Cannot write to "${file}": ${messageOf(cause)}.`, {
    details: { file },
    cause,
  });
}
