import type { Pool } from './pool/pool.ts';

/** How long a paper is kept for the reviewer who was shown it. */
const KEPT_MS = 10 * 60_000;
/** Papers of one review that are remembered. */
const MAX_SHOWN = 2000;

/**
 * Which papers reviewers are reading now, in this process. Where one reviewer decides a paper, two who work at the same
 * time would otherwise be shown the same one, and the second decision would be refused.
 */
export class ShownPapers {
  readonly #now: () => number;
  /** By review, then by paper. */
  readonly #shown = new Map<string, Map<string, { readonly by: string; readonly at: number }>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The rows of papers that other reviewers were shown in the last minutes. */
  toOthers(review: string, reviewer: string, { rows }: Pool): ReadonlySet<number> {
    const since = this.#now() - KEPT_MS;
    const found = new Set<number>();
    for (const [paper, { by, at }] of this.#shown.get(review) ?? []) {
      const row = rows.get(paper);
      if (by !== reviewer && at > since && row !== undefined) found.add(row);
    }
    return found;
  }

  add(review: string, reviewer: string, papers: readonly string[]): void {
    const shown = this.#shown.get(review) ?? new Map<string, { by: string; at: number }>();
    this.#shown.set(review, shown);
    for (const paper of papers) {
      shown.delete(paper);
      shown.set(paper, { by: reviewer, at: this.#now() });
      if (shown.size > MAX_SHOWN) shown.delete(shown.keys().next().value!);
    }
  }
}
