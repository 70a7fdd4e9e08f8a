import { messageOf, PaperSearchError } from '../errors.ts';

/** What the system says when a folder cannot be written: no room, no permission, or a disk that fails. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space, then run the same command again',
  EDQUOT: 'your quota is used up. Free some space, then run the same command again',
  EFBIG: 'a file would be larger than the system allows',
  EROFS: 'it is on a disk that can only be read. Choose another folder with --index',
  EACCES: 'permission is denied. Choose another folder with --index',
  EPERM: 'permission is denied. Choose another folder with --index',
  EIO: 'the disk reports an error',
};
const WRITING = new Set([
  'open',
  'write',
  'writev',
  'mkdir',
  'rename',
  'fsync',
  'ftruncate',
  'unlink',
  'rmdir',
]);

/**
 * What to throw for an error that came while an index was written: INDEX_UNWRITABLE where the system refused to
 * write, else the error itself.
 */
export function asUnwritable(error: unknown, indexFolder: string): unknown {
  if (!(error instanceof Error) || error instanceof PaperSearchError) return error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || !WRITING.has(syscall) || !Object.hasOwn(REASONS, code))
    return error;
  const message = `Cannot write to the index folder "${indexFolder}": ${REASONS[code]}. The index is as it was. (${messageOf(error)})`;
  return new PaperSearchError('INDEX_UNWRITABLE', message, {
    details: { index: indexFolder, code },
    cause: error,
  });
}
