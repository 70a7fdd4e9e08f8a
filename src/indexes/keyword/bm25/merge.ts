import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { pause } from '../../../util/pause.ts';
import { firstTerm } from './first-term.ts';
import { skipCodes } from './position-codes.ts';
import { documentCount, type Segment } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';
import { TermDictionary } from './term-dictionary.ts';

/** Terms between two pauses. */
const YIELD_EVERY = 2000;

/** A segment that is merged into another. */
export interface MergeInput {
  readonly segment: Segment;
  /** New position of each document, ascending among those that stay; -1 for a removed one. */
  readonly docs: Int32Array;
}

/**
 * Merges segments into one: the same, byte for byte, as one built from the papers that stay.
 * @param documents in all; every one is in one input.
 */
export async function mergeSegments(
  inputs: readonly MergeInput[],
  documents: number,
  signal?: AbortSignal,
): Promise<Segment> {
  const cursors = inputs.map((input) => new TermCursor(input));
  const writer = new SegmentWriter(
    inputs.reduce((sum, { segment }) => sum + segment.docs.length, 0),
    cursors.reduce((sum, { codes }) => sum + codes.length, 0),
  );
  for (let merged = 0; ; merged++) {
    if (merged % YIELD_EVERY === 0) await pause(signal);
    const term = firstTerm(cursors);
    if (term === undefined) break;
    writer.beginTerm(term);
    const here = cursors.filter((cursor) => cursor.term === term);
    copyPostings(here, writer);
    writer.dropEmptyTerm();
    for (const cursor of here) cursor.advance();
  }
  return writer.finishCoded(mergeFieldLengths(inputs, documents));
}

/** The terms of an input in order, and the postings of the current term that stay. */
class TermCursor {
  term: string | undefined;
  /** New document of the current posting; Infinity after the last. */
  doc = Number.POSITIVE_INFINITY;
  /** The positions of all postings. */
  readonly codes: Uint8Array;
  readonly #segment: Segment;
  readonly #docs: Int32Array;
  readonly #terms: TermDictionary;
  #number = -1;
  #posting = 0;
  /** Where the codes of the current posting begin: postings come in the order of their positions. */
  #at = 0;

  constructor({ segment, docs }: MergeInput) {
    segment.load(0, segment.docs.length);
    this.codes = segment.positionCodes();
    this.#segment = segment;
    this.#docs = docs;
    this.#terms = new TermDictionary(segment);
    this.advance();
  }

  advance(): void {
    this.#number++;
    this.term = this.#number < this.#terms.size ? this.#terms.term(this.#number) : undefined;
    this.#settle();
  }

  /** Copies the postings of documents before one, up to the next that does not stay, and moves to the next that stays. */
  copyTo(bound: number, writer: SegmentWriter): void {
    const end = this.#segment.firstPosting[this.#number + 1]!;
    const first = this.#posting;
    const last = writer.copyPostings(this.#segment, this.#docs, [first, end], bound);
    const at = this.#skip(first, last);
    writer.copyPositions(this.codes, this.#at, at);
    this.#at = at;
    this.#posting = last;
    this.#settle();
  }

  /** Skips postings of removed documents. */
  #settle(): void {
    const { docs, firstPosting } = this.#segment;
    const end = this.term === undefined ? this.#posting : firstPosting[this.#number + 1]!;
    const first = this.#posting;
    this.doc = Number.POSITIVE_INFINITY;
    for (; this.#posting < end; this.#posting++) {
      const doc = this.#docs[docs[this.#posting]!]!;
      if (doc < 0) continue;
      this.doc = doc;
      break;
    }
    if (this.#posting > first) this.#at = this.#skip(first, this.#posting);
  }

  /** Where the codes of a posting begin. @param from the current one. */
  #skip(from: number, posting: number): number {
    return skipCodes({ frequencies: this.#segment.frequencies, codes: this.codes }, this.#at, from, posting);
  }
}

/** Merges the postings of one term by document. */
function copyPostings(cursors: readonly TermCursor[], writer: SegmentWriter): void {
  for (;;) {
    let first: TermCursor | undefined;
    for (const cursor of cursors) if (cursor.doc < (first?.doc ?? Number.POSITIVE_INFINITY)) first = cursor;
    if (!first) return;
    // Whole runs at once: segments built one after another do not interleave.
    let bound = Number.POSITIVE_INFINITY;
    for (const cursor of cursors) if (cursor !== first) bound = Math.min(bound, cursor.doc);
    while (first.doc < bound) first.copyTo(bound, writer);
  }
}

function mergeFieldLengths(inputs: readonly MergeInput[], documents: number): Uint16Array {
  const fields = TEXT_FIELDS.length;
  const merged = new Uint16Array(documents * fields);
  for (const { segment, docs } of inputs) {
    for (let doc = 0; doc < documentCount(segment); doc++) {
      const target = docs[doc]!;
      if (target < 0) continue;
      merged.set(segment.fieldLengths.subarray(doc * fields, (doc + 1) * fields), target * fields);
    }
  }
  return merged;
}
