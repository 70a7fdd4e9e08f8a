/**
 * Texts with the same meaning that the server has not seen: at the n-th use of a text, the bits of n choose which of its
 * first letters are capitals. The model and the analyzer ignore case, but a cache of queries does not find them: the
 * complete answer is measured, however often a query is repeated.
 */
export class Unseen {
  readonly #asked = new Map<string, number>();

  of(text: string): string {
    const times = this.#asked.get(text) ?? 0;
    this.#asked.set(text, times + 1);
    return variant(text, times);
  }
}

/** The n-th spelling of a text in lower and upper case. */
export function variant(text: string, n: number): string {
  let bit = 0;
  return text
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => (bit < 31 && (n >> bit++) & 1 ? letter.toUpperCase() : letter));
}
