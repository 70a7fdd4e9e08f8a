import type { SearchMode } from './mode.ts';

/** How many of all papers have a vector, while an ingest is still encoding the others. */
export interface Encoded {
  readonly papers: number;
  /** All papers. */
  readonly of: number;
}

/** What the field `encoded` is, for the documents of interfaces. */
export const ENCODED_DESCRIPTION =
  'How many of all papers have a vector, while an ingest is still encoding the others: hybrid mode ranks these by words alone, and semantic mode leaves them out. Absent once every paper has one.';

const numbers = new Intl.NumberFormat('en');

/** How many papers have a vector; undefined if all have one. @param missing one byte a paper, 1 for those without. */
export function encodedOf(missing: Uint8Array | undefined): Encoded | undefined {
  if (!missing) return undefined;
  let without = 0;
  for (const byte of missing) without += byte;
  return { papers: missing.length - without, of: missing.length };
}

/** "3,120 of 5,183 papers have a vector so far". */
export function encodedText({ papers, of }: Encoded): string {
  return `${numbers.format(papers)} of ${numbers.format(of)} papers have a vector so far`;
}

/** A sentence about an answer without all vectors; undefined where they do not matter: in keyword mode. */
export function encodedNote(encoded: Encoded, mode: SearchMode): string | undefined {
  if (mode === 'keyword') return undefined;
  const others = mode === 'hybrid' ? 'the others are ranked by words alone' : 'the others are left out';
  return `${encodedText(encoded)}; ${others}.`;
}
