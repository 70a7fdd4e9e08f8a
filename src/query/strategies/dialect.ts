import type { StrategyLines } from './lines.ts';
import { areOvidCodes, bracketTag } from './tags.ts';

/** Whose search syntax a strategy has. `cochrane` is that of the Cochrane Library and of Embase. */
export type Dialect = 'pubmed' | 'ovid' | 'cochrane';

/** Tags that are words of other texts too: they count only directly after a word or beside an operator. */
const COMMON_WORDS =
  /^(?:ab|au|ad|all|author|book|date|ed|editor|filter|id|in|is|issue|journal|keyword|language|la|source|subjects|title|abstract|volume|year|lim)$/i;
const BRACKETED = /(\s?)\[([^[\]\n]{1,40})\]/g;
// Without a full stop after it, a single code may end a name of the web: `example.ti`.
const OVID_SUFFIX =
  /[\p{L}\p{N})"'”*$?#]\.(?:([a-z]{2}(?:, ?[a-z]{2})*)\.(?=[\s)\]]|$)|([a-z]{2}(?:, ?[a-z]{2})+)(?=\s|\)|$)|(?<=[)"*$]\.)([a-z]{2})(?=\s|\)|$))/giu;
const OVID =
  /(?<!\S)\(*\*?exp \*?["\p{L}][^/\n]{1,100}\/|\badj\d{1,2}\b|(?<!\S)\(*(?:or|and)\/\d+(?:[-,] ?\d+)+/iu;
const COCHRANE =
  /[\p{L}\p{N}*]{2}["'’”)*]?:(?:(?:ti|ab|kw)(?:,(?:ti|ab|kw|de|tn|au))+|ti|ab|kw)(?![\p{L}\p{N}:])|['’\p{L}]\/exp(?![\p{L}\p{N}])|\bmesh descriptor\b|\[mh \^?["\p{L}]|\b(?:near|next)\/\d{1,2}\b|\{(?:or|and) #\d/iu;
const OPERATOR = /(?<!\S)(?:AND|OR|NOT)(?![^\s(])/;
const REFERENCE = '[#S]?\\d{1,3}';
const REFERENCES = new RegExp(
  `^\\s?\\(?${REFERENCE}(?: \\(?(?:and|or|not) \\(?${REFERENCE}\\)?)+\\s?$|^(?:or|and)/\\d+(?:[-,] ?\\d+)*$`,
  'i',
);

/**
 * Whose syntax a text has; undefined for what is not a search strategy with certainty: our own query language, titles,
 * prose. Time is linear in its length.
 */
export function dialectOf(text: string, lines: StrategyLines | undefined): Dialect | undefined {
  const tagged = hasPubMedTag(text);
  const suffixed = hasOvidSuffix(text);
  if (tagged && !suffixed) return 'pubmed';
  if (suffixed || OVID.test(text) || hasDollars(text)) return 'ovid';
  if (COCHRANE.test(text)) return 'cochrane';
  const contents = lines?.lines.map(({ span }) => text.slice(span.start, span.end)) ?? [text.trim()];
  const references = contents.find((content) => content.length < 2000 && REFERENCES.test(content.trim()));
  if (references === undefined) return undefined;
  return references.includes('#') ? 'pubmed' : 'ovid';
}

function hasPubMedTag(text: string): boolean {
  for (const { 1: blank, 2: name, index } of text.matchAll(BRACKETED)) {
    if (!bracketTag(name!) || !/[\p{L}\p{N}"”*)?]/u.test(text[index - 1] ?? ' ')) continue;
    const base = name!.replace(/:.*/s, '').trim();
    if (!COMMON_WORDS.test(base) || OPERATOR.test(text)) return true;
    // `"deep learning"[Title]`, but not `x[id]` of a program.
    if (blank === '' && /^(?:title|author|abstract|journal)$/i.test(base)) return true;
  }
  return false;
}

function hasOvidSuffix(text: string): boolean {
  for (const [, closed, list, single] of text.matchAll(OVID_SUFFIX)) {
    if (areOvidCodes((closed ?? list ?? single)!)) return true;
  }
  return false;
}

/** Whether `$` truncates words: after three letters, and nowhere as in prices and formulas. */
function hasDollars(text: string): boolean {
  const dollars = text.match(/\$/g)?.length ?? 0;
  if (dollars === 0) return false;
  return (text.match(/(?<=\p{Ll}{3})\$\d?(?=[\s).,]|$)/gu)?.length ?? 0) === dollars;
}
