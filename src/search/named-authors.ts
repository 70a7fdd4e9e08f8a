import type { KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import type { Allowed } from './rankings.ts';

/** Words of the longest query that may name authors: longer ones tell of a subject, and take longer to match. */
const MAX_NAME_LENGTH = 6;
const NO_SPAN = { start: 0, end: 0 };

/**
 * The papers that a query of names asks for: those whose authors have all its words, in any order.
 * @param text what papers are ranked by.
 * @returns one byte a paper; undefined where there is no such paper among the allowed ones, or the query is longer
 *   than six words.
 */
export function papersOfNamed(
  lexical: Pick<KeywordIndex, 'match'>,
  text: string,
  size: number,
  allowed: Allowed,
): Uint8Array | undefined {
  if (text.split(' ').length > MAX_NAME_LENGTH) return undefined;
  const mask = new Uint8Array(size);
  lexical.match({ kind: 'words', field: 'author', text, span: NO_SPAN }, mask);
  if (allowed) for (let doc = 0; doc < size; doc++) mask[doc]! &= allowed.mask[doc]!;
  return mask.includes(1) ? mask : undefined;
}
