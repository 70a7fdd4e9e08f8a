import { PaperSearchError } from '../errors.ts';
import type { Corpus } from './corpus.ts';
import type { Match } from './match/match.ts';
import type { PageAfter } from './page-after.ts';

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
