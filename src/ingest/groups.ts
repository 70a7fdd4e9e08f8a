import type { PaperIds } from './identity/paper-ids.ts';
import type { SourceRecord } from './record-set.ts';

/** A paper while it is made: its records, the one that counts most first, and its ids. */
export interface Group extends PaperIds {
  readonly records: readonly SourceRecord[];
}

/** Groups by their places, from 0 to `length` - 1; they may be made at each reading. */
export interface GroupList extends Iterable<Group> {
  readonly length: number;
  at(place: number): Group | undefined;
}

/** Papers of the previous snapshot that stay as they are. */
export interface StayingPapers {
  /** Their positions there, ascending; each at the place that it has among all papers, where the others have -1. */
  readonly positions: Int32Array;
  /** Makes the group of one. */
  readonly groupOf: (doc: number) => Group;
}

/**
 * The papers that a change makes, in the order of their ids. Of a million papers, most stay as they are: their groups are made
 * at each reading.
 */
export class Groups implements Iterable<Group> {
  readonly length: number;
  readonly #made: GroupList;
  readonly #staying: StayingPapers | undefined;
  /** The place in `#made` of each paper that does not stay. */
  readonly #places: Uint32Array | undefined;

  /** @param made the groups of the others, in order. @param staying Default: there are none. */
  constructor(made: GroupList, staying?: StayingPapers) {
    this.#made = made;
    this.#staying = staying;
    this.length = staying?.positions.length ?? made.length;
    if (!staying) return;
    this.#places = new Uint32Array(this.length);
    for (let doc = 0, place = 0; doc < this.length; doc++)
      if (staying.positions[doc]! < 0) this.#places[doc] = place++;
  }

  /** @param doc from 0 to `length` - 1. */
  at(doc: number): Group {
    const before = this.stayingAt(doc);
    return before >= 0 ? this.#staying!.groupOf(before) : this.#made.at(this.#places?.[doc] ?? doc)!;
  }

  /** The position in the previous snapshot of a paper that stays as it is; -1 for the others. */
  stayingAt(doc: number): number {
    return this.#staying?.positions[doc] ?? -1;
  }

  /** The papers that do not stay as they are. */
  get others(): GroupList {
    return this.#made;
  }

  *[Symbol.iterator](): Generator<Group> {
    for (let doc = 0; doc < this.length; doc++) yield this.at(doc);
  }
}
