import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Paper } from '../../papers/paper.ts';
import { corrupt } from './corrupt.ts';
import { readingFrom } from './unreadable.ts';

/** Records on disk while an ingest runs, so that memory does not grow with what is read. */
export class RecordSpool {
  readonly #file: string;
  /** Undefined until there is a record. */
  #descriptor: number | undefined;
  /** Where each record ends, in bytes. */
  readonly #ends: number[] = [];

  /** @param indexFolder must be there; the file in it is made with the first record. */
  constructor(indexFolder: string) {
    this.#file = join(indexFolder, `records.${randomUUID()}.tmp`);
  }

  /** Appends a record. @returns its number. */
  append(record: Paper): number {
    this.#descriptor ??= openSync(this.#file, 'wx+');
    const start = this.#ends.at(-1) ?? 0;
    const bytes = Buffer.from(JSON.stringify(record));
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#descriptor, bytes, done, bytes.length - done, start + done);
    }
    return this.#ends.push(start + bytes.length) - 1;
  }

  /** @param number what `append` gave. */
  read(number: number): Paper {
    const start = this.#ends[number - 1] ?? 0;
    const bytes = Buffer.allocUnsafe(this.#ends[number]! - start);
    for (let done = 0; done < bytes.length; ) {
      const read = readingFrom(this.#file, () =>
        readSync(this.#descriptor!, bytes, done, bytes.length - done, start + done),
      );
      if (read === 0) throw corrupt(this.#file, 'it ends too early');
      done += read;
    }
    return JSON.parse(bytes.toString());
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
}
