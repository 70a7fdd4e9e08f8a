/** How a step that changes the disk can go wrong. */
export const WRITE_FAULTS = [
  /** The step fails once; later steps succeed. */
  'EIO',
  'ENOSPC',
  'EACCES',
  /** The step and all later ones fail: a full disk, or one that became read-only. */
  'ENOSPC-lasting',
  'EROFS-lasting',
  /** Half of the bytes are written, then the write fails. */
  'short-error',
  /** Half of the bytes are written, and the write returns so; the caller has to write the rest. */
  'short-reported',
  /** The process ends before the step. */
  'kill',
  /** The process ends in the middle of a write. */
  'kill-torn',
  /** The machine loses power before the step: only synced files and folders survive. */
  'power-strict',
  /** The same, but names reached the disk before the content: files exist and are empty. */
  'power-names',
  /** The same, but of all names only the last one reached the disk. */
  'power-last-name',
  /** The same, with a random part of the names and contents that were not synced. */
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

/** The error that the system throws, as `node:fs` formats it. */
export function systemError(code: keyof typeof MESSAGES, syscall: string, path: string): Error {
  const error = new Error(`${code}: ${MESSAGES[code]}, ${syscall} '${path}'`);
  return Object.assign(error, { code, syscall, path });
}

/** Thrown by every step after the process was killed: its handling does not matter any more. */
export class Killed extends Error {
  constructor() {
    super('This process was killed; its steps do not reach the disk.');
  }
}

/** Whether a fault ends the process. */
export function isEnd(kind: string): boolean {
  return kind.startsWith('kill') || kind.startsWith('power');
}
