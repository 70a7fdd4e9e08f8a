import type { Scored } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';

/** The values of each paper, by their numbers: counting them reads only those of the papers that are counted. */
export class ValuesByPaper {
  /** The values of paper p are `[#first[p], #first[p + 1])` of `#values`. */
  readonly #first: Uint32Array;
  readonly #values: Uint32Array;
  /** One a value; 0 between two calls. */
  readonly #counts: Uint32Array;
  /** Room for the values that are counted. */
  readonly #counted: Uint32Array;

  /**
   * @param first one a value, and the number of all papers at the end: the papers of value v are `[first[v], first[v + 1])`.
   * @param docs the papers of each value, ascending.
   */
  constructor(first: Uint32Array, docs: Uint32Array) {
    let papers = 0;
    for (let i = 0; i < docs.length; i++) if (docs[i]! >= papers) papers = docs[i]! + 1;
    const ends = new Uint32Array(papers + 1);
    for (let i = 0; i < docs.length; i++) ends[docs[i]! + 1]!++;
    for (let paper = 0; paper < papers; paper++) ends[paper + 1]! += ends[paper]!;
    const next = ends.slice();
    this.#first = ends;
    this.#values = new Uint32Array(docs.length);
    this.#counts = new Uint32Array(first.length - 1);
    this.#counted = new Uint32Array(this.#counts.length);
    for (let value = 0; value < this.#counts.length; value++) {
      const end = first[value + 1]!;
      for (let i = first[value]!; i < end; i++) this.#values[next[docs[i]!]!++] = value;
    }
  }

  /**
   * The values that most papers have, as `doc`, with how many have it, as `score`; ties by number.
   * @param papers each once. @param limit values wanted.
   */
  mostFrequent(papers: Uint32Array, limit: number): Scored[] {
    const [firsts, values, counts, counted] = [this.#first, this.#values, this.#counts, this.#counted];
    let different = 0;
    for (let n = 0; n < papers.length; n++) {
      // Papers after the last one with a value have none.
      const end = firsts[papers[n]! + 1] ?? 0;
      for (let i = firsts[papers[n]!]!; i < end; i++) {
        const value = values[i]!;
        if (counts[value]!++ === 0) counted[different++] = value;
      }
    }
    const best = new TopDocuments(Math.min(limit, different));
    for (let n = 0; n < different; n++) {
      const value = counted[n]!;
      if (counts[value]! >= best.threshold) best.add(value, counts[value]!);
      counts[value] = 0;
    }
    return best.ranked();
  }
}
