import { TEXT_FIELDS, type TextField } from '../../../papers/fields.ts';

/**
 * How often a term stands in each field of a paper, packed into 16 bits: a posting takes two bytes whatever the
 * fields, and the weights of fields need not be known when an index is built. Counts beyond a field's bits count
 * as the most they hold: BM25 has all but stopped growing there. Positions are kept all the same (`positions.ts`).
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

/** Places of the fields in TEXT_FIELDS. */
const FIELDS = TEXT_FIELDS.map((_, field) => field);
const SHIFTS = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field].shift);
const MOSTS = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field].most);

/** Packs the frequencies of a posting. @param counts one a field, in the order of TEXT_FIELDS. */
export function packFrequencies(counts: ArrayLike<number>): number {
  return FIELDS.reduce(
    (packed, field) => packed | (Math.min(counts[field]!, MOSTS[field]!) << SHIFTS[field]!),
    0,
  );
}

/** The frequency in one field, as far as it is counted. @param field its place in TEXT_FIELDS. */
export function frequencyIn(packed: number, field: number): number {
  return (packed >> SHIFTS[field]!) & MOSTS[field]!;
}

/** Whether a field counts as much as it holds: the true frequency may be higher. */
export function isFull(packed: number, field: number): boolean {
  return frequencyIn(packed, field) === MOSTS[field]!;
}

/** Whether any field is full, one a packed frequency. */
export const HAS_FULL_FIELD = Uint8Array.from({ length: PACKED_FREQUENCIES }, (_, packed) =>
  FIELDS.some((field) => isFull(packed, field)) ? 1 : 0,
);

/** The bits of a packed frequency that tell of these fields: none of them is set where the term is in none. */
export function fieldBits(fields: readonly TextField[]): number {
  return fields.reduce(
    (bits, field) => bits | (FREQUENCY_BITS[field].most << FREQUENCY_BITS[field].shift),
    0,
  );
}

/** The term frequency in all fields. */
export function totalFrequency(packed: number): number {
  return (
    (packed & 63) + ((packed >> 6) & 15) + ((packed >> 10) & 7) + ((packed >> 13) & 3) + ((packed >> 15) & 1)
  );
}
