import { join } from 'node:path';
import { PaperSearchError } from '../errors.ts';
import type { AppendLogOptions } from '../indexes/store/append-log.ts';
import { keptFolder } from '../indexes/store/layout.ts';
import { NamedLogs } from '../indexes/store/named-logs.ts';
import { MAX_REVIEWS } from '../limits.ts';
import { isSlug } from '../text/slug.ts';
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

/** The reviews of a library: a folder each, in `kept/reviews/` of the index folder, with a log and the files of pools. */
export class ReviewStore {
  readonly #folder: string;
  readonly #logs: NamedLogs<ReviewEvent, ReviewState>;

  /** @param indexFolder the folder of the index; that of the reviews is created with the first of them. */
  constructor(indexFolder: string, options: AppendLogOptions = {}) {
    this.#folder = join(keptFolder(indexFolder), 'reviews');
    this.#logs = new NamedLogs({
      ...options,
      folder: this.#folder,
      kind: 'review',
      kinds: 'reviews',
      most: MAX_REVIEWS,
      fileOf: (id) => join(id, LOG),
      idOf: (name) => name,
      readEvent,
      reader: (id) => {
        const review = new ReviewLog(id);
        return (entries) => review.read(entries);
      },
    });
  }

  /** The folder of a review. @param id of an existing one. */
  folderOf(id: string): string {
    return join(this.#folder, id);
  }

  /** Every review that is not deleted, by name. @throws as `NamedLogs.list` does. */
  list(): Promise<readonly ReviewState[]> {
    return this.#logs.list();
  }

  /** A review by its id. @throws PaperSearchError NOT_FOUND for an unknown or a deleted one; as `list` does. */
  async get(id: string): Promise<StoredReview> {
    if (!isSlug(id)) throw noReview(id);
    const state = existing(id, await this.#logs.read(id));
    return { state, log: this.#logs.of(id).entries };
  }

  /**
   * Creates a review.
   * @param make returns its first events, and may write files to its folder.
   * @returns its id.
   * @throws PaperSearchError as `NamedLogs.create` does; whatever `make` throws.
   */
  create(name: string, make: (folder: string) => Promise<readonly ReviewEvent[]>): Promise<string> {
    return this.#logs.create(name, (id) => make(this.folderOf(id)));
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
    const log = this.#logs.of(id);
    const events = await log.append((entries) => make(existing(id, log.stateOf(entries)), entries));
    const { entries } = log;
    return { state: log.stateOf(entries)!, log: entries, events };
  }

  /** @param id of the review that may have the name. @throws PaperSearchError as `NamedLogs.expectFree` does. */
  expectFree(name: string, id?: string): Promise<void> {
    return this.#logs.expectFree(name, id);
  }
}

function existing(id: string, state: ReviewState | undefined): ReviewState {
  if (!state) throw noReview(id);
  const { deletedAt, name } = state;
  if (deletedAt === undefined) return state;
  throw new PaperSearchError('NOT_FOUND', `The review "${name}" was removed on ${deletedAt}.`, {
    details: { review: id, deletedAt },
  });
}

function noReview(id: string): PaperSearchError {
  const message = `There is no review "${id}". List the reviews to find its id.`;
  return new PaperSearchError('NOT_FOUND', message, { details: { review: id } });
}
