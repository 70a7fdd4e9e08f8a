import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Paper } from '../../papers/paper.ts';
import { corrupt } from './corrupt.ts';
import { readingFrom } from './unreadable.ts';

/** Bytes that are gathered before they are written. */
const BUFFER = 1 << 20;
/** Most bytes of a UTF-16 code unit in UTF-8. */
const MAX_BYTES = 3;

/** Records on disk while an ingest runs, each as a line, so that memory does not grow with what is read. */
export class RecordSpool {
  readonly #file: string;
  /** Undefined until there is a record. */
  #descriptor: number | undefined;
  /** Where each record ends, in bytes. */
  readonly #ends: number[] = [];
  /** What is not written yet. */
  #pending = Buffer.alloc(0);
  #pendingBytes = 0;

  /** @param indexFolder must be there; the file in it is made with the first record. */
  constructor(indexFolder: string) {
    this.#file = join(indexFolder, `records.${randomUUID()}.tmp`);
  }

  /** Appends a record. @returns its number. */
  append(record: Paper): number {
    if (this.#descriptor === undefined) {
      this.#descriptor = openSync(this.#file, 'wx+');
      this.#pending = Buffer.allocUnsafe(BUFFER);
    }
    const line = `${JSON.stringify(record)}\n`;
    const start = this.#ends.at(-1) ?? 0;
    if (this.#pendingBytes + line.length * MAX_BYTES > BUFFER) this.#flush();
    if (line.length * MAX_BYTES > BUFFER) {
      const bytes = Buffer.from(line);
      this.#write(bytes, start);
      return this.#ends.push(start + bytes.length) - 1;
    }
    const bytes = this.#pending.write(line, this.#pendingBytes);
    this.#pendingBytes += bytes;
    return this.#ends.push(start + bytes) - 1;
  }

  /** @param number what `append` gave. */
  read(number: number): Paper {
    return JSON.parse(this.readLine(number).toString());
  }

  /** A record as JSON, with a line break at its end. @param number what `append` gave. */
  readLine(number: number): Buffer {
    const start = this.#ends[number - 1] ?? 0;
    const end = this.#ends[number]!;
    if (end > this.#ends.at(-1)! - this.#pendingBytes) this.#flush();
    const bytes = Buffer.allocUnsafe(end - start);
    for (let done = 0; done < bytes.length; ) {
      const read = readingFrom(this.#file, () =>
        readSync(this.#descriptor!, bytes, done, bytes.length - done, start + done),
      );
      if (read === 0) throw corrupt(this.#file, 'it ends too early');
      done += read;
    }
    return bytes;
  }

  /** Removes the file. One that cannot be removed is left to the next ingest. */
  close(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    try {
      rmSync(this.#file, { force: true });
    } catch {
      // The task has ended, successfully or with its own error.
    }
  }

  #flush(): void {
    const bytes = this.#pending.subarray(0, this.#pendingBytes);
    this.#write(bytes, (this.#ends.at(-1) ?? 0) - bytes.length);
    this.#pendingBytes = 0;
  }

  #write(bytes: Uint8Array, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#descriptor!, bytes, done, bytes.length - done, at + done);
    }
  }
}
