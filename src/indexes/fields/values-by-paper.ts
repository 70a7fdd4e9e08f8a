import type { Scored } from '../scores.ts';
import { TopDocuments } from '../top-documents.ts';

/** Entries that are put in their places between two yields: a millisecond or two. */
const AT_ONCE = 2 ** 18;
/** Where the counted papers are more than one of so many values, all counts are looked through; fewer are listed. */
const FEW = 16;

/** The values of a column and the papers of each. */
export interface PapersByValue {
  /** One a value, and the number of all papers at the end: the papers of value v are `[first[v], first[v + 1])` of `docs`. */
  readonly first: Uint32Array;
  /** The papers of each value, ascending. */
  readonly docs: Uint32Array;
}

/** The numbers of values, no wider than they need to be. */
type Numbers = Uint16Array | Uint32Array;

/** The values of each paper, by their numbers: counting them reads only those of the papers that are counted. */
export class ValuesByPaper {
  /** Where the values of a paper end, and those of the next begin; undefined where no paper has more than one. */
  readonly #first: Uint32Array | undefined;
  /** The values of paper p are `[#first[p], #first[p + 1])`; or one a paper, and the number of all values for none. */
  readonly #values: Numbers;
  /** One a value, and one for none; 0 between two calls. */
  readonly #counts: Uint32Array;

  private constructor(first: Uint32Array | undefined, values: Numbers, counted: number) {
    this.#first = first;
    this.#values = values;
    this.#counts = new Uint32Array(counted + 1);
  }

  /** Derives them, a few milliseconds of work between two yields. */
  static *derive({ first, docs }: PapersByValue): Generator<void, ValuesByPaper> {
    const counted = first.length - 1;
    let papers = 0;
    for (let i = 0; i < docs.length; i++) if (docs[i]! >= papers) papers = docs[i]! + 1;
    yield;
    const ends = new Uint32Array(papers + 1);
    let most = 0;
    for (let i = 0; i < docs.length; i++) {
      const own = ++ends[docs[i]! + 1]!;
      if (own > most) most = own;
      if (i % AT_ONCE === 0) yield;
    }
    const room = most > 1 ? docs.length : papers;
    const values = counted < 2 ** 16 ? new Uint16Array(room) : new Uint32Array(room);
    if (most <= 1) {
      values.fill(counted);
      for (let value = 0, i = 0; value < counted; value++) {
        for (const end = first[value + 1]!; i < end; i++) {
          values[docs[i]!] = value;
          if (i % AT_ONCE === 0) yield;
        }
      }
      return new ValuesByPaper(undefined, values, counted);
    }
    for (let paper = 0; paper < papers; paper++) ends[paper + 1]! += ends[paper]!;
    yield;
    const next = ends.slice();
    for (let value = 0, i = 0; value < counted; value++) {
      for (const end = first[value + 1]!; i < end; i++) {
        values[next[docs[i]!]!++] = value;
        if (i % AT_ONCE === 0) yield;
      }
    }
    return new ValuesByPaper(ends, values, counted);
  }

  /**
   * The values that most papers have, as `doc`, with how many have it, as `score`; ties by number.
   * @param papers each once. @param limit values wanted.
   */
  mostFrequent(papers: Uint32Array, limit: number): Scored[] {
    const counts = this.#counts;
    const size = counts.length - 1;
    if (papers.length * FEW < size) {
      const listed = this.#list(papers);
      const best = mostOf(listed, counts, limit);
      for (let n = 0; n < listed.length; n++) counts[listed[n]!] = 0;
      return best;
    }
    if (this.#first) this.#countSeveral(this.#first, papers);
    else this.#countOne(papers);
    const best = mostOf(undefined, counts.subarray(0, size), limit);
    counts.fill(0);
    return best;
  }

  #countOne(papers: Uint32Array): void {
    const [values, counts] = [this.#values, this.#counts];
    for (let n = 0; n < papers.length; n++) {
      const paper = papers[n]!;
      // Papers after the last one with a value have none.
      if (paper < values.length) counts[values[paper]!]!++;
    }
  }

  #countSeveral(first: Uint32Array, papers: Uint32Array): void {
    const [values, counts] = [this.#values, this.#counts];
    for (let n = 0; n < papers.length; n++) {
      const paper = papers[n]!;
      // Likewise.
      const end = first[paper + 1] ?? 0;
      for (let i = first[paper]!; i < end; i++) counts[values[i]!]!++;
    }
  }

  /** Counts, and lists the values that are counted, ascending. */
  #list(papers: Uint32Array): Uint32Array {
    const [first, values, counts] = [this.#first, this.#values, this.#counts];
    const none = counts.length - 1;
    const listed: number[] = [];
    for (let n = 0; n < papers.length; n++) {
      const paper = papers[n]!;
      const end = first ? (first[paper + 1] ?? 0) : Math.min(paper + 1, values.length);
      for (let i = first ? first[paper]! : paper; i < end; i++) {
        const value = values[i]!;
        if (value !== none && counts[value]!++ === 0) listed.push(value);
      }
    }
    return Uint32Array.from(listed).sort();
  }
}

/**
 * The values with the highest counts, best first, ties by number; none that is 0.
 * @param listed the values that may be among them, ascending. Default: all.
 */
function mostOf(listed: Uint32Array | undefined, counts: Uint32Array, limit: number): Scored[] {
  const length = listed?.length ?? counts.length;
  const best = new TopDocuments(Math.min(limit, length));
  // They come in order: one that equals the worst ranks behind it.
  let least = 0;
  for (let n = 0; n < length; n++) {
    const value = listed ? listed[n]! : n;
    const count = counts[value]!;
    if (count <= least) continue;
    best.add(value, count);
    least = Math.max(0, best.threshold);
  }
  return best.ranked();
}
