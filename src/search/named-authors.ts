import type { KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import { intersect } from '../util/mask.ts';
import type { EncodedQuery } from './encode.ts';

/** Most words of a query that may name authors: longer queries are about a subject, and take longer to match. */
const MAX_NAME_LENGTH = 6;
const NO_SPAN = { start: 0, end: 0 };

/**
 * The papers that a query of names asks for: those whose authors have all its words, in any order.
 * @param size papers in the index.
 * @returns one byte per paper; undefined in semantic mode, which ignores authors, for a query longer than six words,
 *   and if no paper of the match has such authors.
 */
export function papersOfNamed(
  { mode, text, match }: Pick<EncodedQuery, 'mode' | 'text' | 'match'>,
  lexical: Pick<KeywordIndex, 'match'>,
  size: number,
): Uint8Array | undefined {
  if (mode === 'semantic' || text === '' || text.split(' ').length > MAX_NAME_LENGTH) return undefined;
  const mask = new Uint8Array(size);
  lexical.match({ kind: 'words', field: 'author', text, span: NO_SPAN }, mask);
  if (match) intersect(mask, match.mask);
  return mask.includes(1) ? mask : undefined;
}
