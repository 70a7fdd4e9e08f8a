import { fieldNamed, TEXT_FIELDS, type TextField } from '../../papers/fields.ts';
import type { QueryTextField, TextCondition } from '../../query/ast.ts';
import { termOf } from '../../text/analyzer.ts';
import { greekSpellings } from '../../text/greek.ts';
import { isStopWordIn } from '../../text/language-words.ts';
import { ENGLISH_ONLY, type Language } from '../../text/languages.ts';
import { NO_TERM } from '../../text/stemmer.ts';
import { type Token, tokenize } from '../../text/tokenizer.ts';

/** The terms that match at one place: one term, those of words with a prefix, or those of words a few edits away. */
export type TermQuery =
  | {
      readonly kind: 'term';
      readonly text: string;
      /** What it is in other languages of the index, where that differs. */
      readonly others?: readonly string[];
    }
  /** `text` is folded and not stemmed; `languages` are those of the index, absent for English only. */
  | { readonly kind: 'prefix'; readonly text: string; readonly languages?: readonly Language[] }
  | {
      readonly kind: 'fuzzy';
      readonly text: string;
      readonly edits: 1 | 2;
      readonly languages?: readonly Language[];
    };

/** Words of a pattern that a text may write as one: words `[from, to)`. */
interface JoinedWords {
  readonly from: number;
  readonly to: number;
  readonly term: TermQuery;
  /** Whether the condition itself has a hyphen there. */
  readonly hyphenated: boolean;
}

/**
 * Consecutive words as terms of the index. Stop words are not indexed: any one word matches in their place, and at the
 * ends of the pattern they are dropped.
 */
export interface TextPattern {
  /** The terms that each place requires, all of them; none in the place of a stop word. The first place requires some. */
  readonly words: readonly (readonly TermQuery[])[];
  /** Single words that match several places. */
  readonly joined: readonly JoinedWords[];
}

/** The fields of the index that a condition looks in. @param field that of a query; undefined for any. */
export function fieldsOf(field: QueryTextField | undefined): readonly TextField[] {
  return field === undefined ? TEXT_FIELDS : [fieldNamed(field).text.property];
}

/**
 * The pattern of a condition's text; undefined where it has no word that is indexed.
 * @param languages those of the index. A word that is a stop word in one of them may be missing in its papers: in a
 *   phrase, any one word matches in its place.
 */
export function patternOf(
  condition: TextCondition,
  languages: readonly Language[] = ENGLISH_ONLY,
): TextPattern | undefined {
  const pattern = wholePatternOf(condition, languages);
  return pattern && trimmed(pattern);
}

/** The same with the stop words at its ends, in whose places any word matches. */
export function wholePatternOf(
  condition: TextCondition,
  languages: readonly Language[] = ENGLISH_ONLY,
): TextPattern | undefined {
  const isPhrase = condition.kind === 'phrase';
  const open = isPhrase ? patternWith(condition, languages, (forms) => !forms.includes(NO_TERM)) : undefined;
  return open ?? patternWith(condition, languages, () => true);
}

/** @param isRequired whether a word is, by its terms in the languages. */
function patternWith(
  condition: TextCondition,
  languages: readonly Language[],
  isRequired: (forms: readonly string[]) => boolean,
): TextPattern | undefined {
  const tokens = tokenize(condition.text);
  const words = tokens.filter(({ kind }) => kind === 'word');
  const last = words.at(-1);
  if (!last) return undefined;
  const isStopWord = (word: string) => languages.some((language) => isStopWordIn(word, language));
  const plainTerm = (token: Token) => {
    const forms = languages.map((language) => termOf(condition.text, token, language));
    return isRequired(forms) ? termQuery(forms) : undefined;
  };
  const termFor = termMaker(condition, last, languages, plainTerm);
  const places: TermQuery[][] = Array.from({ length: last.position + 1 }, () => []);
  for (const word of words) {
    const term = word === last ? termFor(word) : plainTerm(word);
    if (term) places[word.position]!.push(term);
  }
  const joined: JoinedWords[] = [];
  for (const token of tokens) {
    const { kind, position: from, parts } = token;
    if (kind === 'word' || (kind === 'bigram' && parts.some(isStopWord))) continue;
    const to = from + parts.length;
    const term = termFor(token);
    if (!term) continue;
    // "15.6%" is more than its number.
    if (parts.length === 1) places[from]!.push(term);
    else joined.push({ from, to, term, hyphenated: true });
    // "few-shot": its first part is not indexed, and its second alone would match too much.
    if (parts.length > 1 && (isStopWord(parts[0]!) || isStopWord(parts.at(-1)!))) places[from]!.push(term);
  }
  if (places.every((terms) => terms.length === 0)) return undefined;
  return { words: places, joined: [...joined, ...joinedNeighbours(words, joined, termFor, isStopWord)] };
}

/** A word's term, where it is the last one and may be more than a term; undefined for a stop word. */
type TermFor = (token: Token) => TermQuery | undefined;

function termMaker(
  condition: TextCondition,
  last: Token,
  languages: readonly Language[],
  plainTerm: TermFor,
): TermFor {
  const beyondEnglish = languages.length > 1 ? { languages } : {};
  const reachesEnd = ({ position, parts }: Token) => position + Math.max(1, parts.length) > last.position;
  return (token) => {
    const { surface } = token;
    if (condition.kind === 'prefix' && reachesEnd(token))
      return { kind: 'prefix', text: surface, ...beyondEnglish };
    if (condition.kind === 'fuzzy' && reachesEnd(token)) {
      return { kind: 'fuzzy', text: surface, edits: condition.edits, ...beyondEnglish };
    }
    return plainTerm(token);
  };
}

/** @param forms the terms of a word in the languages of the index. */
function termQuery(forms: readonly string[]): TermQuery | undefined {
  const [text, ...others] = Array.from(new Set([...forms, ...forms.flatMap(greekSpellings)])).filter(
    (form) => form !== NO_TERM,
  );
  if (text === undefined) return undefined;
  return { kind: 'term', text, ...(others.length > 0 && { others }) };
}

const NUMBER = /^[\p{N}.]+$/u;

/** Neighbouring words as the compounds they would be: "self improvement" is in "selfimprovement" too. */
function joinedNeighbours(
  words: readonly Token[],
  known: readonly JoinedWords[],
  termFor: TermFor,
  isStopWord: (word: string) => boolean,
): JoinedWords[] {
  const pairs = new Set(known.filter(({ from, to }) => to === from + 2).map(({ from }) => from));
  return words.slice(1).flatMap((word, i) => {
    const before = words[i]!;
    const from = before.position;
    if (word.position !== from + 1 || isStopWord(before.surface) || isStopWord(word.surface)) return [];
    // "1 0" is not 10.
    if (NUMBER.test(before.surface) && NUMBER.test(word.surface)) return [];
    if (pairs.has(from)) return [];
    const parts = [before.surface, word.surface];
    const term = termFor({ ...before, surface: parts.join(''), kind: 'compound', parts });
    return term ? [{ from, to: from + 2, term, hyphenated: false }] : [];
  });
}

/** A pattern without the stop words at its ends. */
function trimmed({ words, joined }: TextPattern): TextPattern {
  const first = words.findIndex((terms) => terms.length > 0);
  const end = words.findLastIndex((terms) => terms.length > 0) + 1;
  return {
    words: words.slice(first, end),
    joined: joined
      .filter(({ from }) => from >= first)
      .map((entry) => ({ ...entry, from: entry.from - first, to: Math.min(entry.to, end) - first })),
  };
}

/** The prefixes and misspelt words of a condition. */
export function openTermsOf(condition: TextCondition, languages: readonly Language[]): TermQuery[] {
  const pattern = patternOf(condition, languages);
  const queries = pattern ? [...pattern.words.flat(), ...pattern.joined.map(({ term }) => term)] : [];
  return queries.filter(({ kind }) => kind !== 'term');
}

/** A word that must occur somewhere: a pattern (one word, or a hyphenated one), or a word that joins it to a neighbour. */
export interface WordUnit {
  readonly pattern: TextPattern;
  readonly joined: readonly TermQuery[];
}

/** The words of a pattern one by one; hyphenated ones whole. */
export function unitsOf({ words, joined }: TextPattern): WordUnit[] {
  const beginning = joinedByStart(words.length, joined);
  const units: WordUnit[] = [];
  for (let from = 0, to = 0; from < words.length; from = to) {
    to = from + 1;
    for (let place = from; place < to; place++) {
      for (const entry of beginning[place]!) if (entry.hyphenated) to = Math.max(to, entry.to);
    }
    const here = beginning.slice(from, to).flat();
    const inside = here.filter(({ hyphenated }) => hyphenated);
    // Neighbours are two words: one may begin at the word before.
    const across = [...(beginning[from - 1] ?? []), ...here].filter(({ hyphenated }) => !hyphenated);
    if (words.slice(from, to).every((terms) => terms.length === 0)) continue;
    units.push({
      pattern: {
        words: words.slice(from, to),
        joined: inside.map((entry) => ({ ...entry, from: entry.from - from, to: entry.to - from })),
      },
      joined: across.map(({ term }) => term),
    });
  }
  return units;
}

function joinedByStart(places: number, joined: readonly JoinedWords[]): JoinedWords[][] {
  const beginning: JoinedWords[][] = Array.from({ length: places }, () => []);
  for (const entry of joined) beginning[entry.from]?.push(entry);
  return beginning;
}
