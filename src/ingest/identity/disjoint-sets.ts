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
  all(): number[][] {
    const sets = new Map<number, number[]>();
    this.#parents.forEach((_, place) => {
      const root = this.find(place);
      const set = sets.get(root);
      if (set) set.push(place);
      else sets.set(root, [place]);
    });
    return [...sets.values()];
  }
}
