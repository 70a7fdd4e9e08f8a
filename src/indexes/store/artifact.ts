import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { PaperSearchError } from '../../errors.ts';
import { checksumOf } from './checksum.ts';
import { corrupt } from './corrupt.ts';
import type { Artifact } from './manifest.ts';
import { readingFrom } from './unreadable.ts';

/** Read at once: a few milliseconds with the checksum. */
const CHUNK = 1 << 23;

/** An open file of a snapshot, a `StoredBytes`, of the size the manifest says. It stays readable when the snapshot is removed. */
export class ArtifactFile {
  readonly path: string;
  readonly bytes: number;
  /** Undefined once it is closed: the system gives the number to another file. */
  #descriptor: number | undefined;
  readonly #checksum: number;

  /** @throws PaperSearchError INDEX_CORRUPT when the file is missing or of another size, INDEX_UNREADABLE. */
  constructor(path: string, expected: Artifact | undefined) {
    this.path = path;
    if (!expected) throw corrupt(path, 'the manifest does not name it');
    this.bytes = expected.bytes;
    this.#checksum = expected.crc32;
    const found = lookedAt(path);
    if (!found.isFile()) throw corrupt(path, 'it is not a file');
    if (found.size !== expected.bytes) {
      throw corrupt(path, `it has ${found.size} bytes where there should be ${expected.bytes}`);
    }
    this.#descriptor = readingFrom(path, () => openSync(path, 'r'));
  }

  /**
   * Reads the whole file and checks it.
   * @param target where to; of the size of the file. Default: new memory.
   * @throws PaperSearchError INDEX_CORRUPT when the content is not what was written.
   */
  readWhole(target: Uint8Array = new Uint8Array(this.bytes)): Uint8Array {
    for (const _ of this.reading(target));
    return target;
  }

  /** As `readWhole`, a few milliseconds between two yields, between which other work can run. */
  *reading(target: Uint8Array): Generator<void> {
    if (target.length !== this.bytes) throw corrupt(this.path, `it should have ${target.length} bytes`);
    let checksum = 0;
    for (let start = 0; start < target.length; start += CHUNK) {
      const chunk = target.subarray(start, start + CHUNK);
      this.readAt(start, chunk);
      checksum = checksumOf(chunk, checksum);
      yield;
    }
    if (checksum !== this.#checksum) throw corrupt(this.path, 'its content does not match its checksum');
  }

  /**
   * Fills `target` from a place in the file. Synchronous: such pages are in the system's cache as a rule, and
   * then reading one takes microseconds, less than going to another thread for it.
   */
  readAt(position: number, target: Uint8Array): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) throw new PaperSearchError('STOPPED', 'The index is closed.');
    for (let done = 0; done < target.length; ) {
      const read = readingFrom(this.path, () =>
        readSync(descriptor, target, done, target.length - done, position + done),
      );
      if (read === 0) throw corrupt(this.path, 'it ends too early');
      done += read;
    }
  }

  /** The error for content that is not what was written. */
  broken(reason: string): PaperSearchError {
    return corrupt(this.path, `it ${reason}`);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function lookedAt(path: string): Stats {
  const found = readingFrom(path, () => statSync(path, { throwIfNoEntry: false }));
  if (!found) throw corrupt(path, 'it is missing');
  return found;
}
