import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { PackedTexts } from '../../binary/packed-texts.ts';
import { firstTerm } from './first-term.ts';
import { skipCodes } from './position-codes.ts';
import { documentCount, type Segment, type SegmentCore } from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';

/** What of a segment is merged: there may be many in memory at once. */
export interface UnorderedSegment extends Omit<SegmentCore, 'docs'> {
  readonly docs: Uint16Array | Uint32Array;
  /** The positions of all postings (`position-codes.ts`). */
  readonly codes: Uint8Array;
}

/** A segment whose documents get other positions, in any order. */
export interface UnorderedInput {
  readonly segment: UnorderedSegment;
  /** New position of each document; -1 for one that is left out. */
  readonly positions: Int32Array;
}

/**
 * Merges segments into one: the same, byte for byte, as one built from the papers in their new order. `mergeSegments` does so
 * for segments whose documents keep their order, by runs; here, the postings of each term are sorted.
 * @param documents in all; every one is in one input.
 */
export function mergeUnordered(inputs: readonly UnorderedInput[], documents: number): Segment {
  const cursors = inputs.map((input) => new Cursor(input));
  const writer = new SegmentWriter(
    inputs.reduce((sum, input) => sum + stayingPostings(input), 0),
    inputs.reduce((sum, { segment }) => sum + segment.codes.length, 0),
  );
  const gathered = new GatheredPostings(documents);
  for (;;) {
    const term = firstTerm(cursors);
    if (term === undefined) break;
    gathered.length = 0;
    for (const cursor of cursors) if (cursor.term === term) cursor.gather(gathered);
    if (gathered.length === 0) continue;
    writer.beginTerm(term);
    gathered.write(writer);
  }
  return writer.finishCoded(fieldLengthsOf(inputs, documents));
}

function stayingPostings({ segment: { docs }, positions }: UnorderedInput): number {
  let count = 0;
  for (let i = 0; i < docs.length; i++) if (positions[docs[i]!]! >= 0) count++;
  return count;
}

function fieldLengthsOf(inputs: readonly UnorderedInput[], documents: number): Uint16Array {
  const fields = TEXT_FIELDS.length;
  const lengths = new Uint16Array(documents * fields);
  for (const { segment, positions } of inputs) {
    for (let doc = 0; doc < documentCount(segment); doc++) {
      const to = positions[doc]! * fields;
      if (to < 0) continue;
      for (let field = 0; field < fields; field++)
        lengths[to + field] = segment.fieldLengths[doc * fields + field]!;
    }
  }
  return lengths;
}

/** The terms of an input in order. */
class Cursor {
  term: string | undefined;
  readonly #segment: UnorderedSegment;
  readonly #positions: Int32Array;
  readonly #terms: PackedTexts;
  #number = -1;
  /** Where the codes of the current term's first posting begin: postings come in the order of their positions. */
  #at = 0;

  constructor({ segment, positions }: UnorderedInput) {
    this.#segment = segment;
    this.#positions = positions;
    this.#terms = new PackedTexts({ bytes: segment.termBytes, ends: segment.termEnds });
    this.#advance();
  }

  /** Adds the postings of the current term, and moves to the next term. */
  gather(gathered: GatheredPostings): void {
    const { docs, frequencies, firstPosting, codes } = this.#segment;
    const coded = { frequencies, codes };
    let at = this.#at;
    for (let i = firstPosting[this.#number]!, end = firstPosting[this.#number + 1]!; i < end; i++) {
      const start = at;
      at = skipCodes(coded, at, i, i + 1);
      const doc = this.#positions[docs[i]!]!;
      if (doc >= 0) gathered.add(doc, frequencies[i]!, codes, start, at);
    }
    this.#at = at;
    this.#advance();
  }

  #advance(): void {
    this.#number++;
    this.term = this.#number < this.#terms.size ? this.#terms.at(this.#number) : undefined;
  }
}

/** Bits of a document that one round of the sort looks at. */
const RADIX_BITS = 11;
const RADIX = 1 << RADIX_BITS;
/** As many postings as are sorted faster by insertion. */
const FEW = 48;

/** The postings of one term. Its memory is used again for the next term. */
class GatheredPostings {
  length = 0;
  /** Rounds of the sort that documents need. */
  readonly #rounds: number;
  readonly #counts = new Uint32Array(RADIX);
  #docs = new Uint32Array(1024);
  #frequencies = new Uint16Array(1024);
  /** The bytes of the positions: of which input, and where they begin and end there. */
  readonly #encoded: Uint8Array[] = [];
  #starts = new Uint32Array(1024);
  #ends = new Uint32Array(1024);
  #inputs = new Uint16Array(1024);
  /** Places of the postings in the order of their documents; the other one is room for sorting. */
  #order = new Uint32Array(1024);
  #other = new Uint32Array(1024);

  constructor(documents: number) {
    this.#rounds = Math.max(1, Math.ceil(Math.log2(documents + 1) / RADIX_BITS));
  }

  add(doc: number, packed: number, encoded: Uint8Array, start: number, end: number): void {
    const place = this.length++;
    if (place === 0) this.#encoded.length = 0;
    if (place === this.#docs.length) this.#grow();
    if (this.#encoded.at(-1) !== encoded) this.#encoded.push(encoded);
    this.#docs[place] = doc;
    this.#frequencies[place] = packed;
    this.#starts[place] = start;
    this.#ends[place] = end;
    this.#inputs[place] = this.#encoded.length - 1;
    this.#order[place] = place;
  }

  /** Writes them in the order of their documents. */
  write(writer: SegmentWriter): void {
    if (this.length <= FEW) this.#sortFew();
    else this.#sort();
    for (let i = 0; i < this.length; i++) {
      const place = this.#order[i]!;
      writer.copyPosting(
        this.#docs[place]!,
        this.#frequencies[place]!,
        this.#encoded[this.#inputs[place]!]!,
        this.#starts[place]!,
        this.#ends[place]!,
      );
    }
  }

  #sortFew(): void {
    const docs = this.#docs;
    const order = this.#order;
    for (let i = 1; i < this.length; i++) {
      const place = order[i]!;
      const doc = docs[place]!;
      let at = i;
      for (; at > 0 && docs[order[at - 1]!]! > doc; at--) order[at] = order[at - 1]!;
      order[at] = place;
    }
  }

  /** A radix sort, the low bits first (Knuth, The Art of Computer Programming 3, 5.2.5). */
  #sort(): void {
    const docs = this.#docs;
    const counts = this.#counts;
    const { length } = this;
    for (let round = 0; round < this.#rounds; round++) {
      const shift = round * RADIX_BITS;
      const from = this.#order;
      const to = this.#other;
      counts.fill(0);
      for (let i = 0; i < length; i++) counts[(docs[i]! >>> shift) & (RADIX - 1)]!++;
      for (let value = 0, before = 0; value < RADIX; value++) {
        const count = counts[value]!;
        counts[value] = before;
        before += count;
      }
      for (let i = 0; i < length; i++) {
        const place = from[i]!;
        to[counts[(docs[place]! >>> shift) & (RADIX - 1)]!++] = place;
      }
      this.#order = to;
      this.#other = from;
    }
  }

  #grow(): void {
    const size = this.#docs.length * 2;
    const grown = <A extends Uint16Array | Uint32Array>(array: A, larger: A): A => {
      larger.set(array);
      return larger;
    };
    this.#docs = grown(this.#docs, new Uint32Array(size));
    this.#frequencies = grown(this.#frequencies, new Uint16Array(size));
    this.#starts = grown(this.#starts, new Uint32Array(size));
    this.#ends = grown(this.#ends, new Uint32Array(size));
    this.#inputs = grown(this.#inputs, new Uint16Array(size));
    this.#order = grown(this.#order, new Uint32Array(size));
    this.#other = new Uint32Array(size);
  }
}
