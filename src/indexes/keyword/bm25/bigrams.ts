import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { lowerBound } from '../../../util/lower-bound.ts';
import { Growable } from '../../binary/growable.ts';
import { fieldBits, OCCURRENCES, packFrequencies } from './frequencies.ts';
import { firstPosition, PositionReader, positionsStart } from './positions.ts';
import { findPosting, type Postings } from './postings.ts';
import { firstFrom } from './scored-documents.ts';
import type { Segment } from './segment.ts';
import type { BigramCounts } from './statistics.ts';

/** The postings of a bigram, and how many documents have both of its words, next to each other or not. */
export interface BigramPostings extends Postings {
  readonly withBoth: number;
}

/** Lists of which one is this many times as long as the other are intersected by binary search, others by a walk over both. */
const SEARCH_RATIO = 16;
const NEVER = 0xffffffff;

/** Receives the postings of two terms in the same document. @returns whether the search for more ends. */
type Visit = (i: number, j: number) => boolean;

/** Finds the postings of bigrams in one segment. It takes four bytes a document. */
export class BigramFinder {
  readonly #segment: Segment;
  readonly #before: PositionReader;
  readonly #after: PositionReader;
  readonly #counts = new Uint32Array(TEXT_FIELDS.length);
  /**
   * For each document the posting of a term in it that was noted last. One that is not among the postings of the term
   * that is asked for is left from another term: so nothing has to be cleared.
   */
  #postingOf: Uint32Array | undefined;

  constructor(segment: Segment) {
    this.#segment = segment;
    this.#before = new PositionReader(segment);
    this.#after = new PositionReader(segment);
  }

  /**
   * The postings of a bigram, as if it were a term, from the positions of its two words.
   * @param first number of the first word's term. @param second of the second word's.
   * @param distance words from the first to the second: 1 for neighbours.
   */
  postings(first: number, second: number, distance: number): BigramPostings {
    const { docs, kernel } = this.#segment;
    const found = { docs: new Growable(Uint32Array, 64), frequencies: new Growable(Uint16Array, 64) };
    if (kernel) {
      this.#load(first);
      this.#load(second);
      const withBoth = kernel.bigrams(this.#segment, first, second, distance, (some, packed) => {
        found.docs.append(some);
        found.frequencies.append(packed);
        return false;
      });
      return { docs: found.docs.trimmed(), frequencies: found.frequencies.trimmed(), withBoth };
    }
    const withBoth = this.#eachCommon(first, second, (i, j) => {
      const packed = this.#frequencyAt(i, j, distance);
      if (packed === 0) return false;
      found.docs.push(docs[i]!);
      found.frequencies.push(packed);
      return false;
    });
    return { docs: found.docs.trimmed(), frequencies: found.frequencies.trimmed(), withBoth };
  }

  /**
   * Whether more than `most` documents have a bigram and are not in `except`: stops at the first one too many.
   * @param first number of the first word's term. @param second of the second word's. @param except ascending.
   */
  hasMoreThan(most: number, first: number, second: number, distance: number, except: Uint32Array): boolean {
    const { docs, kernel } = this.#segment;
    let found = 0;
    if (kernel) {
      this.#load(first);
      this.#load(second);
      kernel.bigrams(this.#segment, first, second, distance, (some) => {
        for (let n = 0; n < some.length; n++)
          if (findPosting(except, 0, except.length, some[n]!) === -1) found++;
        return found > most;
      });
      return found > most;
    }
    this.#eachCommon(first, second, (i, j) => {
      if (this.#frequencyAt(i, j, distance) === 0) return false;
      if (findPosting(except, 0, except.length, docs[i]!) === -1) found++;
      return found > most;
    });
    return found > most;
  }

  /**
   * How many documents have both words of a bigram, or the two written as one.
   * @param first number of the first word's term. @param second of the second word's. @param withBoth documents with both
   *   words. @param joined those with the two as one, ascending.
   */
  either(first: number, second: number, withBoth: number, joined: Uint32Array): number {
    const { docs, firstPosting } = this.#segment;
    if (joined.length > 0) for (const term of [first, second]) if (term !== -1) this.#load(term);
    let either = withBoth;
    const ends = [first, second].map((term) => (term === -1 ? 0 : firstPosting[term + 1]!));
    const places = [first, second].map((term) => (term === -1 ? 0 : firstPosting[term]!));
    for (let n = 0; n < joined.length; n++) {
      const doc = joined[n]!;
      let found = 0;
      for (let word = 0; word < 2; word++) {
        const place = firstFrom(doc, docs, places[word]!, ends[word]!);
        places[word] = place;
        if (place < ends[word]! && docs[place] === doc) found++;
      }
      if (found < 2) either++;
    }
    return either;
  }

  /** The packed frequency of a bigram in a document. @param i posting there of its first word. @param j of its second. */
  #frequencyAt(i: number, j: number, distance: number): number {
    const { frequencies, positions } = this.#segment;
    const packed = frequencies[i]!;
    if (OCCURRENCES[packed] === 1 && OCCURRENCES[frequencies[j]!] === 1) {
      // Both words occur once: in the same field if their frequencies are equal.
      if (frequencies[j] !== packed) return 0;
      const before = firstPosition(positions, positionsStart(this.#segment, i));
      return firstPosition(positions, positionsStart(this.#segment, j)) === before + distance ? packed : 0;
    }
    this.#before.read(i);
    this.#after.read(j);
    const counts = this.#counts;
    return countBigrams(this.#before, this.#after, distance, counts) ? packFrequencies(counts) : 0;
  }

  /**
   * Calls `visit` for the postings of each document that has both terms, ascending, until it returns true.
   * @returns how many documents were visited.
   */
  #eachCommon(first: number, second: number, visit: Visit): number {
    const { firstPosting } = this.#segment;
    this.#load(first);
    this.#load(second);
    const lengthOf = (term: number) => firstPosting[term + 1]! - firstPosting[term]!;
    if (lengthOf(first) <= lengthOf(second)) return this.#walk(first, second, visit);
    return this.#walk(second, first, (j, i) => visit(i, j));
  }

  #load(term: number): void {
    const { firstPosting } = this.#segment;
    this.#segment.load(firstPosting[term]!, firstPosting[term + 1]!);
  }

  #walk(rare: number, frequent: number, visit: Visit): number {
    const { docs, firstPosting, fieldLengths } = this.#segment;
    const start = firstPosting[rare]!;
    const end = firstPosting[rare + 1]!;
    const otherEnd = firstPosting[frequent + 1]!;
    let other = firstPosting[frequent]!;
    let common = 0;
    if (otherEnd - other > SEARCH_RATIO * (end - start)) {
      for (let i = start; i < end && other < otherEnd; i++) {
        const doc = docs[i]!;
        other = lowerBound(other, otherEnd, (place) => docs[place]! < doc);
        if (docs[other] !== doc || other === otherEnd) continue;
        common++;
        if (visit(i, other)) break;
      }
      return common;
    }
    this.#postingOf ??= new Uint32Array(fieldLengths.length / TEXT_FIELDS.length).fill(NEVER);
    const postingOf = this.#postingOf;
    for (let i = start; i < end; i++) postingOf[docs[i]!] = i;
    for (; other < otherEnd; other++) {
      const i = postingOf[docs[other]!]!;
      if (i < start || i >= end) continue;
      common++;
      if (visit(i, other)) break;
    }
    return common;
  }
}

/**
 * The share of the papers with both words of a bigram in which the two are not together: what the bigram adds to its
 * words. Where the words are nearly always together ("gene expression"), a paper with both has the bigram, and it would
 * only count the words twice; where they are common and seldom together ("active learning"), it distinguishes the papers.
 * Laplace's rule of succession keeps a bigram of one paper from 0 and 1: 1 - (together + 1) / (either + 2).
 * scripts/measurements/pairs.md has the figures.
 * @returns between 0 and 1.
 */
export function bigramInformation({ together, either }: BigramCounts): number {
  return 1 - (together + 1) / (either + 2);
}

/**
 * The union of several lists of postings: the frequency in each field is the largest of those in the lists.
 * @param documents of the segment.
 */
export function unitedPostings(lists: readonly Postings[], documents: number): Postings {
  if (lists.length === 1) return lists[0]!;
  if (lists.length === 2) return union(lists[0]!, lists[1]!);
  const united = new Uint16Array(documents);
  for (const { docs, frequencies } of lists) {
    for (let i = 0; i < docs.length; i++) united[docs[i]!] = maxByField(united[docs[i]!]!, frequencies[i]!);
  }
  const found = { docs: new Growable(Uint32Array), frequencies: new Growable(Uint16Array) };
  for (let doc = 0; doc < documents; doc++) {
    if (united[doc] === 0) continue;
    found.docs.push(doc);
    found.frequencies.push(united[doc]!);
  }
  return { docs: found.docs.trimmed(), frequencies: found.frequencies.trimmed() };
}

function union(a: Postings, b: Postings): Postings {
  const docs = new Uint32Array(a.docs.length + b.docs.length);
  const frequencies = new Uint16Array(docs.length);
  let length = 0;
  let i = 0;
  let j = 0;
  // Nothing is read beyond an end, which takes several times as long.
  while (i < a.docs.length && j < b.docs.length) {
    const inA = a.docs[i]!;
    const inB = b.docs[j]!;
    docs[length] = inA < inB ? inA : inB;
    if (inA < inB) frequencies[length++] = a.frequencies[i++]!;
    else if (inB < inA) frequencies[length++] = b.frequencies[j++]!;
    else frequencies[length++] = maxByField(a.frequencies[i++]!, b.frequencies[j++]!);
  }
  const [rest, from] = i < a.docs.length ? [a, i] : [b, j];
  docs.set(rest.docs.subarray(from), length);
  frequencies.set(rest.frequencies.subarray(from), length);
  length += rest.docs.length - from;
  return { docs: docs.slice(0, length), frequencies: frequencies.slice(0, length) };
}

function maxByField(a: number, b: number): number {
  if (a === 0 || a === b) return b;
  let packed = 0;
  for (const bits of FIELD_BITS) packed |= Math.max(a & bits, b & bits);
  return packed;
}

const FIELD_BITS = TEXT_FIELDS.map((field) => fieldBits([field]));

/** Counts in each field the positions of `before` that one of `after` follows. @returns whether there are any. */
function countBigrams(
  before: PositionReader,
  after: PositionReader,
  distance: number,
  counts: Uint32Array,
): boolean {
  let any = false;
  let i = 0;
  let j = 0;
  for (let field = 0; field < counts.length; field++) {
    counts[field] = 0;
    const end = before.ends[field]!;
    const afterEnd = after.ends[field]!;
    for (; i < end; i++) {
      const wanted = before.positions[i]! + distance;
      while (j < afterEnd && after.positions[j]! < wanted) j++;
      if (j < afterEnd && after.positions[j]! === wanted) {
        counts[field]!++;
        any = true;
      }
    }
    j = afterEnd;
  }
  return any;
}
