import { LRUCache } from 'lru-cache';
import { bitsOfMask, countCommon } from '../../../util/mask.ts';
import type { ScoringData, ScoringTerm } from './scoring-term.ts';

/** Of a term in more than one of so many documents, they are kept as bits: no more bytes than its postings take. */
const DOCUMENTS_PER_POSTING = 32;
/** Memory for the bits of such terms (bytes). */
const MAX_BYTES = 2 ** 23;

/** Counts the documents of a disjunction among given ones, without their scores. */
export class MatchedDocuments {
  readonly #data: ScoringData;
  /** A bit a document: those with any term of the query. */
  readonly #any: Uint32Array;
  /** The bits of masks: those of requests that hide submissions are the same. */
  readonly #masks = new WeakMap<Uint8Array, Uint32Array>();
  /** The documents of frequent terms, by what identifies their postings. */
  readonly #frequent: LRUCache<NonNullable<unknown>, Uint32Array>;

  constructor(data: ScoringData) {
    this.#data = data;
    this.#any = new Uint32Array(Math.ceil(data.norms.length / 32));
    this.#frequent = new LRUCache({ max: Math.ceil(MAX_BYTES / (this.#any.byteLength + 1)) });
  }

  /** How many documents of a mask have a score above 0. @param mask a byte a document, 1 or 0; not changed from now on. */
  count(terms: readonly ScoringTerm[], mask: Uint8Array): number {
    const any = this.#any;
    any.fill(0);
    for (const term of terms) {
      if (term.weight <= 0) continue;
      if ((term.end - term.start) * DOCUMENTS_PER_POSTING <= mask.length) this.#mark(term, any);
      else {
        const bits = this.#bitsOf(term);
        for (let word = 0; word < any.length; word++) any[word]! |= bits[word]!;
      }
    }
    const known = this.#masks.get(mask) ?? bitsOfMask(mask);
    this.#masks.set(mask, known);
    return countCommon(any, known);
  }

  #bitsOf(term: ScoringTerm): Uint32Array {
    const key = term.key as NonNullable<unknown>;
    let bits = this.#frequent.get(key);
    if (!bits) {
      bits = new Uint32Array(this.#any.length);
      this.#mark(term, bits);
      this.#frequent.set(key, bits);
    }
    return bits;
  }

  /** Sets the bits of the documents of a term, except those that have it only in fields of weight 0. */
  #mark({ docs, frequencies, start, end }: ScoringTerm, bits: Uint32Array): void {
    const { text, names } = this.#data.tables;
    for (let i = start; i < end; i++) {
      const packed = frequencies[i]!;
      if (text[packed]! + names[packed]! > 0) bits[docs[i]! >>> 5]! |= 1 << (docs[i]! & 31);
    }
  }
}
