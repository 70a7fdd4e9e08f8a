/**
 * Optimal string alignment distance from one text to others: insertions, deletions, substitutions and transpositions
 * of neighbouring letters cost 1, and no part is edited twice (Damerau, CACM 1964; Boytsov, "Indexing methods for
 * approximate dictionary searching", ACM JEA 16, 2011). Rows of the table are kept for the prefix that a text shares
 * with the one before it, so sorted texts are the fastest. Letters are UTF-16 code units.
 */
export class EditRows {
  readonly #text: string;
  readonly #max: number;
  /** Row d: distances from the first d letters of the other text to every prefix of this one. */
  readonly #rows: Uint16Array[];
  #letters = '';

  /** @param max the largest distance that `compare` returns. */
  constructor(text: string, max: number) {
    this.#text = text;
    this.#max = max;
    this.#rows = [Uint16Array.from({ length: text.length + 1 }, (_, i) => i)];
  }

  /**
   * Compares with another text.
   * @param max the largest distance to return. Default: that of the constructor.
   * @returns `distance`: undefined when it is larger than `max`; `farFrom`: length of the shortest prefix of `other`
   *   that no text within `max` edits begins with, undefined when there is none.
   */
  compare(other: string, max = this.#max): EditComparison {
    let depth = 0;
    while (depth < this.#letters.length && this.#letters[depth] === other[depth]) depth++;
    for (; depth < other.length; depth++) {
      if (this.#extend(other, depth) > max) {
        this.#letters = other.slice(0, depth);
        return { distance: undefined, farFrom: depth + 1 };
      }
    }
    this.#letters = other;
    const distance = this.#rows[other.length]![this.#text.length]!;
    return { distance: distance <= max ? distance : undefined, farFrom: undefined };
  }

  /** Computes the row after `depth` letters of `other`. @returns the smallest distance in it. */
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

/** What `EditRows.compare` returns. */
interface EditComparison {
  readonly distance: number | undefined;
  readonly farFrom: number | undefined;
}
