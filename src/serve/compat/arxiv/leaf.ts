import type { Condition, QueryTextField } from '../../../query/ast.ts';
import { patternOf } from '../../../query/words.ts';
import { dayRangeOf } from './date-range.ts';
import type { ArxivField } from './fields.ts';

const SPAN = { start: 0, end: 0 };
/** Matches no paper, for comments and report numbers: the range ends before it begins. */
const MATCHES_NOTHING: Condition = { kind: 'published', from: 1, to: 0, span: SPAN };
/** Names that may be between two names of an author. */
const MAX_NAMES_BETWEEN = 1;

/**
 * The condition of one term. An underscore is read as a space. A name matches authors with all of these names, in any
 * order and with at most one other name between two of them; initials are ignored when the term has full names.
 * @throws PaperSearchError BAD_REQUEST for an invalid date.
 */
export function leafOf(field: ArxivField, text: string, quoted: boolean): Condition {
  const words = (quoted ? text : text.replaceAll('_', ' ')).trim();
  switch (field) {
    case 'date':
      return { kind: 'published', ...dayRangeOf(text), span: SPAN };
    case 'co':
    case 'rn':
      return MATCHES_NOTHING;
    case 'cat':
      // "cs.*" and "cs" match every area that begins with "cs".
      return { kind: 'fact', fact: 'area', text: words.replace(/\.?\*$/, ''), span: SPAN };
    case 'id':
    case 'doi':
      return { kind: 'fact', fact: 'id', text: text.trim(), span: SPAN };
    case 'au':
      return authorCondition(words);
    case 'ti':
      return textCondition('title', words, quoted);
    case 'abs':
      return textCondition('abstract', words, quoted);
    case 'jr':
      return textCondition('venue', words, quoted);
    case 'all':
      return textCondition(undefined, words, quoted);
  }
}

function textCondition(field: QueryTextField | undefined, text: string, quoted: boolean): Condition {
  const pattern = quoted ? undefined : patternOf(text);
  if (pattern?.kind === 'prefix') return { kind: 'prefix', text: pattern.text, field, span: SPAN };
  return { kind: text.includes(' ') ? 'phrase' : 'words', text, field, span: SPAN };
}

function authorCondition(name: string): Condition {
  const parts = name.split(/[\s,]+/).filter((part) => part !== '');
  const names = parts.filter((part) => /\p{L}\p{M}*\p{L}/u.test(part));
  const text = (names.length > 0 ? names : parts).join(' ');
  const field = 'author';
  if (!text.includes(' ')) return { kind: 'words', text, field, span: SPAN };
  return { kind: 'near', text, distance: MAX_NAMES_BETWEEN, field, span: SPAN };
}
