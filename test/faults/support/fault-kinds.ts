/** How a step that changes the disk can go wrong. */
export const WRITE_FAULTS = [
  /** The step fails once; the system is well again afterwards. */
  'EIO',
  'ENOSPC',
  'EACCES',
  /** The step and all later ones fail: a disk that is full, or that the system has made read-only. */
  'ENOSPC-lasting',
  'EROFS-lasting',
  /** Half of the bytes are written, then the write fails. */
  'short-error',
  /** Half of the bytes are written and the write says so; the caller has to write the rest. */
  'short-reported',
  /** The process ends before the step. */
  'kill',
  /** The process ends in the middle of a write. */
  'kill-torn',
  /** The machine loses power before the step: only what was synced stays, of files and of folders. */
  'power-strict',
  /** The same, but names reached the disk before the content did: files are there and empty. */
  'power-names',
  /** The same, but of all names only the one that was given last reached the disk. */
  'power-last-name',
  /** The same, with some of the names and contents that were not synced, as chance has it. */
  'power-random',
] as const;

type WriteFault = (typeof WRITE_FAULTS)[number];

/** One fault: the n-th step (from 1) of a kind that reads or changes the disk. */
export type Fault =
  | { readonly side: 'write'; readonly at: number; readonly kind: WriteFault; readonly seed: number }
  | { readonly side: 'read'; readonly at: number; readonly kind: 'EIO' | 'EACCES' };

const MESSAGES = {
  EIO: 'i/o error',
  ENOSPC: 'no space left on device',
  EACCES: 'permission denied',
  EROFS: 'read-only file system',
} as const;

/** The error that the system gives, as `node:fs` puts it. */
export function systemError(code: keyof typeof MESSAGES, syscall: string, path: string): Error {
  const error = new Error(`${code}: ${MESSAGES[code]}, ${syscall} '${path}'`);
  return Object.assign(error, { code, syscall, path });
}

/** Thrown by every step after the process was killed: what the process makes of it does not matter any more. */
export class Killed extends Error {
  constructor() {
    super('This process was killed; nothing that it does reaches the disk.');
  }
}

/** Whether a fault ends the process. */
export function isEnd(kind: string): boolean {
  return kind.startsWith('kill') || kind.startsWith('power');
}
