import { PaperSearchError } from '../../errors.ts';
import type { Label } from './types.ts';

/** Labels in the order of rows: the same for the same set of labels. */
export interface LabelSet {
  readonly rows: Uint32Array;
  /** 1 for an include, -1 for an exclude. */
  readonly signs: Int8Array;
  readonly includes: number;
}

/**
 * Labels in ascending order of rows.
 * @throws PaperSearchError BAD_REQUEST for a row that is not in the pool, or that has more than one label.
 */
export function labelSet(labels: readonly Label[], size: number): LabelSet {
  const signOf = new Int8Array(size);
  for (const { row, included } of labels) {
    if (!Number.isInteger(row) || row < 0 || row >= size) {
      throw new PaperSearchError(
        'BAD_REQUEST',
        `A label is for row ${row}, but the pool has rows 0 to ${size - 1}.`,
        { details: { row } },
      );
    }
    if (signOf[row] !== 0) {
      throw new PaperSearchError('BAD_REQUEST', `Row ${row} has two labels. Give one for each paper.`, {
        details: { row },
      });
    }
    signOf[row] = included ? 1 : -1;
  }
  const rows = Uint32Array.from(labels, ({ row }) => row).sort();
  const signs = Int8Array.from(rows, (row) => signOf[row]!);
  return { rows, signs, includes: labels.filter(({ included }) => included).length };
}
