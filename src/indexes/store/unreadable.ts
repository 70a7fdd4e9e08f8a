import { messageOf, PaperSearchError } from '../../errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  EIO: 'the disk reports an error. Look at the disk; "paper-search verify" reads every byte of the index',
  EACCES: 'permission is denied. Run this as a user who may read it',
  EPERM: 'permission is denied. Run this as a user who may read it',
  EMFILE: 'this process has too many files open. Raise the limit (ulimit -n)',
  ENFILE: 'the system has too many files open',
};

/**
 * The error for a file of an index that the system does not let us read, as opposed to a damaged one: it may be
 * intact.
 */
export function unreadable(file: string, cause: unknown): PaperSearchError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = Object.hasOwn(REASONS, code) ? `${REASONS[code]}. (${messageOf(cause)})` : messageOf(cause);
  return new PaperSearchError('INDEX_UNREADABLE', `Cannot read ${file}: ${reason}`, {
    details: { file, code },
    cause,
  });
}

/** Reads something of a file. @throws PaperSearchError INDEX_UNREADABLE for what the system says. */
export function readingFrom<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
