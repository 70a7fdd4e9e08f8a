import { TEXT_FIELDS, type TextField } from '../../types.ts';

/**
 * How often a term stands in each field of a paper, packed into 16 bits: a posting takes two bytes whatever the
 * fields, and the weights of fields need not be known when an index is built. Counts beyond a field's bits count
 * as the most they hold: BM25 has all but stopped growing there.
 */
export const FREQUENCY_BITS = {
  abstract: { shift: 0, most: 63 },
  title: { shift: 6, most: 15 },
  keywords: { shift: 10, most: 7 },
  authors: { shift: 13, most: 3 },
  venue: { shift: 15, most: 1 },
} as const satisfies Record<TextField, { shift: number; most: number }>;

/** Different packed frequencies. */
export const PACKED_FREQUENCIES = 1 << 16;

const SHIFTS = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field].shift);
const MOSTS = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field].most);

/**
 * `packed` with one more occurrence in a field.
 * @param field its place in TEXT_FIELDS. @returns `packed` itself when the field holds no more.
 */
export function addOccurrence(packed: number, field: number): number {
  const shift = SHIFTS[field]!;
  const most = MOSTS[field]!;
  return ((packed >> shift) & most) === most ? packed : packed + (1 << shift);
}

/** The term frequency in all fields. */
export function totalFrequency(packed: number): number {
  return (
    (packed & 63) + ((packed >> 6) & 15) + ((packed >> 10) & 7) + ((packed >> 13) & 3) + ((packed >> 15) & 1)
  );
}
