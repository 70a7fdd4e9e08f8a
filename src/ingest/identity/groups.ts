import { haveDifferentIds } from './agreement.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { PlaceLists } from './place-lists.ts';
import type { RecordKeys } from './record-keys.ts';

/** Groups of one title, and records of a group, that another is compared with: time stays in proportion to the records. */
export const MAX_COMPARED = 64;

/** What people decided about pairs of records, as places in the list of all. */
export interface Decisions {
  readonly together: readonly (readonly [number, number])[];
  readonly apart: readonly (readonly [number, number])[];
}

export const NO_DECISIONS: Decisions = { together: [], apart: [] };

/** Groups of records, which are joined unless their ids or a decision forbid it. */
export class Groups {
  readonly #sets: DisjointSets;
  readonly #records: readonly RecordKeys[];
  readonly #apart: readonly (readonly [number, number])[];

  /** Begins with the groups that users joined. */
  constructor(records: readonly RecordKeys[], { together, apart }: Decisions) {
    this.#sets = new DisjointSets(records.length);
    this.#records = records;
    this.#apart = apart;
    for (const [a, b] of together) this.#sets.join(a, b);
  }

  find(place: number): number {
    return this.#sets.find(place);
  }

  /** The places of a group. @param root as `find` returns it. */
  members(root: number): readonly number[] {
    return this.#sets.members(root);
  }

  /** Every group, in the order of its first member. */
  all(): PlaceLists {
    return this.#sets.all();
  }

  /**
   * Joins the groups of two places, unless two of their records are apart by themselves or by a decision.
   * @returns whether they are in one group now.
   */
  join(a: number, b: number): boolean {
    const [left, right] = [this.find(a), this.find(b)];
    if (left === right) return true;
    if (!this.#mayJoin(left, right)) return false;
    this.#sets.join(left, right);
    return true;
  }

  #mayJoin(left: number, right: number): boolean {
    const isDecided = this.#apart.some(([x, y]) => {
      const [a, b] = [this.find(x), this.find(y)];
      return (a === left && b === right) || (a === right && b === left);
    });
    if (isDecided) return false;
    const records = (root: number) =>
      this.members(root)
        .slice(0, MAX_COMPARED)
        .map((place) => this.#records[place]!);
    const others = records(right);
    return !records(left).some((x) => others.some((y) => haveDifferentIds(x, y)));
  }
}
