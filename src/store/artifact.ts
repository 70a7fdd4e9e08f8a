import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { checksumOf } from './checksum.ts';
import { corrupt } from './corrupt.ts';
import type { Artifact } from './manifest.ts';

/** Read at once: below the most that the system takes in one call. */
const CHUNK = 1 << 30;

/** An open file of a snapshot, of the size the manifest says. It stays readable when the snapshot is removed. */
export class ArtifactFile {
  readonly path: string;
  readonly bytes: number;
  readonly #descriptor: number;
  readonly #checksum: number;

  /** @throws PaperSearchError INDEX_CORRUPT when the file is missing or of another size. */
  constructor(path: string, expected: Artifact | undefined) {
    this.path = path;
    if (!expected) throw corrupt(path, 'the manifest does not name it');
    this.bytes = expected.bytes;
    this.#checksum = expected.crc32;
    this.#descriptor = opened(path);
    const { size } = fstatSync(this.#descriptor);
    if (size === expected.bytes) return;
    this.close();
    throw corrupt(path, `it has ${size} bytes where there should be ${expected.bytes}`);
  }

  /**
   * Reads the whole file and checks it.
   * @param target where to; of the size of the file. Default: new memory.
   * @throws PaperSearchError INDEX_CORRUPT when the content is not what was written.
   */
  readWhole(target: Uint8Array = new Uint8Array(this.bytes)): Uint8Array {
    if (target.length !== this.bytes) throw corrupt(this.path, `it should have ${target.length} bytes`);
    let checksum = 0;
    for (let start = 0; start < target.length; start += CHUNK) {
      const chunk = target.subarray(start, start + CHUNK);
      this.readAt(start, chunk);
      checksum = checksumOf(chunk, checksum);
    }
    if (checksum !== this.#checksum) throw corrupt(this.path, 'its content does not match its checksum');
    return target;
  }

  /**
   * Fills `target` from a place in the file. Synchronous: such pages are in the system's cache as a rule, and
   * then reading one takes microseconds, less than going to another thread for it.
   */
  readAt(position: number, target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      const read = readSync(this.#descriptor, target, done, target.length - done, position + done);
      if (read === 0) throw corrupt(this.path, 'it ends too early');
      done += read;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw corrupt(path, (cause as Error).message, cause as Error);
  }
}
