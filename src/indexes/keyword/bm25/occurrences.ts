import { PositionReader } from './positions.ts';
import type { Segment } from './segment.ts';

/**
 * The positions of any of several terms, document by document, in ascending order of documents. Each field has its own
 * list of positions.
 */
export class Occurrences {
  readonly #segment: Segment;
  readonly #reader: PositionReader;
  /** Postings of the terms by document, and how many were read. */
  readonly #postings: Uint32Array | Range;
  #next = 0;
  readonly #fields: readonly number[][];

  /**
   * @param terms numbers. @param isCandidate documents that will be loaded: with several terms, only their
   *   postings are kept.
   */
  constructor(segment: Segment, terms: readonly number[], isCandidate: (doc: number) => boolean) {
    this.#segment = segment;
    this.#reader = new PositionReader(segment);
    this.#fields = Array.from({ length: this.#reader.ends.length }, () => []);
    for (const term of terms) segment.load(segment.firstPosting[term]!, segment.firstPosting[term + 1]!);
    const [only] = terms;
    if (only !== undefined && terms.length === 1) {
      this.#postings = new Range(segment.firstPosting[only]!, segment.firstPosting[only + 1]!);
    } else {
      const postings: number[] = [];
      for (const term of terms) {
        for (
          let posting = segment.firstPosting[term]!;
          posting < segment.firstPosting[term + 1]!;
          posting++
        ) {
          if (isCandidate(segment.docs[posting]!)) postings.push(posting);
        }
      }
      const { docs } = segment;
      this.#postings = Uint32Array.from(postings).sort((a, b) => docs[a]! - docs[b]! || a - b);
    }
  }

  /** Reads the positions in a document. */
  load(doc: number): void {
    const { docs } = this.#segment;
    const postings = this.#postings;
    for (const list of this.#fields) list.length = 0;
    while (this.#next < postings.length && docs[postings.at(this.#next)!]! < doc) this.#next++;
    let read = 0;
    for (; this.#next < postings.length && docs[postings.at(this.#next)!] === doc; this.#next++, read++) {
      this.#read(postings.at(this.#next)!);
    }
    if (read < 2) return;
    for (const list of this.#fields) {
      const sorted = sortedSet(list);
      list.length = 0;
      for (const position of sorted) list.push(position);
    }
  }

  /**
   * The positions in a field of the document, ascending, each once: a list that `load` fills again.
   * @param field its place in TEXT_FIELDS.
   */
  inField(field: number): readonly number[] {
    return this.#fields[field]!;
  }

  #read(posting: number): void {
    this.#reader.read(posting);
    const { positions, ends } = this.#reader;
    for (let field = 0, i = 0; field < ends.length; field++) {
      const list = this.#fields[field]!;
      // A hyphenated word may have a term twice at one position ("a-a-a").
      for (; i < ends[field]!; i++) if (positions[i] !== list.at(-1)) list.push(positions[i]!);
    }
  }
}

/** The numbers `[start, start + length)`, with the interface of an array. */
class Range {
  readonly length: number;
  readonly #start: number;

  constructor(start: number, end: number) {
    this.#start = start;
    this.length = end - start;
  }

  at(index: number): number {
    return this.#start + index;
  }
}

/** The distinct numbers, ascending. */
export function sortedSet(numbers: readonly number[]): number[] {
  return Array.from(new Set(numbers)).sort((a, b) => a - b);
}
