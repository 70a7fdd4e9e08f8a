import { z } from 'zod';

/**
 * Where a page of papers in order of arrival begins: after the last paper of the page before. Unlike an offset, that is
 * the same place after new papers have come in and others were removed.
 */
export interface PageAfter {
  /** Id of the last paper of the page before. */
  readonly id: string;
  /** When it came in, as papers have it in `added`. */
  readonly added: string;
}

/** The schema of `PageAfter`. */
export const pageAfterSchema = z.strictObject({
  id: z.string({ error: 'Expected the id of a paper.' }),
  added: z.iso.datetime({ error: 'Expected an instant such as 2026-11-30T08:00:00.000Z.', offset: true }),
});
