import { PlaceLists } from './place-lists.ts';

/** Sets of places that grow together (Tarjan, JACM 1975: union by size, path halving). */
export class DisjointSets {
  readonly #parents: Int32Array;
  readonly #members = new Map<number, number[]>();

  constructor(size: number) {
    this.#parents = Int32Array.from({ length: size }, (_, place) => place);
  }

  find(place: number): number {
    const parents = this.#parents;
    let root = place;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [left, right] = [this.find(a), this.find(b)];
    if (left === right) return;
    const [leftMembers, rightMembers] = [this.members(left), this.members(right)];
    const [into, from] = leftMembers.length < rightMembers.length ? [right, left] : [left, right];
    const members = this.members(into);
    for (const place of this.members(from)) members.push(place);
    this.#members.set(into, members);
    this.#members.delete(from);
    this.#parents[from] = into;
  }

  members(root: number): number[] {
    return this.#members.get(root) ?? [root];
  }

  /** Every set, in the order of its first member. */
  all(): PlaceLists {
    const size = this.#parents.length;
    /** The number of the set that each root is of, plus 1. */
    const numbers = new Uint32Array(size);
    /** Where the next place of each set is written, and where the set ends. */
    const next = new Uint32Array(size);
    const ends = new Uint32Array(size);
    let sets = 0;
    for (let place = 0, before = 0; place < size; place++) {
      const root = this.find(place);
      if (numbers[root] !== 0) continue;
      next[sets] = before;
      before += this.#members.get(root)?.length ?? 1;
      ends[sets++] = before;
      numbers[root] = sets;
    }
    const places = new Int32Array(size);
    for (let place = 0; place < size; place++) places[next[numbers[this.find(place)]! - 1]!++] = place;
    return new PlaceLists(places, ends.slice(0, sets));
  }
}
