import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { Growable } from '../../binary/growable.ts';
import { frequencyIn, packFrequencies } from './frequencies.ts';
import { PositionReader } from './positions.ts';
import type { Postings } from './postings.ts';
import type { Segment } from './segment.ts';
import type { BigramCounts } from './statistics.ts';

/** The postings of a bigram, and the documents that have both of its words, next to each other or not. */
export interface BigramPostings extends Postings {
  /** Ascending; `docs` are some of them. */
  readonly withBoth: Uint32Array;
}

/**
 * The postings of a bigram, as if it were a term, from the positions of its two words.
 * @param first number of the first word's term. @param second of the second word's.
 * @param distance words from the first to the second: 1 for neighbours.
 */
export function bigramPostings(
  segment: Segment,
  first: number,
  second: number,
  distance: number,
): BigramPostings {
  const { docs, firstPosting } = segment;
  const found = { docs: new Growable(Uint32Array), frequencies: new Growable(Uint16Array) };
  const withBoth = new Growable(Uint32Array);
  const before = new PositionReader(segment);
  const after = new PositionReader(segment);
  const counts = new Uint32Array(TEXT_FIELDS.length);
  const firstEnd = firstPosting[first + 1]!;
  const secondEnd = firstPosting[second + 1]!;
  let i = firstPosting[first]!;
  let j = firstPosting[second]!;
  while (i < firstEnd && j < secondEnd) {
    const doc = docs[i]!;
    const other = docs[j]!;
    if (doc < other) i++;
    else if (other < doc) j++;
    else {
      withBoth.push(doc);
      before.read(i++);
      after.read(j++);
      if (!countBigrams(before, after, distance, counts)) continue;
      found.docs.push(doc);
      found.frequencies.push(packFrequencies(counts));
    }
  }
  return {
    docs: found.docs.trimmed(),
    frequencies: found.frequencies.trimmed(),
    withBoth: withBoth.trimmed(),
  };
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
 * How many documents have both words of a bigram, or the two written as one. Each list is ascending.
 * @param withBoth documents with both words. @param joined with the two as one.
 */
export function countEither(withBoth: Uint32Array, joined: Uint32Array | undefined): number {
  let either = withBoth.length;
  let i = 0;
  for (const doc of joined ?? []) {
    while (i < withBoth.length && withBoth[i]! < doc) i++;
    if (withBoth[i] !== doc) either++;
  }
  return either;
}

/**
 * The union of several lists of postings: the frequency in each field is the largest of those in the lists.
 * @param documents of the segment.
 */
export function unitedPostings(lists: readonly Postings[], documents: number): Postings {
  if (lists.length === 1) return lists[0]!;
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

function maxByField(a: number, b: number): number {
  if (a === 0) return b;
  return packFrequencies(
    TEXT_FIELDS.map((_, field) => Math.max(frequencyIn(a, field), frequencyIn(b, field))),
  );
}

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
