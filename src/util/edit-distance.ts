/**
 * Optimal string alignment distance (Damerau 1964, no part edited twice) from one text to others that come in
 * order: rows of the table that stand for a common beginning are kept. Letters are UTF-16 code units.
 */
export class EditRows {
  readonly #text: string;
  readonly #most: number;
  /** Row d: distances from the first d letters of the other text to every beginning of this one. */
  readonly #rows: Uint16Array[];
  #letters = '';

  /** @param most edits that count as near. */
  constructor(text: string, most: number) {
    this.#text = text;
    this.#most = most;
    this.#rows = [Uint16Array.from({ length: text.length + 1 }, (_, i) => i)];
  }

  /**
   * Compares with another text.
   * @returns `isNear`: whether it is at most so many edits away; `farFrom`: length of its shortest beginning that
   *   nothing near begins with, undefined when there is none.
   */
  compare(other: string): { readonly isNear: boolean; readonly farFrom: number | undefined } {
    let depth = 0;
    while (depth < this.#letters.length && this.#letters[depth] === other[depth]) depth++;
    for (; depth < other.length; depth++) {
      if (this.#extend(other, depth) > this.#most) {
        this.#letters = other.slice(0, depth);
        return { isNear: false, farFrom: depth + 1 };
      }
    }
    this.#letters = other;
    return { isNear: this.#rows[other.length]![this.#text.length]! <= this.#most, farFrom: undefined };
  }

  /** Makes the row after `depth` letters of `other`. @returns its least distance. */
  #extend(other: string, depth: number): number {
    const text = this.#text;
    const before = this.#rows[depth]!;
    this.#rows[depth + 1] ??= new Uint16Array(text.length + 1);
    const row = this.#rows[depth + 1]!;
    row[0] = depth + 1;
    let least = depth + 1;
    for (let i = 1; i <= text.length; i++) {
      const change = text[i - 1] === other[depth] ? 0 : 1;
      let distance = Math.min(before[i - 1]! + change, before[i]! + 1, row[i - 1]! + 1);
      if (i > 1 && depth > 0 && text[i - 1] === other[depth - 1] && text[i - 2] === other[depth]) {
        distance = Math.min(distance, this.#rows[depth - 1]![i - 2]! + 1);
      }
      row[i] = distance;
      if (distance < least) least = distance;
    }
    return least;
  }
}
