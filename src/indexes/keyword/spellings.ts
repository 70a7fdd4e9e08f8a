/** Terms that the corpus writes with a hyphen ("self-improvement"): the joined term to the surfaces of its parts. */
export type Compounds = ReadonlyMap<string, readonly string[]>;

/** Counts how the corpus writes its compounds, so that a rare hyphen does not split a word. */
export class Spellings {
  readonly #parts = new Map<string, readonly string[]>();
  readonly #hyphenated = new Map<string, number>();
  readonly #solid = new Map<string, number>();

  /** Counts one token. @param parts surfaces of a hyphenated word's parts; empty for any other word. */
  count(term: string, parts: readonly string[]): void {
    const counts = parts.length > 1 ? this.#hyphenated : this.#solid;
    counts.set(term, (counts.get(term) ?? 0) + 1);
    if (parts.length > 1) this.#parts.set(term, parts);
  }

  /** The terms that are written with a hyphen at least as often as without. */
  compounds(): Compounds {
    return new Map(
      Array.from(this.#parts).filter(([term]) => this.#hyphenated.get(term)! >= (this.#solid.get(term) ?? 0)),
    );
  }
}
