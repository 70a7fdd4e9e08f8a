import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { checksumOf, chunksOf } from './checksum.ts';
import type { Artifact } from './manifest.ts';

/** Bytes gathered between two writes: so many at least, and fewer than twice as many. */
const BUFFER = 1 << 20;

/** Writes a file of a snapshot piece by piece, and knows at the end what it should be. */
export class ArtifactWriter {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  /** What is gathered: memory that is used again, as new memory for each piece would keep the garbage collector busy. */
  #pending: Uint8Array | undefined;
  #pendingBytes = 0;
  #bytes = 0;
  #checksum = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(file: string): Promise<ArtifactWriter> {
    return new ArtifactWriter(await open(file, 'wx'));
  }

  /** Appends bytes, which must stay as they are until the returned promise is kept; no other call may be made before. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#bytes += bytes.length;
    this.#checksum = checksumOf(bytes, this.#checksum);
    for (const chunk of chunksOf(bytes)) this.#hash.update(chunk);
    if (bytes.length >= BUFFER) {
      await this.#flush();
      await this.#handle.writeFile(bytes);
      return;
    }
    this.#pending ??= new Uint8Array(2 * BUFFER);
    this.#pending.set(bytes, this.#pendingBytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= BUFFER) await this.#flush();
  }

  /** Waits until the file is on the disk, and closes it. */
  async finish(): Promise<Artifact> {
    await this.#flush();
    this.#pending = undefined;
    await this.#handle.sync();
    await this.#handle.close();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex'), crc32: this.#checksum };
  }

  /** Closes the file as it is; without effect after `finish`. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }

  async #flush(): Promise<void> {
    const bytes = this.#pendingBytes;
    if (bytes === 0) return;
    this.#pendingBytes = 0;
    await this.#handle.writeFile(this.#pending!.subarray(0, bytes));
  }
}
