import { createHash } from 'node:crypto';
import { constants, readSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { checksumOf } from './checksum.ts';
import { removeIfPossible } from './durable.ts';
import { LAYOUT } from './layout.ts';
import { readingFrom, unreadable } from './unreadable.ts';

const DIGEST_BYTES = 32;
const CHECKSUM_BYTES = 4;
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
 * Vectors on disk while an ingest runs, so that an interrupted one continues where it stopped. The file is a
 * sequence of records of one size: digest, vector, and the CRC-32 of both. A record that is damaged is ignored.
 */
export class VectorJournal {
  readonly #handle: FileHandle;
  readonly #file: string;
  /** A record, to be written or just read. */
  readonly #record: Buffer;
  readonly #vector: Float32Array;
  /** The number of the record of each key. */
  readonly #numbers: Map<string, number>;
  /** Records in the file, damaged ones included. */
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
    this.#record = Buffer.alloc(DIGEST_BYTES + this.#vector.byteLength + CHECKSUM_BYTES);
    this.#numbers = numbers;
    this.#count = count;
  }

  /** Opens the journal of an index folder, keeping what is in it. */
  static async open(indexFolder: string, dimension: number): Promise<VectorJournal> {
    await makeFolder(indexFolder);
    const file = join(indexFolder, LAYOUT.journal);
    const recordBytes = DIGEST_BYTES + dimension * Float32Array.BYTES_PER_ELEMENT + CHECKSUM_BYTES;
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
          const record = batch.subarray(start, start + recordBytes);
          if (isWhole(record)) numbers.set(keyOf(record), n + start / recordBytes);
        }
      }
      await handle.truncate(whole * recordBytes);
    } catch (error) {
      // What cannot be read is kept: it may be readable the next time.
      await handle.close();
      const { syscall } = error as NodeJS.ErrnoException;
      throw syscall === 'read' || syscall === 'fstat' ? unreadable(file, error) : error;
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

  /**
   * The vector of a key that is in the journal; valid until the next call.
   * @throws PaperSearchError INDEX_CORRUPT when it is not what was written, INDEX_UNREADABLE.
   */
  read(key: string): Float32Array {
    const record = this.#record;
    const position = this.#numbers.get(key)! * record.length;
    const length = readingFrom(this.#file, () =>
      readSync(this.#handle.fd, record, 0, record.length, position),
    );
    // Another program may have written to it, or the disk lost it: a wrong vector must not get into a snapshot.
    if (length < record.length || keyOf(record) !== key || !isWhole(record)) {
      throw new PaperSearchError(
        'INDEX_CORRUPT',
        `${this.#file} has changed while it was in use. Run the same command again: what it lost is encoded again.`,
        { details: { file: this.#file } },
      );
    }
    new Uint8Array(this.#vector.buffer).set(record.subarray(DIGEST_BYTES, -CHECKSUM_BYTES));
    return this.#vector;
  }

  /**
   * Appends a vector, at once: what progress has reported survives a kill. A record is small and comes every few
   * hundredths of a second, so waiting for it costs nothing.
   */
  append(key: string, vector: Float32Array): void {
    const record = this.#record;
    record.write(key, 'base64');
    record.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), DIGEST_BYTES);
    record.writeUInt32LE(checksumOf(record.subarray(0, -CHECKSUM_BYTES)), record.length - CHECKSUM_BYTES);
    const start = this.#count * record.length;
    for (let done = 0; done < record.length; ) {
      done += writeSync(this.#handle.fd, record, done, record.length - done, start + done);
    }
    this.#numbers.set(key, this.#count++);
  }

  /** Closes the journal. @param discard whether its vectors are in a snapshot now and the file can go. */
  async close(discard: boolean): Promise<void> {
    await this.#handle.close();
    if (discard) await removeIfPossible(this.#file);
  }
}

function keyOf(record: Buffer): string {
  return record.subarray(0, DIGEST_BYTES).toString('base64');
}

/** A power cut can leave blocks of zeros, and a disk other bytes than were written. */
function isWhole(record: Buffer): boolean {
  return (
    checksumOf(record.subarray(0, -CHECKSUM_BYTES)) === record.readUInt32LE(record.length - CHECKSUM_BYTES)
  );
}
