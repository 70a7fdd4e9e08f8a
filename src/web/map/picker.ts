import { type Quadtree, quadtree } from 'd3-quadtree';
import type { Highlighted } from './drawing.ts';

/** Finds the point at a position of the map. */
export class Picker {
  readonly #xs: Uint16Array;
  readonly #ys: Uint16Array;
  #all: Quadtree<number> | undefined;
  #highlighted: Quadtree<number> | undefined;

  constructor({ xs, ys }: { readonly xs: Uint16Array; readonly ys: Uint16Array }) {
    this.#xs = xs;
    this.#ys = ys;
  }

  /** Highlighted points are meant rather than others. */
  setHighlighted(highlighted: Highlighted | undefined): void {
    this.#highlighted = highlighted && this.#treeOf(highlighted.docs);
  }

  /** The nearest point within `radius`, in map coordinates. The first call builds the tree of all points. */
  find(x: number, y: number, radius: number): number | undefined {
    const highlighted = this.#highlighted?.find(x, y, radius);
    if (highlighted !== undefined) return highlighted;
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
