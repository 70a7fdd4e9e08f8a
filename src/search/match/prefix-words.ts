import type { KeywordIndex } from '../../indexes/keyword/keyword-index.ts';
import { fieldsOf } from '../../indexes/keyword/text-pattern.ts';
import type { TextField } from '../../papers/fields.ts';
import type { Paper } from '../../papers/paper.ts';
import type { TextCondition } from '../../query/ast.ts';
import { tokenize } from '../../text/tokenizer.ts';

/** Papers that are read for one prefix, at most: some tenths of a second. */
const MAX_READ = 2000;

/**
 * Leaves out of a mask the papers in which no word begins with a prefix, but only another word of the same stem
 * ("general" for "generaliz*"). They are told by reading them.
 * @param mask of the papers that the index finds for the prefix; changed in place.
 * @returns false when they are too many to be read, and the mask is as it was.
 */
export function keepPrefixWords(
  condition: TextCondition,
  mask: Uint8Array,
  lexical: Pick<KeywordIndex, 'expansions'>,
  paperAt: (doc: number) => Paper,
): boolean {
  const prefix = wordOf(condition.text);
  // The index keeps several words' prefixes apart by their positions.
  if (prefix === undefined) return true;
  const terms = lexical.expansions(condition, Number.POSITIVE_INFINITY);
  if (terms.every((term) => term.startsWith(prefix))) return true;
  const docs: number[] = [];
  for (let doc = 0; doc < mask.length; doc++) if (mask[doc] === 1) docs.push(doc);
  if (docs.length > MAX_READ) return false;
  const fields = fieldsOf(condition.field);
  for (const doc of docs) {
    const paper = paperAt(doc);
    const has = fields.some((field) => textsOf(paper, field).some((text) => hasWord(text, prefix)));
    if (!has) mask[doc] = 0;
  }
  return true;
}

/** The folded word that a text is; undefined for none or several. */
function wordOf(text: string): string | undefined {
  const tokens = tokenize(text);
  return tokens.length === 1 ? tokens[0]!.surface : undefined;
}

function hasWord(text: string, prefix: string): boolean {
  return tokenize(text).some(({ surface }) => surface.startsWith(prefix));
}

function textsOf(paper: Paper, field: TextField): readonly string[] {
  const value = paper[field] ?? '';
  return typeof value === 'string' ? [value] : value;
}
