import { createHash } from 'node:crypto';
import { constants, readSync, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LAYOUT } from './layout.ts';

const DIGEST_BYTES = 32;
/** Records read at once when a journal is opened. */
const READ_AT_ONCE = 1024;

/** The key of a vector: what was encoded and the model that did it. */
export function vectorKey(
  text: { readonly title: string; readonly body: string },
  modelDigest: string,
): string {
  const parts = JSON.stringify([modelDigest, text.title, text.body]);
  return createHash('sha256').update(parts).digest('base64');
}

/**
 * Vectors on disk while an ingest runs, so that an interrupted one goes on where it stopped. The file is a
 * row of records of one size, digest and vector; a record that was cut off by a crash is ignored.
 */
export class VectorJournal {
  readonly #handle: FileHandle;
  readonly #file: string;
  /** A record, to be written or just read. */
  readonly #record: Buffer;
  readonly #vector: Float32Array;
  /** The number of the record of each key. */
  readonly #numbers: Map<string, number>;
  /** Records in the file, those that are no vectors among them. */
  #count: number;

  private constructor(
    handle: FileHandle,
    file: string,
    dimension: number,
    numbers: Map<string, number>,
    count: number,
  ) {
    this.#handle = handle;
    this.#file = file;
    this.#vector = new Float32Array(dimension);
    this.#record = Buffer.alloc(DIGEST_BYTES + this.#vector.byteLength);
    this.#numbers = numbers;
    this.#count = count;
  }

  /** Opens the journal of an index folder, keeping what is in it. */
  static async open(indexFolder: string, dimension: number): Promise<VectorJournal> {
    await mkdir(indexFolder, { recursive: true });
    const file = join(indexFolder, LAYOUT.journal);
    const recordBytes = DIGEST_BYTES + dimension * Float32Array.BYTES_PER_ELEMENT;
    const numbers = new Map<string, number>();
    // Not for appending: a record that was written in part is written over.
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT);
    let whole: number;
    try {
      whole = Math.floor((await handle.stat()).size / recordBytes);
      const batch = Buffer.alloc(READ_AT_ONCE * recordBytes);
      for (let n = 0; n < whole; n += READ_AT_ONCE) {
        const size = Math.min(READ_AT_ONCE, whole - n) * recordBytes;
        await handle.read(batch, 0, size, n * recordBytes);
        for (let start = 0; start < size; start += recordBytes) {
          const key = batch.subarray(start, start + DIGEST_BYTES).toString('base64');
          const copy = new Uint8Array(batch.subarray(start + DIGEST_BYTES, start + recordBytes));
          if (isUnit(new Float32Array(copy.buffer))) numbers.set(key, n + start / recordBytes);
        }
      }
      await handle.truncate(whole * recordBytes);
    } catch (error) {
      // What cannot be read is kept: it may be readable the next time.
      await handle.close();
      throw error;
    }
    return new VectorJournal(handle, file, dimension, numbers, whole);
  }

  /** Vectors in the journal. */
  get size(): number {
    return this.#numbers.size;
  }

  has(key: string): boolean {
    return this.#numbers.has(key);
  }

  /** The vector of a key that is in the journal; valid until the next call. */
  read(key: string): Float32Array {
    const record = this.#record;
    readSync(this.#handle.fd, record, 0, record.length, this.#numbers.get(key)! * record.length);
    new Uint8Array(this.#vector.buffer).set(record.subarray(DIGEST_BYTES));
    return this.#vector;
  }

  /**
   * Appends a vector, at once: what progress has told of survives a kill. A record is small and comes every few
   * hundredths of a second, so waiting for it costs nothing.
   */
  append(key: string, vector: Float32Array): void {
    const record = this.#record;
    record.write(key, 'base64');
    record.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), DIGEST_BYTES);
    const start = this.#count * record.length;
    for (let done = 0; done < record.length; ) {
      done += writeSync(this.#handle.fd, record, done, record.length - done, start + done);
    }
    this.#numbers.set(key, this.#count++);
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
