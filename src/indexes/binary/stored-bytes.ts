import { PaperSearchError } from '../../errors.ts';

/** Bytes that are read in pieces: those of a file, or in memory. */
export interface StoredBytes {
  readonly bytes: number;
  /** Fills `target` from a place. @throws PaperSearchError when it cannot be read, or is closed. */
  readAt(position: number, target: Uint8Array): void;
  /** The error for content that is not what was written. @param reason follows its name, without a full stop. */
  broken(reason: string): PaperSearchError;
}

/** Bytes in memory. @param name as errors give it: "keyword index". */
export function bytesInMemory(name: string, bytes: Uint8Array): StoredBytes {
  return {
    bytes: bytes.length,
    readAt: (position, target) => target.set(bytes.subarray(position, position + target.length)),
    broken: (reason) => new PaperSearchError('INDEX_CORRUPT', `The ${name} ${reason}.`),
  };
}
