import type { Paper } from '../../papers/paper.ts';
import { tokenize } from '../../text/tokenizer.ts';
import { pause } from '../../util/pause.ts';

/** Papers between two pauses that let other work run: some milliseconds. */
const YIELD_EVERY = 500;

/** The words of all titles, stop words too, which the keyword index does not have. */
export class Titles {
  /** The folded words of each title, with a blank before and after each. */
  readonly #words: readonly string[];

  private constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** Reads all titles. @throws the signal's reason when aborted; what reading a paper throws. */
  static async read(papers: Iterable<Pick<Paper, 'title'>>, signal?: AbortSignal): Promise<Titles> {
    const words: string[] = [];
    for (const { title } of papers) {
      words.push(titleWords(title));
      if (words.length % YIELD_EVERY === 0) await pause(signal);
    }
    return new Titles(words);
  }

  /** Positions of the papers whose titles contain the words of a text, one after another; none for a text without. */
  withPhrase(text: string): number[] {
    const phrase = titleWords(text);
    return phrase === ' ' ? [] : this.#find((title) => title.includes(phrase));
  }

  /** Positions of the papers whose titles are exactly the words of a text. */
  equalTo(text: string): number[] {
    const phrase = titleWords(text);
    return phrase === ' ' ? [] : this.#find((title) => title === phrase);
  }

  #find(matches: (title: string) => boolean): number[] {
    const found: number[] = [];
    for (const [doc, title] of this.#words.entries()) if (matches(title)) found.push(doc);
    return found;
  }
}

/** The folded words of a text with a blank before and after each: " to be or not to be "; " " for none. */
export function titleWords(text: string): string {
  const words = tokenize(text).filter(({ kind }) => kind === 'word');
  return ` ${words.map(({ surface }) => `${surface} `).join('')}`;
}
