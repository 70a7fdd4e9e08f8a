import { TEXT_FIELDS } from '../../../papers/fields.ts';
import type { QueryTerm } from '../keyword-index.ts';
import { positionsStart, skipPositions } from './positions.ts';
import type { Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { hashOf, TermDictionary } from './term-dictionary.ts';

/** The segment of a single paper, with its terms ready to be looked up. */
export interface PaperSegment {
  readonly segment: Segment;
  readonly terms: TermDictionary;
}

/** @param segment of one paper, as `SegmentBuilder` makes it. */
export function paperSegment(segment: Segment): PaperSegment {
  return { segment, terms: new TermDictionary(segment) };
}

/**
 * A segment of some terms of some papers: what a query needs of them. Some hundred papers take a millisecond or two, since
 * each term is looked up in each paper instead of merging all their terms.
 * @param papers their places are their positions in the segment. @param terms in any order.
 */
export function selectedTerms(papers: readonly PaperSegment[], terms: Iterable<string>): Segment {
  const writer = new SegmentWriter();
  for (const term of Array.from(new Set(terms)).sort()) {
    writer.beginTerm(term);
    const hash = hashOf(term);
    for (const [doc, { segment, terms: own }] of papers.entries()) {
      // A segment of one paper has one posting a term, so that both have the same number.
      const number = own.find(term, hash);
      if (number === -1) continue;
      const packed = segment.frequencies[number]!;
      const start = positionsStart(segment, number);
      writer.copyPosting(doc, packed, segment.positions, start, skipPositions(segment, start, packed));
    }
    writer.dropEmptyTerm();
  }
  const fields = TEXT_FIELDS.length;
  const fieldLengths = new Uint16Array(papers.length * fields);
  for (const [doc, { segment }] of papers.entries()) fieldLengths.set(segment.fieldLengths, doc * fields);
  return writer.finish(fieldLengths);
}

/** All terms of the index that the terms of a query are made of. */
export function* indexedTerms(terms: readonly QueryTerm[]): Generator<string> {
  for (const { term, followedBy, anyOf } of terms) {
    if (anyOf) yield* anyOf;
    else yield term;
    if (followedBy) yield followedBy.term;
    if (followedBy?.joined !== undefined) yield followedBy.joined;
  }
}
