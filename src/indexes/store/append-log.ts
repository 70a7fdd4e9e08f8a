import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { lock } from 'proper-lockfile';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { syncParents, writeDurably } from './durable.ts';

/** A process that has not renewed its lock for so long is dead (milliseconds). */
const STALE_MS = 10_000;
/** Longer than it takes to recognise a dead holder. */
const PATIENCE = { retries: 120, minTimeout: 10, maxTimeout: 120 };
const NEWLINE = 10;
/** The checksum at the beginning of a line, in hex, and a space. */
const CHECKSUM_CHARACTERS = 9;

/** An entry of a log. */
export interface LogEntry<T> {
  /** Its place in the log, from 1. */
  readonly number: number;
  /** When it was written: ISO 8601, UTC. */
  readonly at: string;
  readonly value: T;
}

export interface AppendLogOptions {
  /** Called with a message about bytes that an interrupted write left behind and that were moved to a file. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** The time of new entries. Default: the clock of this machine. */
  readonly now?: (() => Date) | undefined;
}

/**
 * A log to which entries are only ever appended, in a file that several processes can have open. A line is the CRC-32 of
 * the rest, in hex, and an entry as JSON. An entry that `append` returned survives a crash and a power cut. What an
 * interrupted write leaves at the end is moved to a file beside the log when something is appended next.
 */
export class AppendLog<T> {
  readonly #file: string;
  readonly #check: (value: unknown) => T;
  readonly #onNotice: (text: string) => void;
  readonly #now: () => Date;
  #entries: readonly LogEntry<T>[] = [];
  /** Bytes of the file that are read, all of them whole lines, and the file they are from. */
  #read = 0;
  #inode: number | undefined;
  /** The last read or write of this process: one at a time, so that no entry is read twice. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(file: string, check: (value: unknown) => T, options: AppendLogOptions) {
    this.#file = file;
    this.#check = check;
    this.#onNotice = options.onNotice ?? (() => {});
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Opens a log and reads it. A file that is missing is an empty log; it is created by the first entry.
   * @param check returns the value of an entry, or throws for anything else.
   * @throws PaperSearchError as `refresh` does.
   */
  static async open<T>(
    file: string,
    check: (value: unknown) => T,
    options: AppendLogOptions = {},
  ): Promise<AppendLog<T>> {
    const log = new AppendLog(file, check, options);
    await log.refresh();
    return log;
  }

  /** Every entry that has been read, the oldest first. */
  get entries(): readonly LogEntry<T>[] {
    return this.#entries;
  }

  /**
   * Reads what was appended since, by other processes too.
   * @throws PaperSearchError INDEX_CORRUPT with the line for one that is damaged and not the last; INDEX_INCOMPATIBLE
   *   for an entry that `check` refuses; INDEX_UNREADABLE when the file cannot be read.
   */
  async refresh(): Promise<void> {
    await this.#oneAtATime(() => this.#readOn());
  }

  /**
   * Appends entries, and returns when they are on the disk. No other process appends meanwhile.
   * @param make returns the values to append, from all entries that there are.
   * @returns the new entries.
   * @throws PaperSearchError as `refresh` does; INDEX_LOCKED when another process does not release the log;
   *   INDEX_UNWRITABLE when the file cannot be written, which then is as before; whatever `make` throws.
   */
  async append(
    make: (entries: readonly LogEntry<T>[]) => readonly T[] | Promise<readonly T[]>,
  ): Promise<readonly LogEntry<T>[]> {
    const held = await this.#lock();
    try {
      return await this.#oneAtATime(async () => {
        const tail = await this.#readOn();
        const values = await make(this.#entries);
        if (values.length === 0) return [];
        if (tail.length > 0) await this.#moveAway(tail);
        const at = this.#now().toISOString();
        const entries = values.map((value, i) => ({ number: this.#entries.length + i + 1, at, value }));
        held.assert();
        await this.#write(entries.map(lineOf).join(''));
        this.#entries = [...this.#entries, ...entries];
        return entries;
      });
    } finally {
      await held.release();
    }
  }

  #oneAtATime<R>(task: () => Promise<R>): Promise<R> {
    const done = this.#last.then(task);
    this.#last = done.catch(() => {});
    return done;
  }

  async #lock(): Promise<{ assert: () => void; release: () => Promise<void> }> {
    let lost: Error | undefined;
    const onCompromised = (error: Error) => {
      lost = error;
    };
    try {
      await makeFolder(dirname(this.#file));
      const release = await lock(this.#file, {
        realpath: false,
        stale: STALE_MS,
        retries: PATIENCE,
        onCompromised,
      });
      return {
        assert: () => {
          if (!lost) return;
          const message = `This process was suspended for so long that another may have written to "${this.#file}". Try again.`;
          throw new PaperSearchError('INDEX_LOCKED', message, { cause: lost });
        },
        // A lock that another process took over must not be released.
        release: () => release().catch(() => {}),
      };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ELOCKED') throw this.#unwritable(cause);
      const message = `Another process is writing to "${this.#file}". Try again when it has ended.`;
      throw new PaperSearchError('INDEX_LOCKED', message, { details: { file: this.#file }, cause });
    }
  }

  /** Reads on to the end. @returns the bytes after the last whole line. */
  async #readOn(): Promise<Buffer> {
    const bytes = await this.#newBytes();
    const entries = [...this.#entries];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      const text = bytes.toString('utf8', start, end);
      const line = entries.length + 1;
      const entry = entryOf(text);
      // Blocks of a file can reach the disk in any order, so a damaged last line may be one that was interrupted.
      if (entry === undefined && end === bytes.length - 1) break;
      if (entry?.number !== line) throw this.#corrupt(line, entry);
      entries.push({ number: line, at: entry.at, value: this.#checked(entry.value, line) });
      start = end + 1;
    }
    this.#entries = entries;
    this.#read += start;
    return bytes.subarray(start);
  }

  /** The bytes that are not read yet. A file that was replaced, by a backup for one, is read from its beginning. */
  async #newBytes(): Promise<Buffer> {
    try {
      const found = await stat(this.#file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (!found || found.ino !== this.#inode || found.size < this.#read) {
        this.#entries = [];
        this.#read = 0;
        this.#inode = found?.ino;
      }
      if (!found || found.size === this.#read) return Buffer.alloc(0);
      const handle = await open(this.#file, 'r');
      try {
        const bytes = Buffer.alloc(found.size - this.#read);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.#read);
        return bytes.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    } catch (cause) {
      const message = `Cannot read "${this.#file}": ${messageOf(cause)}.`;
      throw new PaperSearchError('INDEX_UNREADABLE', message, { details: { file: this.#file }, cause });
    }
  }

  async #moveAway(tail: Buffer): Promise<void> {
    const aside = `${this.#file}.interrupted-${this.#now().getTime()}`;
    try {
      await writeDurably(aside, [tail]);
      await this.#truncate();
    } catch (cause) {
      throw this.#unwritable(cause);
    }
    this.#onNotice(
      `The last entry of "${this.#file}" was not written whole: writing it was interrupted. Its ${tail.length} bytes are in "${aside}".`,
    );
  }

  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const isNew = this.#inode === undefined;
    try {
      const handle = await open(this.#file, 'a');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
        this.#inode = (await handle.stat()).ino;
      } finally {
        await handle.close();
      }
      if (isNew) await syncParents(this.#file);
    } catch (cause) {
      // An entry that was reported as failed must not appear later.
      await this.#truncate().catch(() => {});
      throw this.#unwritable(cause);
    }
    this.#read += bytes.length;
  }

  async #truncate(): Promise<void> {
    const handle = await open(this.#file, 'r+');
    try {
      await handle.truncate(this.#read);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  #checked(value: unknown, line: number): T {
    try {
      return this.#check(value);
    } catch (cause) {
      const message = `Line ${line} of "${this.#file}" has an entry that this version of paper-search does not know. Install the version that wrote it, or a newer one.`;
      const details = { file: this.#file, line };
      throw new PaperSearchError('INDEX_INCOMPATIBLE', message, { details, cause });
    }
  }

  #corrupt(line: number, found: LogEntry<unknown> | undefined): PaperSearchError {
    const reason = found
      ? `it is entry ${found.number}, so that lines are missing or doubled`
      : 'it is damaged';
    const message = `Line ${line} of "${this.#file}" cannot be read: ${reason}. Restore the file from a backup.`;
    return new PaperSearchError('INDEX_CORRUPT', message, { details: { file: this.#file, line } });
  }

  #unwritable(cause: unknown): PaperSearchError {
    const message = `Cannot write to "${this.#file}": ${messageOf(cause)}.`;
    return new PaperSearchError('INDEX_UNWRITABLE', message, { details: { file: this.#file }, cause });
  }
}

function lineOf(entry: LogEntry<unknown>): string {
  const json = JSON.stringify(entry);
  return `${checksumOf(json)} ${json}\n`;
}

/** @returns undefined for a line that is damaged. */
function entryOf(line: string): LogEntry<unknown> | undefined {
  const json = line.slice(CHECKSUM_CHARACTERS);
  if (line.slice(0, CHECKSUM_CHARACTERS) !== `${checksumOf(json)} `) return undefined;
  return JSON.parse(json) as LogEntry<unknown>;
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
