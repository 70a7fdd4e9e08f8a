import { fieldNamed, TEXT_FIELDS, type TextField } from '../../papers/fields.ts';
import type { QueryTextField, TextCondition } from '../../query/ast.ts';
import { NO_TERM, stem, wordTerm } from '../../text/stemmer.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { type Token, tokenize } from '../../text/tokenizer.ts';

/** The terms that match at one place: one term, those of words with a prefix, or those of words a few edits away. */
export type TermQuery =
  | { readonly kind: 'term'; readonly text: string }
  /** `text` is folded and not stemmed. */
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'fuzzy'; readonly text: string; readonly edits: 1 | 2 };

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

/** The pattern of a condition's text; undefined where it has no word that is indexed. */
export function patternOf(condition: TextCondition): TextPattern | undefined {
  const tokens = tokenize(condition.text);
  const words = tokens.filter(({ kind }) => kind === 'word');
  const last = words.at(-1);
  if (!last) return undefined;
  const termOf = termMaker(condition, last);
  const places: TermQuery[][] = Array.from({ length: last.position + 1 }, () => []);
  for (const word of words) {
    const term = word === last ? termOf(word) : termQuery(wordTerm(word.surface));
    if (term) places[word.position]!.push(term);
  }
  const joined: JoinedWords[] = [];
  for (const token of tokens) {
    const { kind, position: from, parts } = token;
    if (kind === 'word' || (kind === 'bigram' && parts.some(isStopWord))) continue;
    const to = from + parts.length;
    const term = termOf(token);
    if (!term) continue;
    // "15.6%" is more than its number.
    if (parts.length === 1) places[from]!.push(term);
    else joined.push({ from, to, term, hyphenated: true });
    // "few-shot": its first part is not indexed, and its second alone would match too much.
    if (parts.length > 1 && (isStopWord(parts[0]!) || isStopWord(parts.at(-1)!))) places[from]!.push(term);
  }
  return trimmed(places, [...joined, ...joinedNeighbours(words, joined, termOf)]);
}

/** A word's term, where it is the last one and may be more than a term; undefined for a stop word. */
type TermOf = (token: Token) => TermQuery | undefined;

function termMaker(condition: TextCondition, last: Token): TermOf {
  const reachesEnd = ({ position, parts }: Token) => position + Math.max(1, parts.length) > last.position;
  return (token) => {
    const { surface } = token;
    if (condition.kind === 'prefix' && reachesEnd(token)) return { kind: 'prefix', text: surface };
    if (condition.kind === 'fuzzy' && reachesEnd(token)) {
      return { kind: 'fuzzy', text: surface, edits: condition.edits };
    }
    return termQuery(token.kind === 'word' ? wordTerm(surface) : stem(surface));
  };
}

function termQuery(term: string): TermQuery | undefined {
  return term === NO_TERM ? undefined : { kind: 'term', text: term };
}

const NUMBER = /^[\p{N}.]+$/u;

/** Neighbouring words as the compounds they would be: "self improvement" is in "selfimprovement" too. */
function joinedNeighbours(
  words: readonly Token[],
  known: readonly JoinedWords[],
  termOf: TermOf,
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
    const term = termOf({ ...before, surface: parts.join(''), kind: 'compound', parts });
    return term ? [{ from, to: from + 2, term, hyphenated: false }] : [];
  });
}

/** A pattern without the stop words at its ends. */
function trimmed(places: readonly TermQuery[][], joined: readonly JoinedWords[]): TextPattern | undefined {
  const first = places.findIndex((terms) => terms.length > 0);
  if (first === -1) return undefined;
  const end = places.findLastIndex((terms) => terms.length > 0) + 1;
  return {
    words: places.slice(first, end),
    joined: joined
      .filter(({ from }) => from >= first)
      .map((entry) => ({ ...entry, from: entry.from - first, to: Math.min(entry.to, end) - first })),
  };
}

/** The prefixes and misspelt words of a condition. */
export function openTermsOf(condition: TextCondition): TermQuery[] {
  const pattern = patternOf(condition);
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
