import type { KeywordIndex } from '../../indexes/keyword/keyword-index.ts';
import { fieldsOf } from '../../indexes/keyword/text-pattern.ts';
import type { TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import { languageOf } from '../../papers/text-language.ts';
import type { TextCondition } from '../../query/ast.ts';
import { wordsIn } from '../../text/analyzer.ts';
import type { Language } from '../../text/languages.ts';
import { tokenize } from '../../text/tokenizer.ts';

/** Most papers that are read for one prefix: some tenths of a second. */
const MAX_READ = 2000;

/**
 * Removes from a mask the papers in which no word begins with a prefix, but another word with the same stem is
 * ("general" for "generaliz*"). Reads the papers to find out.
 * @param mask of the papers that the index finds for the prefix; changed in place.
 * @returns false when there are too many papers to read; the mask is unchanged then.
 */
export function keepPrefixWords(
  condition: TextCondition,
  mask: Uint8Array,
  lexical: Pick<KeywordIndex, 'expansions'>,
  paperAt: (doc: number) => Paper,
): boolean {
  const prefix = wordOf(condition.text);
  // For a prefix of several words, the index is exact by positions.
  if (prefix === undefined) return true;
  const terms = lexical.expansions(condition, Number.POSITIVE_INFINITY);
  if (terms.every((term) => term.startsWith(prefix))) return true;
  const docs: number[] = [];
  for (let doc = 0; doc < mask.length; doc++) if (mask[doc] === 1) docs.push(doc);
  if (docs.length > MAX_READ) return false;
  const fields = fieldsOf(condition.field);
  for (const doc of docs) {
    const paper = paperAt(doc);
    const has = fields.some((field) =>
      textsOf(paper, field).some((text) => hasWord(text, languageOf(paper, field), prefix)),
    );
    if (!has) mask[doc] = 0;
  }
  return true;
}

/** The folded word of a text with exactly one word; undefined for others. */
function wordOf(text: string): string | undefined {
  const tokens = tokenize(text);
  return tokens.length === 1 ? tokens[0]!.surface : undefined;
}

function hasWord(text: string, language: Language, prefix: string): boolean {
  const begins = ({ surface }: { readonly surface: string }) => surface.startsWith(prefix);
  return tokenize(text).some(begins) || (language !== 'en' && wordsIn(text, language).some(begins));
}

function textsOf(paper: Paper, field: TextField): readonly string[] {
  const value = paper[field] ?? '';
  return typeof value === 'string' ? [value] : value;
}
