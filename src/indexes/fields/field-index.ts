import { PaperSearchError } from '../../errors.ts';
import type { Field } from '../../papers/field.ts';
import type { Facet, FacetCount, HasValue } from '../../papers/fields.ts';
import { EVERY_FIELD, type EveryNameOf, type EverySortName } from '../../papers/internal-fields.ts';
import type { PaperSequence } from '../../papers/paper.ts';
import { pause } from '../../util/pause.ts';
import { type NamedArrays, unpackArrays } from '../binary/arrays.ts';
import { CitationGraph } from '../citations/citation-graph.ts';
import type { ArrivalTimes } from './arrival-columns.ts';
import { AuthorNames } from './author-names.ts';
import { columnArrays, KIND } from './build.ts';
import type { ColumnDefinition } from './column.ts';
import { columnsOf } from './columns.ts';
import { FlagColumn } from './flag-column.ts';
import { IdentifierColumn } from './identifier-column.ts';
import { LINKS } from './link-column.ts';
import { NumberColumn } from './number-column.ts';
import { OrderColumn, orderKey } from './order-column.ts';
import { ValueColumn } from './value-column.ts';

/**
 * The fields of the papers of a snapshot by column, for filters, facets and sorting. Papers are known by their
 * position; a mask has one byte a paper, 1 for the papers that are meant.
 *
 * A column that the snapshot lacks (it was written before the field was declared, or the field is internal) is built
 * from the papers: call `prepare` before anything else asks for such a field.
 */
export class FieldIndex {
  readonly size: number;
  readonly #papers: PaperSequence;
  readonly #columns = new Map<string, unknown>();
  readonly #missing = new Map<string, ColumnDefinition>();
  readonly #building = new Map<string, Promise<void>>();
  #arrays: NamedArrays;
  #authorNames: AuthorNames | undefined;

  /**
   * @param bytes what `buildFields` returned, in one piece, at a multiple of 8 in its buffer.
   * @param papers those of the snapshot: read where a column is missing.
   * @param fields declared fields. @param times when the papers came in. Default: it is not known.
   * @throws PaperSearchError INDEX_CORRUPT for other bytes, or for columns that do not fit the papers.
   */
  constructor(
    bytes: Uint8Array,
    papers: PaperSequence,
    fields: readonly Field[] = EVERY_FIELD,
    times?: ArrivalTimes,
  ) {
    this.size = papers.length;
    this.#papers = papers;
    this.#arrays = unpackArrays<NamedArrays>(KIND, bytes);
    for (const column of fields.flatMap((field) => columnsOf(field, times))) {
      const isMissing = column.arrays.every((name) => this.#arrays[name] === undefined);
      if (isMissing && column.whenMissing) {
        this.#arrays = { ...this.#arrays, ...column.whenMissing(this.size) };
      }
      if (isMissing && !column.whenMissing) this.#missing.set(column.key, column);
      else this.#read(column);
    }
  }

  /**
   * Builds the missing columns of some fields, with other work let through now and then; each once. Returns at once
   * when there are none.
   * @param orders fields whose order of papers is asked for. Default: all of `fields`.
   * @throws PaperSearchError INDEX_CORRUPT when a paper cannot be read; the next call tries again.
   */
  async prepare(fields: Iterable<string>, orders: Iterable<string> = fields): Promise<void> {
    if (this.#missing.size === 0) return;
    const columns = new Set<string>();
    for (const name of fields) this.#addMissing(name, columns);
    for (const name of orders) this.#addMissing(orderKey(name), columns);
    if (columns.size > 0) await this.#build([...columns]);
  }

  /** Whether the column of a field is in the index or was built by `prepare`. */
  hasColumn(field: EveryNameOf<'values'>): boolean {
    return this.#columns.has(field);
  }

  /** The number of a paper in a field; 0 for none. */
  numberOf(field: EveryNameOf<'number'>, doc: number): number {
    return this.#column(field, NumberColumn).at(doc);
  }

  /** Clears in a mask the papers whose number in a field is not in a range. @param from and `to`: both included. */
  keepBetween(field: EveryNameOf<'number'>, from: number, to: number, mask: Uint8Array): void {
    this.#column(field, NumberColumn).keepBetween(from, to, mask);
  }

  has(what: HasValue, doc: number): boolean {
    return this.#column('has', FlagColumn).has(doc, what);
  }

  /**
   * The papers with an identifier, ascending. By `id`: their own id or one that others gave, in any case, with or
   * without its prefix (`doi:`, `arxiv:`) or web address.
   */
  documentsWithId(identifier: string, field: EveryNameOf<'identifier'> = 'id'): number[] {
    return this.#column(field, IdentifierColumn).documentsWith(identifier);
  }

  /** Which papers cite which works. */
  get links(): CitationGraph {
    return this.#column(LINKS, CitationGraph);
  }

  /** The names of all authors. */
  get authorNames(): AuthorNames {
    this.#authorNames ??= new AuthorNames(this.#column('author', ValueColumn));
    return this.#authorNames;
  }

  /** The papers that have a value, ascending; none for an unknown value. @param folded see `foldValue`. */
  documentsWith(field: EveryNameOf<'values'>, folded: string): Uint32Array {
    return this.#column(field, ValueColumn).documentsWith(folded);
  }

  /** Numbers of the values that contain all of the words, whole. Reads all values. @param words folded. */
  valuesContaining(field: EveryNameOf<'values'>, words: readonly string[]): number[] {
    return this.#column(field, ValueColumn).containing(words);
  }

  /** The papers of a value, ascending. @param value its number, as `valuesContaining` returns it. */
  documentsOf(field: EveryNameOf<'values'>, value: number): Uint32Array {
    return this.#column(field, ValueColumn).documentsOf(value);
  }

  /**
   * The number of papers with each value.
   * @param docs the papers that are counted, each once. @param limit values wanted. @returns the most frequent first, ties by folded value (numbers: the largest first);
   *   no value with a count of 0.
   */
  count(facet: Facet, docs: Uint32Array, limit: number): FacetCount[] {
    const column = this.#columns.get(facet);
    return column instanceof NumberColumn
      ? column.count(docs, limit)
      : this.#column(facet, ValueColumn).count(docs, limit);
  }

  /**
   * Prepares to count the values of fields, so that the first request does not wait, in the background of other work.
   * A field whose column is not built yet is left out. @throws the signal's reason when it is aborted.
   */
  async prepareCounts(facets: readonly Facet[], signal?: AbortSignal): Promise<void> {
    for (const facet of facets) {
      const column = this.#columns.get(facet);
      if (!(column instanceof ValueColumn)) continue;
      for (const _ of column.prepareCounts()) await pause(signal);
    }
  }

  /**
   * A page of the papers of a mask in a declared order; papers without a value come last.
   * @param by `date` is the newest first, ties by title; `title` is by folded title, ties by position.
   */
  order(by: EverySortName, mask: Uint8Array, offset: number, limit: number): number[] {
    return this.#column(orderKey(by), OrderColumn).page(mask, offset, limit);
  }

  /** How many papers of a mask come up to and including one of them, in a declared order. */
  countUpTo(by: EverySortName, mask: Uint8Array, doc: number): number {
    return this.#column(orderKey(by), OrderColumn).countUpTo(mask, doc);
  }

  #column<C>(key: string, type: new (...args: never[]) => C): C {
    const column = this.#columns.get(key);
    if (column instanceof type) return column;
    throw new Error(`The index has no column "${key}" yet. Call prepare first.`);
  }

  #addMissing(key: string, keys: Set<string>): void {
    const column = this.#missing.get(key);
    if (!column || keys.has(key)) return;
    if (column.after !== undefined) this.#addMissing(column.after, keys);
    keys.add(key);
  }

  async #build(keys: readonly string[]): Promise<void> {
    // What another request builds already is waited for.
    const others = keys.flatMap((key) => this.#building.get(key) ?? []);
    const own = keys.filter((key) => !this.#building.has(key));
    const built = Promise.all(others).then(() => this.#buildNow(own));
    for (const key of own) this.#building.set(key, built);
    try {
      await built;
    } finally {
      for (const key of own) this.#building.delete(key);
    }
  }

  async #buildNow(keys: readonly string[]): Promise<void> {
    const columns = keys.flatMap((key) => this.#missing.get(key) ?? []);
    if (columns.length === 0) return;
    const made = await columnArrays(columns, this.#papers, this.#arrays);
    this.#arrays = { ...this.#arrays, ...made };
    for (const column of columns) {
      this.#read(column);
      this.#missing.delete(column.key);
    }
  }

  #read(column: ColumnDefinition): void {
    const read = column.read(this.#arrays, this.size);
    if (read === undefined) {
      const message = `The ${KIND} has parts of "${column.key}" that do not fit together.`;
      throw new PaperSearchError('INDEX_CORRUPT', message);
    }
    this.#columns.set(column.key, read);
  }
}
