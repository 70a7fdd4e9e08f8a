import { PaperSearchError } from '../errors.ts';
import { readPool } from './pool/files.ts';
import { PaperFinder } from './pool/finder.ts';
import { nearestIds } from './pool/nearest-ids.ts';
import type { Pool } from './pool/pool.ts';
import { Rankings } from './ranking.ts';
import { RecallCurves } from './recall-curves.ts';
import { currentId, type RecordedPool, type ReviewState } from './state.ts';

/** Papers of all pools in memory: with abstracts, vectors and features, 20,000 take some 300 MB. */
const MAX_PAPERS = 25_000;

/** A pool in memory, with its rankings. */
export class OpenPool {
  readonly pool: Pool;
  readonly rankings: Rankings;
  readonly curves = new RecallCurves();
  #finder: PaperFinder | undefined;

  constructor(pool: Pool) {
    this.pool = pool;
    this.rankings = new Rankings(pool);
  }

  /** The row of a paper by an id that it has or had, or an identifier in any form. */
  find(identifier: string, { formerIds }: Pick<ReviewState, 'formerIds'>): number | undefined {
    const exact = this.pool.rows.get(currentId(formerIds, identifier));
    if (exact !== undefined) return exact;
    const { papers } = this.pool;
    // A removed paper may have become one with another, which then has its identifiers.
    this.#finder ??= new PaperFinder(
      papers.map(({ paper }) => paper),
      (row) => !papers[row]!.removed,
    );
    return this.#finder.find(identifier);
  }

  /** Ids of the pool that are like an unknown one. */
  nearest(unknown: string): readonly string[] {
    return nearestIds(unknown, this.pool.rows.keys());
  }
}

/** The pools that are in memory: those used last. */
export class OpenPools {
  readonly #open = new Map<string, Promise<OpenPool>>();
  readonly #sizes = new Map<string, number>();

  /** The current pool of a review. @throws PaperSearchError INDEX_CORRUPT with the file that is damaged. */
  current(folder: string, state: ReviewState): Promise<OpenPool> {
    return this.of(folder, poolOf(state));
  }

  /** The current pool of a review, whose papers can be ranked without a wait. @throws PaperSearchError as `current` does. */
  async prepared(folder: string, state: ReviewState): Promise<OpenPool> {
    const open = await this.current(folder, state);
    await open.rankings.prepare();
    return open;
  }

  /** A pool of a review. @throws PaperSearchError as `current` does. */
  async of(folder: string, taken: RecordedPool): Promise<OpenPool> {
    const key = JSON.stringify([folder, taken.papers.sha256, taken.vectors?.sha256]);
    const opened = this.#open.get(key) ?? readPool(folder, taken).then((pool) => new OpenPool(pool));
    this.#open.delete(key);
    this.#open.set(key, opened);
    this.#sizes.set(key, taken.size);
    try {
      const open = await opened;
      this.#evict(key);
      return open;
    } catch (error) {
      this.#open.delete(key);
      throw error;
    }
  }

  #evict(used: string): void {
    let papers = 0;
    for (const key of this.#open.keys()) papers += this.#sizes.get(key) ?? 0;
    for (const key of this.#open.keys()) {
      if (papers <= MAX_PAPERS) return;
      if (key === used) continue;
      papers -= this.#sizes.get(key) ?? 0;
      this.#open.delete(key);
    }
  }
}

/** The current pool of a review, as its event has it. */
export function poolOf({ id, pools }: ReviewState): RecordedPool {
  const current = pools.at(-1);
  if (current) return current;
  throw new PaperSearchError('INDEX_CORRUPT', `The log of the review "${id}" has no pool of papers.`, {
    details: { review: id },
  });
}
