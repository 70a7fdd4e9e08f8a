/**
 * Texts that mean the same and have not been asked before: the n-th time a text comes, its first letters have the
 * capitals that the bits of n say. Neither the model nor the analyzer minds, but a cache of questions does not
 * know them: what is measured is then the whole answer, however often a question is asked.
 */
export class Unseen {
  readonly #asked = new Map<string, number>();

  of(text: string): string {
    const times = this.#asked.get(text) ?? 0;
    this.#asked.set(text, times + 1);
    return variant(text, times);
  }
}

/** The n-th way to write a text in small and capital letters. */
export function variant(text: string, n: number): string {
  let bit = 0;
  return text
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => (bit < 31 && (n >> bit++) & 1 ? letter.toUpperCase() : letter));
}
