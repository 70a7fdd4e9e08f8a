import { placeOf, prefixRange } from './sorted.ts';
import type { Counted } from './spelling-counts.ts';

/** The words of a corpus, with their spellings and how many papers have them. */
export class Vocabulary {
  /** Folded, ascending by UTF-16 code units. */
  readonly words: readonly string[];
  readonly #spellings: readonly string[];
  readonly #papers: Uint32Array;

  /** @param counted the words, ascending by key. */
  constructor(counted: readonly Counted[]) {
    this.words = counted.map(({ key }) => key);
    this.#spellings = counted.map(({ spelling }) => spelling);
    this.#papers = Uint32Array.from(counted, ({ papers }) => papers);
  }

  /** Whether a folded word is in the vocabulary. */
  has(word: string): boolean {
    return this.words[placeOf(this.words, word)] === word;
  }

  /** The most frequent spelling of the word at an index. */
  spelling(place: number): string {
    return this.#spellings[place]!;
  }

  /** How many papers have the word at an index. */
  papers(place: number): number {
    return this.#papers[place]!;
  }

  /** How many words begin with a prefix, and the sum of their papers. */
  beginningWith(prefix: string): { readonly words: number; readonly papers: number } {
    const { from, to } = prefixRange(this.words, prefix);
    let papers = 0;
    for (let place = from; place < to; place++) papers += this.#papers[place]!;
    return { words: to - from, papers };
  }

  /** How many papers have a folded word. */
  papersOf(word: string): number {
    const place = placeOf(this.words, word);
    return this.words[place] === word ? this.#papers[place]! : 0;
  }
}
