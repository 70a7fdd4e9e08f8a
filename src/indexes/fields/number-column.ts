import type { CountField, NumberField } from '../../papers/field.ts';
import type { FacetCount } from '../../papers/fields.ts';
import { CITATION_ARRAYS, citationGraphOf } from '../citations/citation-graph.ts';
import type { ColumnDefinition } from './column.ts';

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

  /** The most frequent numbers of the papers of a mask, ties by the largest number. */
  count(mask: Uint8Array, limit: number): FacetCount[] {
    const counts = new Map<number, number>();
    for (let doc = 0; doc < this.#numbers.length; doc++) {
      const number = this.#numbers[doc]!;
      if (mask[doc] === 1 && number > 0) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return Array.from(counts)
      .sort(([numberA, a], [numberB, b]) => b - a || numberB - numberA)
      .slice(0, limit)
      .map(([number, count]) => ({ value: String(number), count }));
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
