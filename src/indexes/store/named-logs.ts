import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { isSlug, slugOf } from '../../text/slug.ts';
import { AppendLog, type AppendLogOptions, type LogEntry } from './append-log.ts';

/** What people keep in such logs, and how it is read. */
export interface NamedLogsOptions<Event, State> extends AppendLogOptions {
  /** The folder of the logs. It is created with the first of them. */
  readonly folder: string;
  /** What one is called in messages, and its plural. */
  readonly kind: string;
  readonly kinds: string;
  /** The most that there may be, without the deleted ones. */
  readonly most: number;
  /** The log of an id, as a path in the folder. */
  readonly fileOf: (id: string) => string;
  /** The id of a name in the folder. @returns undefined for a name that has no log. */
  readonly idOf: (name: string) => string | undefined;
  /** @returns the value of an entry. @throws for anything else. */
  readonly readEvent: (value: unknown) => Event;
  /** Makes the reader of a log, which may remember what it made of the entries before. */
  readonly reader: (id: string) => Reader<Event, State>;
}

/** What the entries of a log make. @returns undefined for an empty log. */
type Reader<Event, State> = (entries: readonly LogEntry<Event>[]) => State | undefined;

/** What is known of everything that has a name. */
interface Named {
  readonly id: string;
  readonly name: string;
  readonly deletedAt?: string | undefined;
}

/**
 * Logs of things that people name, in one folder. Several processes can use the folder: each change is made under a lock,
 * on what the others have written.
 */
export class NamedLogs<Event, State extends Named> {
  readonly #options: NamedLogsOptions<Event, State>;
  readonly #logs = new Map<string, NamedLog<Event, State>>();

  constructor(options: NamedLogsOptions<Event, State>) {
    this.#options = options;
  }

  /**
   * Everything that is kept, by name.
   * @param deletedToo whether deleted ones are listed.
   * @throws PaperSearchError INDEX_CORRUPT, INDEX_INCOMPATIBLE or INDEX_UNREADABLE when a log cannot be read.
   */
  async list(deletedToo = false): Promise<readonly State[]> {
    const found: State[] = [];
    for (const id of await this.#ids()) {
      const state = await this.of(id).read();
      if (state && (deletedToo || state.deletedAt === undefined)) found.push(state);
    }
    return found.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
  }

  /** The log of an id, which may be empty. @param id one that `isSlug` accepts. */
  of(id: string): NamedLog<Event, State> {
    const known = this.#logs.get(id);
    if (known) return known;
    const { folder, fileOf, reader, readEvent } = this.#options;
    const open = () => AppendLog.open(join(folder, fileOf(id)), readEvent, this.#options);
    const opened = new NamedLog(open, reader(id));
    this.#logs.set(id, opened);
    return opened;
  }

  /** Reads the log of an id; an id without a log, which a client may have guessed, is not remembered. */
  async read(id: string): Promise<State | undefined> {
    const state = await this.of(id).read();
    if (!state) this.#logs.delete(id);
    return state;
  }

  /**
   * Creates a log under an id made of a name.
   * @param make returns the first events.
   * @returns the id.
   * @throws PaperSearchError as `expectFree` and `NamedLog.append` do; whatever `make` throws.
   */
  async create(name: string, make: (id: string) => Events<Event>): Promise<string> {
    await this.expectFree(name);
    const slug = slugOf(name, this.#options.kind);
    for (let number = 1; ; number++) {
      const id = number === 1 ? slug : `${slug}-${number}`;
      // A deleted one keeps its id, and another process may take the id at this moment.
      const written = await this.of(id).append((log) => (log.length === 0 ? make(id) : []));
      if (written.length > 0) return id;
    }
  }

  /**
   * Checks that a name can be given.
   * @param id of the one that may have the name.
   * @throws PaperSearchError CONFLICT when another has it; BAD_REQUEST when there are too many; as `list` does.
   */
  async expectFree(name: string, id?: string): Promise<void> {
    const { kind, kinds, most } = this.#options;
    const others = (await this.list()).filter((each) => each.id !== id);
    const key = (text: string) => text.trim().toLowerCase();
    const same = others.find((each) => key(each.name) === key(name));
    if (same) {
      throw new PaperSearchError(
        'CONFLICT',
        `There is a ${kind} "${same.name}" already (id ${same.id}). Choose another name.`,
        { details: { [kind]: same.id, name: same.name } },
      );
    }
    if (others.length >= most) {
      const message = `There are ${others.length} ${kinds}, and no more than ${most} are allowed. Delete one that is not needed.`;
      throw new PaperSearchError('BAD_REQUEST', message);
    }
  }

  async #ids(): Promise<readonly string[]> {
    const { folder, kinds, idOf } = this.#options;
    const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return [];
      const message = `Cannot read the ${kinds} in "${folder}": ${messageOf(cause)}.`;
      throw new PaperSearchError('INDEX_UNREADABLE', message, { details: { folder }, cause });
    });
    return names
      .map(idOf)
      .filter((id): id is string => id !== undefined && isSlug(id))
      .sort();
  }
}

type Events<Event> = readonly Event[] | Promise<readonly Event[]>;

/** A log and what it makes. One call at a time uses the log. */
export class NamedLog<Event, State> {
  readonly #open: () => Promise<AppendLog<Event>>;
  readonly #reader: Reader<Event, State>;
  #log: AppendLog<Event> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(open: () => Promise<AppendLog<Event>>, reader: Reader<Event, State>) {
    this.#open = open;
    this.#reader = reader;
  }

  /** Every entry that has been read, the oldest first. */
  get entries(): readonly LogEntry<Event>[] {
    return this.#log?.entries ?? [];
  }

  /** What the log makes, as it is on disk. @returns undefined for an empty log. @throws as `AppendLog.refresh` does. */
  read(): Promise<State | undefined> {
    return this.#alone(async (log) => {
      await log.refresh();
      return this.#reader(log.entries);
    });
  }

  /** What some entries of this log make. */
  stateOf(entries: readonly LogEntry<Event>[]): State | undefined {
    return this.#reader(entries);
  }

  /** @returns the entries that were written. @throws as `AppendLog.append` does; whatever `make` throws. */
  append(make: (log: readonly LogEntry<Event>[]) => Events<Event>): Promise<readonly LogEntry<Event>[]> {
    return this.#alone((log) => log.append(make));
  }

  #alone<T>(use: (log: AppendLog<Event>) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      this.#log ??= await this.#open();
      return use(this.#log);
    });
    this.#last = result.catch(() => {});
    return result;
  }
}
