import type { Condition, QueryTextField } from '../../../query/ast.ts';
import { patternOf } from '../../../query/words.ts';
import { dayRangeOf } from './date-range.ts';
import type { ArxivField } from './fields.ts';

const SPAN = { start: 0, end: 0 };
/** Matches no paper, for comments and report numbers: the range ends before it begins. */
const MATCHES_NOTHING: Condition = { kind: 'published', from: 1, to: 0, span: SPAN };

/**
 * The condition of one term. An underscore is read as a space. A name matches the authors whose name it may be, in
 * any order and with initials.
 * @throws PaperSearchError BAD_REQUEST for a date that is not one.
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
      return { kind: 'phrase', text: words, field: 'author', span: SPAN };
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
