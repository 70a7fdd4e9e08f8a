import { Growable } from '../../binary/growable.ts';
import { TextWriter } from '../../binary/text-writer.ts';
import { completeSegment } from './complete-segment.ts';
import { packFrequencies, SINGLE } from './frequencies.ts';
import { appendPositions, appendSingle } from './positions.ts';
import type { Segment, SegmentCore } from './segment.ts';

/** Writes a segment term by term, posting by posting, both in their order. */
export class SegmentWriter {
  readonly #terms = new TextWriter();
  readonly #firstPosting = new Growable(Uint32Array);
  readonly #docs: Growable<Uint32Array>;
  readonly #frequencies: Growable<Uint16Array>;
  readonly #positions: Growable<Uint8Array>;

  /**
   * @param postings how many there will be, at most, and @param positionBytes the bytes of their positions, where they are
   *   known: what grows is copied, and takes three times its memory while that lasts.
   */
  constructor(postings?: number, positionBytes?: number) {
    this.#docs = new Growable(Uint32Array, postings);
    this.#frequencies = new Growable(Uint16Array, postings);
    this.#positions = new Growable(Uint8Array, positionBytes);
  }

  /** Begins the postings of the next term. One that gets none is left out by `dropEmptyTerm`. */
  beginTerm(term: string): void {
    this.#terms.push(term);
    this.#firstPosting.push(this.#docs.length);
  }

  /** Takes the last term back when it has no posting. */
  dropEmptyTerm(): void {
    if (this.#firstPosting.view().at(-1) !== this.#docs.length) return;
    this.#firstPosting.length--;
    this.#terms.pop();
  }

  /** @param counts frequency in each field. @param positions ascending, as many. */
  addPosting(doc: number, counts: ArrayLike<number>, positions: ArrayLike<number>): void {
    this.#beginPosting(doc, packFrequencies(counts));
    appendPositions(this.#positions, counts, positions);
  }

  /** A posting of a term that occurs once in the document. @param field its place in TEXT_FIELDS. */
  addSingle(doc: number, field: number, position: number): void {
    this.#beginPosting(doc, SINGLE[field]!);
    appendSingle(this.#positions, field, position);
  }

  /** A posting of another segment. @param encoded its positions, `encoded[start, end)`, in one form for the whole segment. */
  copyPosting(doc: number, frequencies: number, encoded: Uint8Array, start: number, end: number): void {
    this.#beginPosting(doc, frequencies);
    this.#positions.append(encoded, start, end);
  }

  /**
   * Documents and frequencies of postings of another segment, from one to the next that is not of a document before a bound, or
   * does not stay. Their positions are to follow, by `copyPositions`.
   * @param places the new position of each of its documents; -1 for one that does not stay.
   * @param first the posting, which stays. @param end after the last of its term. @returns the posting after the copied ones.
   */
  copyPostings(
    { docs, frequencies }: Pick<Segment, 'docs' | 'frequencies'>,
    places: Int32Array,
    [first, end]: readonly [number, number],
    bound: number,
  ): number {
    const from = this.#docs.extend(end - first);
    const target = this.#docs.array;
    let last = first;
    for (let to = from; last < end; last++, to++) {
      const doc = places[docs[last]!]!;
      if (doc < 0 || doc >= bound) break;
      target[to] = doc;
    }
    this.#docs.length = from + last - first;
    this.#frequencies.append(frequencies, first, last);
    return last;
  }

  /** Positions of another segment: `positions[start, end)`. */
  copyPositions(positions: Uint8Array, start: number, end: number): void {
    this.#positions.append(positions, start, end);
  }

  /** The segment. The writer is of no more use. @param fieldLengths as in the segment. */
  finish(fieldLengths: Uint16Array): Segment {
    return completeSegment(this.#core(fieldLengths), { positions: this.#positions.take() });
  }

  /** As `finish`, where the positions that were copied are codes (`position-codes.ts`). */
  finishCoded(fieldLengths: Uint16Array): Segment {
    return completeSegment(this.#core(fieldLengths), { codes: this.#positions.take() });
  }

  #core(fieldLengths: Uint16Array): SegmentCore {
    this.#firstPosting.push(this.#docs.length);
    const terms = this.#terms.take();
    return {
      termBytes: terms.bytes,
      termEnds: terms.ends,
      firstPosting: this.#firstPosting.take(),
      docs: this.#docs.take(),
      frequencies: this.#frequencies.take(),
      fieldLengths,
    };
  }

  #beginPosting(doc: number, frequencies: number): void {
    this.#docs.push(doc);
    this.#frequencies.push(frequencies);
  }
}
