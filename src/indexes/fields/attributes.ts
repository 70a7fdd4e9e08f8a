import type { Facet, FacetCount, TextFacet } from '../../papers/facets.ts';
import { identifierKey, withoutVersion } from '../../papers/identifiers.ts';
import { PackedTexts } from '../binary/packed-texts.ts';
import { type AttributeArrays, FLAGS, parseAttributes } from './arrays.ts';
import { AuthorNames } from './author-names.ts';
import { FacetValues } from './facet-values.ts';

/** An order of papers that does not depend on a question. */
export type FixedOrder = 'date' | 'title';

/**
 * Facts of the papers of a snapshot, for filters, facets and sorting; read where they lie. Papers are known by
 * their position; a mask has a byte for each, 1 for those that are meant.
 */
export class Attributes {
  readonly size: number;
  readonly #arrays: AttributeArrays;
  readonly #ids: PackedTexts;
  readonly #facets: Readonly<Record<TextFacet, FacetValues>>;
  #authorNames: AuthorNames | undefined;

  /**
   * @param bytes what `buildAttributes` gave, in one piece, at a multiple of 8 in its buffer.
   * @throws PaperSearchError INDEX_CORRUPT for anything else.
   */
  constructor(bytes: Uint8Array) {
    this.#arrays = parseAttributes(bytes);
    const { years, idBytes, idEnds, facets } = this.#arrays;
    this.size = years.length;
    this.#ids = new PackedTexts({ bytes: idBytes, ends: idEnds });
    this.#facets = {
      venue: new FacetValues(facets.venue),
      author: new FacetValues(facets.author),
      keyword: new FacetValues(facets.keyword),
      area: new FacetValues(facets.area),
      session: new FacetValues(facets.session),
    };
  }

  /** The year of a paper, else that of its date or session; 0 for none. */
  yearOf(doc: number): number {
    return this.#arrays.years[doc]!;
  }

  hasAbstract(doc: number): boolean {
    return (this.#arrays.flags[doc]! & FLAGS.abstract) !== 0;
  }

  hasPdf(doc: number): boolean {
    return (this.#arrays.flags[doc]! & FLAGS.pdf) !== 0;
  }

  /**
   * The papers with an identifier, ascending: their own id or one that others gave, in any case, with or without
   * its prefix (`doi:`, `arxiv:`) or web address. An arXiv version that is not there finds the paper all the same.
   */
  documentsWithId(id: string): number[] {
    const key = identifierKey(id);
    const found = this.#documentsWithKey(key);
    const unversioned = withoutVersion(key);
    return found.length > 0 || unversioned === undefined ? found : this.#documentsWithKey(unversioned);
  }

  /** The names of all authors; the first call reads them. */
  get authorNames(): AuthorNames {
    this.#authorNames ??= new AuthorNames(this.#facets.author);
    return this.#authorNames;
  }

  /** The papers that have a value, ascending; none for an unknown one. @param folded see `foldValue`. */
  documentsWith(facet: TextFacet, folded: string): Uint32Array {
    return this.#facets[facet].documentsWith(folded);
  }

  /** Numbers of the values in which all of the words stand, whole. Goes through all values. @param words folded. */
  valuesContaining(facet: TextFacet, words: readonly string[]): number[] {
    return this.#facets[facet].containing(words);
  }

  /** The papers of a value, ascending. @param value its number, as `valuesContaining` gives it. */
  documentsOf(facet: TextFacet, value: number): Uint32Array {
    return this.#facets[facet].documentsOf(value);
  }

  /**
   * In how many papers of a mask each value is.
   * @param limit values wanted. @returns the most frequent first, ties by folded value (years: the newest first);
   *   none with a count of 0.
   */
  count(facet: Facet, mask: Uint8Array, limit: number): FacetCount[] {
    return facet === 'year' ? this.#countYears(mask, limit) : this.#facets[facet].count(mask, limit);
  }

  /**
   * A page of the papers of a mask in a fixed order: `date` has the newest first, those with a year alone after
   * those of that year with a day, and papers without a date last, ties by title; `title` is by folded title, ties
   * by position.
   */
  order(by: FixedOrder, mask: Uint8Array, offset: number, limit: number): number[] {
    const order = by === 'date' ? this.#arrays.dateOrder : this.#arrays.titleOrder;
    const page: number[] = [];
    let passed = 0;
    for (let i = 0; i < order.length && page.length < limit; i++) {
      const doc = order[i]!;
      if (mask[doc] === 1 && passed++ >= offset) page.push(doc);
    }
    return page;
  }

  #documentsWithKey(key: string): number[] {
    const found: number[] = [];
    for (let i = this.#ids.lowerBound(key); i < this.#ids.size && this.#ids.at(i) === key; i++) {
      found.push(this.#arrays.idDocs[i]!);
    }
    return found;
  }

  #countYears(mask: Uint8Array, limit: number): FacetCount[] {
    const counts = new Map<number, number>();
    const { years } = this.#arrays;
    for (let doc = 0; doc < years.length; doc++) {
      const year = years[doc]!;
      if (mask[doc] === 1 && year > 0) counts.set(year, (counts.get(year) ?? 0) + 1);
    }
    return Array.from(counts)
      .sort(([yearA, a], [yearB, b]) => b - a || yearB - yearA)
      .slice(0, limit)
      .map(([year, count]) => ({ value: String(year), count }));
  }
}
