import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCollectionId, slugOf } from '../collections/slug.ts';
import { messageOf, PaperSearchError } from '../errors.ts';
import { AppendLog, type AppendLogOptions } from '../indexes/store/append-log.ts';
import { keptFolder } from '../indexes/store/layout.ts';
import { MAX_REVIEWS } from '../limits.ts';
import { readEvent } from './event-schema.ts';
import type { Recorded, ReviewEvent } from './events.ts';
import { ReviewLog, type ReviewState } from './state.ts';

const LOG = 'log';

/** Makes events of a review as it is while no one else can change it. @param log every event; empty for a new review. */
type MakeEvents = (
  state: ReviewState,
  log: readonly Recorded[],
) => readonly ReviewEvent[] | Promise<readonly ReviewEvent[]>;

/** A review as it is on disk. */
export interface StoredReview {
  readonly state: ReviewState;
  /** Every event, the oldest first. */
  readonly log: readonly Recorded[];
}

/**
 * The reviews of a library: a folder each, in `kept/reviews/` of the index folder, with a log and the files of pools.
 * Several stores, in several processes, can use one folder: each change is made under a lock, on what the others have
 * written.
 */
export class ReviewStore {
  readonly #folder: string;
  readonly #options: AppendLogOptions;
  readonly #logs = new Map<string, OpenLog>();

  /** @param indexFolder the folder of the index; that of the reviews is created with the first of them. */
  constructor(indexFolder: string, options: AppendLogOptions = {}) {
    this.#folder = join(keptFolder(indexFolder), 'reviews');
    this.#options = options;
  }

  /** The folder of a review. @param id of an existing one. */
  folderOf(id: string): string {
    return join(this.#folder, id);
  }

  /**
   * Every review that is not deleted, by name.
   * @throws PaperSearchError INDEX_CORRUPT, INDEX_INCOMPATIBLE or INDEX_UNREADABLE when a log cannot be read.
   */
  async list(): Promise<readonly ReviewState[]> {
    const found: ReviewState[] = [];
    for (const id of await this.#ids()) {
      const stored = await this.#logOf(id).read();
      if (stored && stored.state.deletedAt === undefined) found.push(stored.state);
    }
    return found.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
  }

  /** A review by its id. @throws PaperSearchError NOT_FOUND for an unknown or a deleted one; as `list` does. */
  async get(id: string): Promise<StoredReview> {
    if (!isCollectionId(id)) throw noReview(id);
    const stored = await this.#logOf(id).read();
    // Ids that a client guesses are not remembered.
    if (!stored) this.#logs.delete(id);
    return existing(id, stored);
  }

  /**
   * Creates a review.
   * @param make returns its first events, and may write files to its folder.
   * @returns its id.
   * @throws PaperSearchError CONFLICT when another has the name; BAD_REQUEST when there are too many; INDEX_LOCKED or
   *   INDEX_UNWRITABLE when it cannot be written; whatever `make` throws.
   */
  async create(name: string, make: (folder: string) => Promise<readonly ReviewEvent[]>): Promise<string> {
    await this.expectFree(name);
    const slug = slugOf(name, 'review');
    for (let number = 1; ; number++) {
      const id = number === 1 ? slug : `${slug}-${number}`;
      // A deleted review keeps its id, and another process may take the id at this moment.
      const written = await this.#logOf(id).append((log) =>
        log.length === 0 ? make(this.folderOf(id)) : [],
      );
      if (written.length > 0) return id;
    }
  }

  /**
   * Appends events to a review.
   * @returns the new events, and the review afterwards.
   * @throws PaperSearchError as `get` and `create` do; whatever `make` throws.
   */
  async change(
    id: string,
    make: MakeEvents,
  ): Promise<StoredReview & { readonly events: readonly Recorded[] }> {
    await this.get(id);
    const log = this.#logOf(id);
    const events = await log.append((entries) => {
      const { state } = existing(id, log.stateOf(entries));
      return make(state, entries);
    });
    const { state, log: after } = log.stateOf(log.entries)!;
    return { state, log: after, events };
  }

  /** @param id of the review that may have the name. @throws PaperSearchError as `create` does. */
  async expectFree(name: string, id?: string): Promise<void> {
    const others = (await this.list()).filter((each) => each.id !== id);
    const key = (text: string) => text.trim().toLowerCase();
    const same = others.find((each) => key(each.name) === key(name));
    if (same) {
      throw new PaperSearchError(
        'CONFLICT',
        `There is a review "${same.name}" already (id ${same.id}). Choose another name.`,
        { details: { review: same.id, name: same.name } },
      );
    }
    if (id === undefined && others.length >= MAX_REVIEWS) {
      const message = `There are ${others.length} reviews, and no more than ${MAX_REVIEWS} are allowed. Remove one that is not needed.`;
      throw new PaperSearchError('BAD_REQUEST', message);
    }
  }

  #logOf(id: string): OpenLog {
    const known = this.#logs.get(id);
    if (known) return known;
    const opened = new OpenLog(id, join(this.folderOf(id), LOG), this.#options);
    this.#logs.set(id, opened);
    return opened;
  }

  async #ids(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return [];
      const message = `Cannot read the reviews in "${this.#folder}": ${messageOf(cause)}.`;
      throw new PaperSearchError('INDEX_UNREADABLE', message, { details: { folder: this.#folder }, cause });
    });
    return names.filter(isCollectionId).sort();
  }
}

function existing(id: string, stored: StoredReview | undefined): StoredReview {
  if (!stored) throw noReview(id);
  const { deletedAt, name } = stored.state;
  if (deletedAt === undefined) return stored;
  throw new PaperSearchError('NOT_FOUND', `The review "${name}" was removed on ${deletedAt}.`, {
    details: { review: id, deletedAt },
  });
}

function noReview(id: string): PaperSearchError {
  const message = `There is no review "${id}". List the reviews to find its id.`;
  return new PaperSearchError('NOT_FOUND', message, { details: { review: id } });
}

/** A log and the review that it makes. One call at a time uses the log. */
class OpenLog {
  readonly #open: () => Promise<AppendLog<ReviewEvent>>;
  readonly #review: ReviewLog;
  #log: AppendLog<ReviewEvent> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(id: string, file: string, options: AppendLogOptions) {
    this.#open = () => AppendLog.open(file, readEvent, options);
    this.#review = new ReviewLog(id);
  }

  get entries(): readonly Recorded[] {
    return this.#log?.entries ?? [];
  }

  /** The review as it is on disk. @returns undefined when there is none. */
  read(): Promise<StoredReview | undefined> {
    return this.#alone(async (log) => {
      await log.refresh();
      return this.stateOf(log.entries);
    });
  }

  stateOf(log: readonly Recorded[]): StoredReview | undefined {
    const state = this.#review.read(log);
    return state && { state, log };
  }

  append(
    make: (log: readonly Recorded[]) => readonly ReviewEvent[] | Promise<readonly ReviewEvent[]>,
  ): Promise<readonly Recorded[]> {
    return this.#alone((log) => log.append(make));
  }

  #alone<T>(use: (log: AppendLog<ReviewEvent>) => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      this.#log ??= await this.#open();
      return use(this.#log);
    });
    this.#last = result.catch(() => {});
    return result;
  }
}
