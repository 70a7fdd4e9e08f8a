import { intersect } from '../util/mask.ts';
import type { Corpus } from './corpus.ts';
import type { EncodedQuery } from './encode.ts';
import { papersOfPeople } from './match/authors.ts';

/** Most words of a query that may name authors: longer queries are about a subject, and take longer to match. */
const MAX_NAME_LENGTH = 6;

/**
 * The papers that a query of names asks for: only those of the people that it names.
 * @returns one byte a paper; undefined in semantic mode, which does not know authors, for a query longer than six
 *   words, and where no paper of the match has such authors.
 */
export function papersOfNamed(
  { mode, text, match }: Pick<EncodedQuery, 'mode' | 'text' | 'match'>,
  { fields }: Pick<Corpus, 'fields'>,
): Uint8Array | undefined {
  if (mode === 'semantic' || text === '' || text.split(' ').length > MAX_NAME_LENGTH) return undefined;
  const mask = papersOfPeople(text, fields, fields.size);
  if (mask && match) intersect(mask, match.mask);
  return mask?.includes(1) ? mask : undefined;
}
