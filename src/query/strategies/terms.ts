import type { Span } from '../../text/span.ts';
import type { Condition, QueryTextField, TextCondition } from '../ast.ts';
import { hasContent, patternOf, unquoted, withoutSigns } from '../words.ts';
import type { Dialect } from './dialect.ts';
import type { NoticeBook } from './notices.ts';

/** A word as our query language asks for it. */
export interface TranslatedWord {
  readonly kind: 'words' | 'prefix';
  readonly text: string;
}

/** Words that our query language reads as words, with or without a field. */
const PLAIN_WORD = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}'’./+-]*$/u;

/**
 * A word with its wildcards: `languag$`, `wom#n`, `colo?r`, `dog$1`. What our prefixes cannot say finds more, with a
 * notice; undefined for a word without a letter or digit.
 */
export function translateWord(
  word: string,
  dialect: Dialect,
  span: Span,
  notices: NoticeBook,
): TranslatedWord | undefined {
  const wildcard = dialect === 'ovid' ? /[$*?#]/ : dialect === 'pubmed' ? /\*/ : /[*?$]/;
  const at = word.search(wildcard);
  if (at < 0) return hasContent(word) ? { kind: 'words', text: word } : undefined;
  const before = word.slice(0, at).replace(/[^\p{L}\p{M}\p{N}+#]+$/u, '');
  const isPlain = at === word.length - 1 && (word[at] === '*' || word[at] === '$');
  if (patternOf(`${before}*`)) {
    if (!isPlain) notices.add('wildcard', span);
    return { kind: 'prefix', text: before };
  }
  notices.add('shortPrefix', span);
  const text = word.replace(new RegExp(wildcard, 'g'), '');
  return hasContent(text) ? { kind: 'words', text } : undefined;
}

/** A condition on words in a field, as `parseQuery` would return it for the query that `printQuery` writes. */
export function wordCondition(
  { kind, text }: TranslatedWord,
  field: QueryTextField | undefined,
  span: Span,
): TextCondition | undefined {
  if (kind === 'prefix') return { kind, text, field, span };
  return PLAIN_WORD.test(text) && !/^(?:AND|OR|NOT)$/.test(text)
    ? { kind, text, field, span }
    : phraseCondition(text, field, span);
}

/** A condition on words one after another; of a single word, on the word. */
export function phraseCondition(
  text: string,
  field: QueryTextField | undefined,
  span: Span,
): TextCondition | undefined {
  const words = withoutSigns(unquoted(text));
  if (!hasContent(words)) return undefined;
  return PLAIN_WORD.test(words) && !/^(?:AND|OR|NOT)$/.test(words)
    ? { kind: 'words', text: words, field, span }
    : { kind: 'phrase', text: words, field, span };
}

/** A condition on all words of a heading in a field, in any order: `Carcinoma, Non-Small-Cell Lung`. */
export function headingCondition(text: string, field: QueryTextField, span: Span): Condition | undefined {
  const words = unquoted(text)
    .split(/[\s,()&/*[\]{}:;.]+/u)
    .filter((word) => PLAIN_WORD.test(word) && !/^(?:and|or|not)$/i.test(word));
  return words.length === 0 ? undefined : { kind: 'words', text: words.join(' '), field, span };
}
