import { TEXT_FIELDS, type TextField } from '../../../papers/fields.ts';

/**
 * How often a term occurs in each field of a paper, packed into 16 bits: a posting takes two bytes whatever the
 * fields, and an index can be built before the weights of the fields are known. A count that a field's bits cannot
 * hold becomes their maximum, where BM25 hardly grows any more. All positions are kept (`positions.ts`).
 */
export const FREQUENCY_BITS = {
  abstract: { shift: 0, max: 63 },
  title: { shift: 6, max: 15 },
  keywords: { shift: 10, max: 7 },
  authors: { shift: 13, max: 3 },
  venue: { shift: 15, max: 1 },
} as const satisfies Record<TextField, { shift: number; max: number }>;

/** Different packed frequencies. */
export const PACKED_FREQUENCIES = 1 << 16;

/** Places of the fields in TEXT_FIELDS. */
const FIELDS = TEXT_FIELDS.map((_, field) => field);
const SHIFTS = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field].shift);
const MAXIMA = TEXT_FIELDS.map((field) => FREQUENCY_BITS[field].max);

/** Packs the frequencies of a posting. @param counts one a field, in the order of TEXT_FIELDS. */
export function packFrequencies(counts: ArrayLike<number>): number {
  let packed = 0;
  for (let field = 0; field < SHIFTS.length; field++) {
    packed |= Math.min(counts[field]!, MAXIMA[field]!) << SHIFTS[field]!;
  }
  return packed;
}

/** The frequency in one field, at most what its bits hold. @param field its place in TEXT_FIELDS. */
export function frequencyIn(packed: number, field: number): number {
  return (packed >> SHIFTS[field]!) & MAXIMA[field]!;
}

/** Whether a field has its maximum: the true frequency may be higher. */
export function isFull(packed: number, field: number): boolean {
  return frequencyIn(packed, field) === MAXIMA[field]!;
}

/** The packed frequency of a single occurrence in each field. */
export const SINGLE: readonly number[] = SHIFTS.map((shift) => 1 << shift);

/** Whether any field has its maximum, one a packed frequency. */
export const HAS_FULL_FIELD = Uint8Array.from({ length: PACKED_FREQUENCIES }, (_, packed) =>
  FIELDS.some((field) => isFull(packed, field)) ? 1 : 0,
);

/** The bits of these fields in a packed frequency: all 0 when the term occurs in no such field. */
export function fieldBits(fields: readonly TextField[]): number {
  return fields.reduce((bits, field) => bits | (FREQUENCY_BITS[field].max << FREQUENCY_BITS[field].shift), 0);
}

/** The term frequency in all fields, one a packed frequency; 0 where a field is full, so that the true one may be higher. */
export const OCCURRENCES = Uint8Array.from({ length: PACKED_FREQUENCIES }, (_, packed) =>
  HAS_FULL_FIELD[packed] === 1 ? 0 : totalFrequency(packed),
);

/** The term frequency in all fields. */
export function totalFrequency(packed: number): number {
  return (
    (packed & 63) + ((packed >> 6) & 15) + ((packed >> 10) & 7) + ((packed >> 13) & 3) + ((packed >> 15) & 1)
  );
}
