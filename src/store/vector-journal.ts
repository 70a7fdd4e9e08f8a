import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LAYOUT } from './layout.ts';

const DIGEST_BYTES = 32;

/** The key of a vector: what was encoded and the model that did it. */
export function vectorKey(
  text: { readonly title: string; readonly body: string },
  modelDigest: string,
): string {
  const parts = JSON.stringify([modelDigest, text.title, text.body]);
  return createHash('sha256').update(parts).digest('hex');
}

/**
 * Vectors on disk while an ingest runs, so that an interrupted one goes on where it stopped. The file is a
 * row of records of one size, digest and vector; a record that was cut off by a crash is ignored.
 */
export class VectorJournal {
  readonly #handle: FileHandle;
  readonly #file: string;
  /** Vectors that an earlier, interrupted ingest left. */
  readonly recovered: ReadonlyMap<string, Float32Array>;

  private constructor(handle: FileHandle, file: string, recovered: ReadonlyMap<string, Float32Array>) {
    this.#handle = handle;
    this.#file = file;
    this.recovered = recovered;
  }

  /** Opens the journal of an index folder, keeping what is in it. */
  static async open(indexFolder: string, dimension: number): Promise<VectorJournal> {
    await mkdir(indexFolder, { recursive: true });
    const file = join(indexFolder, LAYOUT.journal);
    const recordBytes = DIGEST_BYTES + dimension * Float32Array.BYTES_PER_ELEMENT;
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    const recovered = new Map<string, Float32Array>();
    const whole = Math.floor(bytes.byteLength / recordBytes) * recordBytes;
    for (let start = 0; start < whole; start += recordBytes) {
      const key = bytes.subarray(start, start + DIGEST_BYTES).toString('hex');
      const copy = new Uint8Array(bytes.subarray(start + DIGEST_BYTES, start + recordBytes));
      const vector = new Float32Array(copy.buffer);
      if (isUnit(vector)) recovered.set(key, vector);
    }
    const handle = await open(file, 'a');
    await handle.truncate(whole);
    return new VectorJournal(handle, file, recovered);
  }

  /**
   * Appends a vector, at once: what progress has told of survives a kill. A record is small and comes every few
   * hundredths of a second, so waiting for it costs nothing.
   */
  append(key: string, vector: Float32Array): void {
    writeSync(this.#handle.fd, Buffer.from(key, 'hex'));
    writeSync(this.#handle.fd, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  }

  /** Closes the journal. @param discard whether its vectors are in a snapshot now and the file can go. */
  async close(discard: boolean): Promise<void> {
    await this.#handle.close();
    if (discard) await rm(this.#file, { force: true });
  }
}

/** A power cut can leave blocks of zeros; a vector that is none of ours is encoded again. */
function isUnit(vector: Float32Array): boolean {
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(squares - 1) < 1e-3;
}
