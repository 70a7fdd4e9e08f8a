import type { SortKey } from '../../papers/field.ts';
import type { NamedArrays } from '../binary/arrays.ts';
import { areBelow } from '../binary/numbers.ts';
import { citationGraphOf } from '../citations/citation-graph.ts';
import type { ColumnDefinition, ColumnWriter } from './column.ts';
import { type ColumnChange, mergedOrder, remembered } from './column-change.ts';

/** All papers in an order that does not depend on a query. */
export class OrderColumn {
  #docs: Uint32Array | undefined;
  readonly #order: () => Uint32Array;

  /** @param docs the papers in order, or a function that puts them in order when they are first asked for. */
  constructor(docs: Uint32Array | (() => Uint32Array)) {
    this.#order = typeof docs === 'function' ? docs : () => docs;
  }

  /** A page of the papers of a mask, in this order. */
  page(mask: Uint8Array, offset: number, limit: number): number[] {
    const docs = this.#inOrder();
    const page: number[] = [];
    let skipped = 0;
    for (let i = 0; i < docs.length && page.length < limit; i++) {
      const doc = docs[i]!;
      if (mask[doc] === 1 && skipped++ >= offset) page.push(doc);
    }
    return page;
  }

  /** How many papers of a mask come up to and including one of them. */
  countUpTo(mask: Uint8Array, doc: number): number {
    let count = 0;
    for (const each of this.#inOrder()) {
      count += mask[each]!;
      if (each === doc) break;
    }
    return count;
  }

  #inOrder(): Uint32Array {
    this.#docs ??= this.#order();
    return this.#docs;
  }
}

/** The key of the column with the order of a field. */
export function orderKey(name: string): string {
  return `${name}Order`;
}

/** The column of an order. @param name of the field that papers are sorted by. */
export function orderColumn(
  name: string,
  sort: Exclude<SortKey, { by: 'arrival' }>,
): ColumnDefinition<OrderColumn> {
  const key = orderKey(name);
  return {
    key,
    arrays: [key],
    after: sort.by !== 'text' ? orderKey(sort.ties) : undefined,
    writer: (size) => {
      if (sort.by === 'text') return new TextOrder(key, sort);
      return sort.by === 'number' ? new NumberOrder(key, sort, size) : new CountOrder(key, sort, size);
    },
    change: ({ [key]: order }, change, done) => {
      if (!(order instanceof Uint32Array) || sort.by === 'count') return undefined;
      return {
        [key]:
          sort.by === 'text' ? changedTexts(order, sort, change) : changedNumbers(order, sort, change, done),
      };
    },
    read: ({ [key]: docs }, size) =>
      docs instanceof Uint32Array && docs.length === size && areBelow(docs, size)
        ? new OrderColumn(docs)
        : undefined,
  };
}

type TextSort = Extract<SortKey, { by: 'text' }>;

class TextOrder implements ColumnWriter {
  readonly #name: string;
  readonly #sort: TextSort;
  readonly #keys: string[] = [];

  constructor(name: string, sort: TextSort) {
    this.#name = name;
    this.#sort = sort;
  }

  add(_doc: number, paper: Parameters<TextSort['key']>[0]): void {
    this.#keys.push(this.#sort.key(paper));
  }

  finish(): NamedArrays {
    const keys = this.#keys;
    const docs = everyDoc(keys.length).sort((a, b) => compareTexts(keys[a]!, keys[b]!) || a - b);
    return { [this.#name]: docs };
  }
}

function changedTexts(order: Uint32Array, sort: TextSort, change: ColumnChange): Uint32Array {
  const keys = new Map(change.fresh.map(({ doc, paper }) => [doc, sort.key(paper)]));
  const fresh = [...keys].sort(([docA, a], [docB, b]) => compareTexts(a, b) || docA - docB);
  const keyBefore = remembered((position) => sort.key(change.before(position)));
  return mergedOrder(
    order,
    change,
    fresh.map(([doc]) => doc),
    (position, doc) =>
      (compareTexts(keyBefore(position), keys.get(doc)!) || change.places[position]! - doc) < 0,
  );
}

function changedNumbers(
  order: Uint32Array,
  sort: NumberSort,
  change: ColumnChange,
  done: NamedArrays,
): Uint32Array {
  const ranks = ranksIn(done, sort.ties);
  const sign = sort.direction === 'descending' ? -1 : 1;
  const keys = new Map(change.fresh.map(({ doc, paper }) => [doc, sort.key(paper)]));
  const fresh = [...keys].sort(
    ([docA, a], [docB, b]) => compareNumbers(a, b, sign) || ranks[docA]! - ranks[docB]!,
  );
  const keyBefore = remembered((position) => sort.key(change.before(position)));
  return mergedOrder(
    order,
    change,
    fresh.map(([doc]) => doc),
    (position, doc) =>
      (compareNumbers(keyBefore(position), keys.get(doc)!, sign) ||
        ranks[change.places[position]!]! - ranks[doc]!) < 0,
  );
}

type NumberSort = Extract<SortKey, { by: 'number' }>;

class NumberOrder implements ColumnWriter {
  readonly #name: string;
  readonly #sort: NumberSort;
  readonly #keys: Float64Array;

  constructor(name: string, sort: NumberSort, size: number) {
    this.#name = name;
    this.#sort = sort;
    this.#keys = new Float64Array(size);
  }

  add(doc: number, paper: Parameters<NumberSort['key']>[0]): void {
    this.#keys[doc] = this.#sort.key(paper);
  }

  finish(done: NamedArrays): NamedArrays {
    const keys = this.#keys;
    const ranks = ranksIn(done, this.#sort.ties);
    const sign = this.#sort.direction === 'descending' ? -1 : 1;
    const docs = everyDoc(keys.length).sort(
      (a, b) => compareNumbers(keys[a]!, keys[b]!, sign) || ranks[a]! - ranks[b]!,
    );
    return { [this.#name]: docs };
  }
}

type CountSort = Extract<SortKey, { by: 'count' }>;

/** Papers by the number of their links. Comes after the columns of links. */
class CountOrder implements ColumnWriter {
  readonly #name: string;
  readonly #sort: CountSort;
  readonly #size: number;

  constructor(name: string, sort: CountSort, size: number) {
    this.#name = name;
    this.#sort = sort;
    this.#size = size;
  }

  finish(done: NamedArrays): NamedArrays {
    const links = citationGraphOf(done, this.#size)!;
    // Without links, ties decide.
    if (links.isEmpty) return { [this.#name]: (done[orderKey(this.#sort.ties)] as Uint32Array).slice() };
    const counts = Array.from({ length: this.#size }, (_, doc) => links.count(doc, this.#sort.direction));
    const ranks = ranksIn(done, this.#sort.ties);
    const sign = this.#sort.isAscending ? -1 : 1;
    const docs = everyDoc(this.#size).sort(
      (a, b) => sign * (counts[b]! - counts[a]!) || ranks[a]! - ranks[b]!,
    );
    return { [this.#name]: docs };
  }
}

/** The rank of each paper in an order that is finished. */
function ranksIn(done: NamedArrays, by: string): Uint32Array {
  const order = done[orderKey(by)] as Uint32Array;
  const ranks = new Uint32Array(order.length);
  for (const [rank, doc] of order.entries()) ranks[doc] = rank;
  return ranks;
}

function everyDoc(size: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, doc) => doc);
}

/** By UTF-16 code units; an empty text comes last. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  return a < b ? -1 : 1;
}

/** Compares in a direction, 1 or -1. A 0 means that there is no value, and sorts last. */
function compareNumbers(a: number, b: number, sign: number): number {
  if (a === 0 || b === 0) return Math.sign(b) - Math.sign(a);
  return sign * (a - b);
}
