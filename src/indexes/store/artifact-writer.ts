import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { checksumOf, chunksOf } from './checksum.ts';
import type { Artifact } from './manifest.ts';

/** Bytes gathered between two writes. */
const BUFFER = 1 << 20;

/** Writes a file of a snapshot piece by piece, and knows at the end what it should be. */
export class ArtifactWriter {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #bytes = 0;
  #checksum = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(file: string): Promise<ArtifactWriter> {
    return new ArtifactWriter(await open(file, 'wx'));
  }

  /** Appends bytes, which must stay as they are until the returned promise is kept. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#bytes += bytes.length;
    this.#checksum = checksumOf(bytes, this.#checksum);
    for (const chunk of chunksOf(bytes)) this.#hash.update(chunk);
    // What a caller uses again is copied; large parts belong to no one else.
    this.#pending.push(bytes.length < BUFFER ? bytes.slice() : bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= BUFFER) await this.#flush();
  }

  /** Waits until the file is on the disk, and closes it. */
  async finish(): Promise<Artifact> {
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex'), crc32: this.#checksum };
  }

  /** Closes the file as it is; without effect after `finish`. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {});
  }

  async #flush(): Promise<void> {
    const parts = this.#pendingBytes <= 2 * BUFFER ? [Buffer.concat(this.#pending)] : this.#pending;
    this.#pending = [];
    this.#pendingBytes = 0;
    for (const part of parts) await this.#handle.writeFile(part);
  }
}
