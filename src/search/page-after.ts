import { z } from 'zod';
import { PaperSearchError } from '../errors.ts';
import type { Corpus } from './corpus.ts';
import type { Match } from './match/match.ts';

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

/**
 * How many papers of a match come up to and including the last paper of the page before. Where that one is no longer
 * among them, the papers that came in later than it did: those of its own ingest are then repeated, and none is missed.
 */
export function offsetAfter(
  { id, added }: PageAfter,
  { mask }: Match,
  { fields, docOf }: Pick<Corpus, 'fields' | 'docOf'>,
): number {
  const instant = Date.parse(added);
  const doc = docOrNone(id, docOf);
  // One that was removed and added again has another place now.
  if (doc !== undefined && mask[doc] === 1 && fields.numberOf('added', doc) === instant) {
    return fields.countUpTo('added', mask, doc);
  }
  return mask.reduce((count, byte, each) => count + (fields.numberOf('added', each) > instant ? byte : 0), 0);
}

function docOrNone(id: string, docOf: Corpus['docOf']): number | undefined {
  try {
    return docOf(id);
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
