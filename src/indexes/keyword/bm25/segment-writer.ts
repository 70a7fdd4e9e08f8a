import { Growable } from '../../binary/growable.ts';
import { compoundBits } from './compounds.ts';
import { packFrequencies } from './frequencies.ts';
import { appendPositions } from './positions.ts';
import { POSITION_BLOCK, type Segment } from './segment.ts';
import { TermDictionary, termSlots } from './term-dictionary.ts';

/** Writes a segment term by term, posting by posting, both in their order. */
export class SegmentWriter {
  readonly #termBytes = new Growable(Uint8Array);
  readonly #termEnds = new Growable(Uint32Array);
  readonly #firstPosting = new Growable(Uint32Array);
  readonly #docs = new Growable(Uint32Array);
  readonly #frequencies = new Growable(Uint16Array);
  readonly #positions = new Growable(Uint8Array);
  readonly #positionBlocks = new Growable(Uint32Array);

  /** Begins the postings of the next term. One that gets none is left out by `dropEmptyTerm`. */
  beginTerm(term: string): void {
    this.#termBytes.append(Buffer.from(term));
    this.#termEnds.push(this.#termBytes.length);
    this.#firstPosting.push(this.#docs.length);
  }

  /** Takes the last term back when it has no posting. */
  dropEmptyTerm(): void {
    if (this.#firstPosting.view().at(-1) !== this.#docs.length) return;
    this.#firstPosting.length--;
    this.#termEnds.length--;
    this.#termBytes.length = this.#termEnds.view().at(-1) ?? 0;
  }

  /** @param counts frequency in each field. @param positions ascending, as many. */
  addPosting(doc: number, counts: ArrayLike<number>, positions: readonly number[]): void {
    this.#beginPosting(doc, packFrequencies(counts));
    appendPositions(this.#positions, counts, positions);
  }

  /** A posting of another segment. @param encoded its positions, `encoded[start, end)`. */
  copyPosting(doc: number, frequencies: number, encoded: Uint8Array, start: number, end: number): void {
    this.#beginPosting(doc, frequencies);
    this.#positions.append(encoded, start, end);
  }

  /** @param fieldLengths as in the segment. */
  finish(fieldLengths: Uint16Array): Segment {
    this.#firstPosting.push(this.#docs.length);
    const termBytes = this.#termBytes.trimmed();
    const termEnds = this.#termEnds.trimmed();
    const inOrder = new TermDictionary({ termBytes, termEnds, termSlots: NO_SLOTS });
    const slots = termSlots(termsOf(inOrder), inOrder.size);
    return {
      termBytes,
      termEnds,
      termSlots: slots,
      compoundBits: compoundBits(new TermDictionary({ termBytes, termEnds, termSlots: slots })),
      firstPosting: this.#firstPosting.trimmed(),
      docs: this.#docs.trimmed(),
      frequencies: this.#frequencies.trimmed(),
      positions: this.#positions.trimmed(),
      positionBlocks: this.#positionBlocks.trimmed(),
      fieldLengths,
    };
  }

  #beginPosting(doc: number, frequencies: number): void {
    if (this.#docs.length % POSITION_BLOCK === 0) this.#positionBlocks.push(this.#positions.length);
    this.#docs.push(doc);
    this.#frequencies.push(frequencies);
  }
}

const NO_SLOTS = new Uint32Array(0);

function* termsOf(dictionary: TermDictionary): Generator<string> {
  for (let number = 0; number < dictionary.size; number++) yield dictionary.term(number);
}
