import type { FacetCount } from '../../papers/facets.ts';
import { foldValue } from '../../text/fold-value.ts';
import { tokenize } from '../../text/tokenizer.ts';
import { PackedTexts } from '../binary/packed-texts.ts';
import { topDocuments } from '../top-documents.ts';
import type { FacetArrays } from './arrays.ts';

const NO_DOCUMENTS = new Uint32Array(0);

/** The values of one facet, known by their number, and the papers of each. */
export class FacetValues {
  readonly #values: PackedTexts;
  readonly #first: Uint32Array;
  readonly #docs: Uint32Array;

  constructor(arrays: FacetArrays) {
    this.#values = new PackedTexts(arrays);
    this.#first = arrays.first;
    this.#docs = arrays.docs;
  }

  /** How many values there are. */
  get size(): number {
    return this.#values.size;
  }

  /** A value as most papers spell it. */
  at(number: number): string {
    return this.#values.at(number);
  }

  /** Positions of the papers that have a value, ascending. @param folded see `foldValue`. */
  documentsWith(folded: string): Uint32Array {
    const number = this.#values.lowerBound(folded, foldValue);
    const found = number < this.#values.size && foldValue(this.#values.at(number)) === folded;
    return found ? this.documentsOf(number) : NO_DOCUMENTS;
  }

  documentsOf(number: number): Uint32Array {
    return this.#docs.subarray(this.#first[number]!, this.#first[number + 1]!);
  }

  /** Numbers of the values in which all of the words stand. Goes through all values. @param words folded. */
  containing(words: readonly string[]): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.#values.size; number++) {
      const own = new Set(tokenize(this.#values.at(number)).map(({ surface }) => surface));
      if (words.every((word) => own.has(word))) found.push(number);
    }
    return found;
  }

  /** See `Attributes.count`. */
  count(mask: Uint8Array, limit: number): FacetCount[] {
    const counts = new Float64Array(this.#values.size);
    for (let number = 0; number < counts.length; number++) {
      let count = 0;
      const end = this.#first[number + 1]!;
      for (let i = this.#first[number]!; i < end; i++) count += mask[this.#docs[i]!]!;
      counts[number] = count;
    }
    // Ties by number, which is the order of the folded values.
    return topDocuments(counts, limit)
      .filter(({ score }) => score > 0)
      .map(({ doc, score }) => ({ value: this.#values.at(doc), count: score }));
  }
}
