import type { CountField, NumberField } from '../../papers/field.ts';
import type { FacetCount } from '../../papers/fields.ts';
import { CITATION_ARRAYS, citationGraphOf } from '../citations/citation-graph.ts';
import type { ColumnDefinition } from './column.ts';
import { moved } from './column-change.ts';

/** What fits the numbers of a unit. */
const ARRAY = { year: Uint16Array, day: Uint32Array } as const;

/** A number of each paper; 0 for none. */
export class NumberColumn {
  readonly #numbers: Uint16Array | Uint32Array | Float64Array;

  constructor(numbers: Uint16Array | Uint32Array | Float64Array) {
    this.#numbers = numbers;
  }

  /** The number of a paper; 0 for none. */
  at(doc: number): number {
    return this.#numbers[doc]!;
  }

  /** Clears in a mask the papers whose number is not in a range. @param from and `to`: both included. */
  keepBetween(from: number, to: number, mask: Uint8Array): void {
    const numbers = this.#numbers;
    if (numbers instanceof Uint16Array) {
      keepShortBetween(numbers, from, to, mask);
      return;
    }
    for (let doc = 0; doc < numbers.length; doc++) {
      const number = numbers[doc]!;
      if (number < from || number > to) mask[doc] = 0;
    }
  }

  /** The most frequent numbers of papers, ties by the largest number. @param docs positions of the papers, each once. */
  count(docs: Uint32Array, limit: number): FacetCount[] {
    const numbers = this.#numbers;
    const counts = numbers instanceof Uint16Array ? countShort(numbers, docs) : countAny(numbers, docs);
    return counts
      .sort(([numberA, a], [numberB, b]) => b - a || numberB - numberA)
      .slice(0, limit)
      .map(([number, count]) => ({ value: String(number), count }));
  }
}

/** The numbers of papers that are not 0, and how many papers have each, in no order. */
function countAny(numbers: Uint32Array | Float64Array, docs: Uint32Array): [number, number][] {
  const counts = new Map<number, number>();
  for (let n = 0; n < docs.length; n++) {
    const number = numbers[docs[n]!]!;
    if (number > 0) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return Array.from(counts);
}

/** `countAny` of years: a place for each number is faster than a map. */
function countShort(numbers: Uint16Array, docs: Uint32Array): [number, number][] {
  const counts = new Uint32Array(2 ** 16);
  for (let n = 0; n < docs.length; n++) counts[numbers[docs[n]!]!]!++;
  const found: [number, number][] = [];
  for (let number = 1; number < counts.length; number++)
    if (counts[number]! > 0) found.push([number, counts[number]!]);
  return found;
}

/** `keepBetween` without a branch: whether a year is in a range cannot be predicted, which took most of the time. */
function keepShortBetween(numbers: Uint16Array, from: number, to: number, mask: Uint8Array): void {
  const limit = 2 ** 16;
  const first = Math.ceil(Math.min(Math.max(from, 0), limit)) | 0;
  const last = Math.floor(Math.min(Math.max(to, -1), limit)) | 0;
  for (let doc = 0; doc < numbers.length; doc++) {
    const number = numbers[doc]!;
    // Negative, with a highest bit of 1, where the number is below the range or above it.
    mask[doc]! &= ~(((number - first) | (last - number)) >>> 31);
  }
}

/** The column of a field of numbers. */
export function numberColumn({ name, unit, numberOf }: NumberField): ColumnDefinition<NumberColumn> {
  const array = `${name}s`;
  return {
    key: name,
    arrays: [array],
    writer: (size) => {
      const numbers = new ARRAY[unit](size);
      return {
        add: (doc, paper) => {
          numbers[doc] = numberOf(paper);
        },
        finish: () => ({ [array]: numbers }),
      };
    },
    change: ({ [array]: numbers }, change) => {
      if (!(numbers instanceof ARRAY[unit])) return undefined;
      const changed = moved<Uint16Array | Uint32Array>(numbers, new ARRAY[unit](change.size), change);
      for (const { doc, paper } of change.fresh) changed[doc] = numberOf(paper);
      return { [array]: changed };
    },
    read: ({ [array]: numbers }, size) =>
      numbers instanceof ARRAY[unit] && numbers.length === size ? new NumberColumn(numbers) : undefined,
  };
}

/** The column of a field that counts links. The snapshot stores the links, and their numbers follow from them. */
export function countColumn({ name, direction }: CountField): ColumnDefinition<NumberColumn> {
  return {
    key: name,
    arrays: CITATION_ARRAYS,
    // The column of links stores them.
    writer: () => ({ finish: () => ({}) }),
    read: (arrays, size) => {
      const links = citationGraphOf(arrays, size);
      if (!links) return undefined;
      const counts = new Uint32Array(size);
      for (let doc = 0; doc < size && !links.isEmpty; doc++) counts[doc] = links.count(doc, direction);
      return new NumberColumn(counts);
    },
  };
}
