import { EditRows } from '../../util/edit-distance.ts';
import { bitsOf, lettersOf, mostDifferent } from '../../util/letter-bits.ts';

/** Terms by their numbers, from 0. */
interface NumberedTerms {
  readonly size: number;
  term(number: number): string;
}

/** Finds the terms near to a text. They are kept by length, each with the set of its letters: eight bytes a term. */
export class NearTerms {
  readonly #terms: NumberedTerms;
  /** Numbers of the terms, the shortest first, and the letters of each. */
  readonly #numbers: Uint32Array;
  readonly #letters: Uint32Array;
  /** Where the terms of each length begin in both; one more entry than there are lengths. */
  readonly #starts: Uint32Array;

  /** Reads all terms. @param from the number of the first one that may be near to a text. */
  constructor(terms: NumberedTerms, from: number) {
    this.#terms = terms;
    const count = terms.size - from;
    const lengths = new Uint32Array(count);
    const letters = new Uint32Array(count);
    let longest = 0;
    for (let n = 0; n < count; n++) {
      const term = terms.term(from + n);
      lengths[n] = term.length;
      letters[n] = lettersOf(term);
      if (term.length > longest) longest = term.length;
    }
    this.#starts = new Uint32Array(longest + 2);
    for (let n = 0; n < count; n++) this.#starts[lengths[n]! + 1]!++;
    for (let length = 0; length <= longest; length++) this.#starts[length + 1]! += this.#starts[length]!;
    const next = this.#starts.slice();
    this.#numbers = new Uint32Array(count);
    this.#letters = new Uint32Array(count);
    for (let n = 0; n < count; n++) {
      const place = next[lengths[n]!]!++;
      this.#numbers[place] = from + n;
      this.#letters[place] = letters[n]!;
    }
  }

  /** Numbers of the terms at most so many edits from a text (`EditRows`), in no order. */
  within(text: string, edits: number): number[] {
    const rows = new EditRows(text, edits);
    const letters = lettersOf(text);
    const found: number[] = [];
    const longest = this.#starts.length - 2;
    for (
      let length = Math.max(0, text.length - edits);
      length <= Math.min(text.length + edits, longest);
      length++
    ) {
      const most = mostDifferent(edits, length - text.length);
      const end = this.#starts[length + 1]!;
      for (let n = this.#starts[length]!; n < end; n++) {
        if (bitsOf(this.#letters[n]! ^ letters) > most) continue;
        const number = this.#numbers[n]!;
        if (rows.compare(this.#terms.term(number)).distance !== undefined) found.push(number);
      }
    }
    return found;
  }
}
