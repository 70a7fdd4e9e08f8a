import { type Quadtree, quadtree } from 'd3-quadtree';
import type { Lit } from './drawing.ts';

/** Finds the point that is meant by a place of the map. */
export class Picker {
  readonly #xs: Uint16Array;
  readonly #ys: Uint16Array;
  #all: Quadtree<number> | undefined;
  #lit: Quadtree<number> | undefined;

  constructor({ xs, ys }: { readonly xs: Uint16Array; readonly ys: Uint16Array }) {
    this.#xs = xs;
    this.#ys = ys;
  }

  /** Lit points are meant rather than others. */
  setLit(lit: Lit | undefined): void {
    this.#lit = lit && this.#treeOf(lit.docs);
  }

  /** The nearest point no farther away than `radius`, in map coordinates. The first call builds the tree of all. */
  find(x: number, y: number, radius: number): number | undefined {
    const lit = this.#lit?.find(x, y, radius);
    if (lit !== undefined) return lit;
    this.#all ??= this.#treeOf(this.#xs.keys());
    return this.#all.find(x, y, radius);
  }

  #treeOf(docs: Iterable<number>): Quadtree<number> {
    return quadtree<number>()
      .x((doc) => this.#xs[doc]!)
      .y((doc) => this.#ys[doc]!)
      .addAll([...docs]);
  }
}
