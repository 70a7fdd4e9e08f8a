import { messageOf, PaperSearchError } from '../../errors.ts';

/** Error codes of the system for a folder that cannot be written: no space, no permission, or a failing disk. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space, then run the same command again',
  EDQUOT: 'your quota is used up. Free some space, then run the same command again',
  EFBIG: 'a file would be larger than the system allows',
  EROFS: 'it is on a disk that can only be read',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EIO: 'the disk reports an error',
};
const WRITING = new Set([
  'open',
  'write',
  'writev',
  'mkdir',
  'mkdtemp',
  'rename',
  'link',
  'copyfile',
  'fsync',
  'ftruncate',
  'unlink',
  'rmdir',
]);

/** A folder that could not be written. */
export interface Place {
  readonly folder: string;
  /** What the folder is, written before its path: `the index folder`. */
  readonly what: string;
  /** The consequence for the user: `The index is as it was.` */
  readonly consequence: string;
}

/**
 * The error to throw when something could not be written: INDEX_UNWRITABLE where the system refused to
 * write, else the error itself.
 */
export function asUnwritable(error: unknown, { folder, what, consequence }: Place): unknown {
  if (!(error instanceof Error) || error instanceof PaperSearchError) return error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || !WRITING.has(syscall) || !Object.hasOwn(REASONS, code))
    return error;
  const message = `Cannot write to ${what} "${folder}": ${REASONS[code]}. ${consequence} (${messageOf(error)})`;
  return new PaperSearchError('INDEX_UNWRITABLE', message, { details: { folder, code }, cause: error });
}
