import type { QueryNotice } from '../../query/ast.ts';
import { count, intersect, remove } from '../../util/mask.ts';

/** The papers of one index that match a query or a part of it. */
export class Match {
  /** One byte per paper: 1 for those that match, 0 for the others. */
  readonly mask: Uint8Array;
  /** How many papers match. */
  readonly count: number;
  /** Remarks on parts of a query that were ignored, or that could not be matched exactly. */
  readonly notices: readonly QueryNotice[];
  /** Whether a part of the query was ignored, so that a paper that matches need not be what was asked for. */
  readonly ignoresPart: boolean;

  /** @param mask not changed from now on. @param papers how many match, where it is known. */
  constructor(
    mask: Uint8Array,
    notices: readonly QueryNotice[] = [],
    ignoresPart = false,
    papers = count(mask),
  ) {
    this.mask = mask;
    this.count = papers;
    this.notices = notices;
    this.ignoresPart = ignoresPart;
  }

  /** Every paper of an index of this size. */
  static all(size: number): Match {
    return new Match(new Uint8Array(size).fill(1), [], false, size);
  }

  /** Papers by their positions in an index of this size. */
  static of(docs: Iterable<number>, size: number): Match {
    const mask = new Uint8Array(size);
    for (const doc of docs) mask[doc] = 1;
    return new Match(mask);
  }

  /** The papers that match this and not the other. */
  without(other: Match): Match {
    const mask = this.mask.slice();
    remove(mask, other.mask);
    return new Match(mask, this.notices);
  }

  /** The papers that match both. @param other undefined for every paper. */
  and(other: Match | undefined): Match {
    if (!other) return this;
    const mask = this.mask.slice();
    intersect(mask, other.mask);
    const notices = [...this.notices, ...other.notices];
    return new Match(mask, notices, this.ignoresPart || other.ignoresPart);
  }
}
