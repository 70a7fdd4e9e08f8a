import { NO_TERM, stem, wordTerm } from '../../text/stemmer.ts';
import { endingsAfter } from '../../text/word-endings.ts';
import { EditRows } from '../../util/edit-distance.ts';
import type { TermQuery } from './text-pattern.ts';

/** The terms of an index in the order of their UTF-16 code units, by number. */
export interface SortedTerms {
  readonly size: number;
  term(number: number): string;
  /** The number of a term; -1 for an unknown one. */
  find(term: string): number;
  /** The number of the first term that is not before `text`. */
  lowerBound(text: string): number;
}

/** Sorts after every letter of any term. */
const LAST = '\uffff';
/** Terms for the index's own use sort before this, all others after it. */
const FIRST_WORD = '\u0002';
const ENGLISH = /^[a-z]+$/;
const ALPHABET = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));
/** Longer words match only exactly: they are not words that people mistype. */
const MAX_MISSPELT_LENGTH = 64;
/** The stemmer leaves longer words alone. */
const MAX_MENDED_LENGTH = 40;

/** Numbers of the terms that a query matches, each once, ascending. */
export function expandTerm(query: TermQuery, terms: SortedTerms): number[] {
  if (query.kind === 'term') {
    const number = terms.find(query.text);
    return number === -1 ? [] : [number];
  }
  const found =
    query.kind === 'prefix' ? withPrefix(query.text, terms) : near(query.text, query.edits, terms);
  return Array.from(new Set(found)).sort((a, b) => a - b);
}

/**
 * Terms of all words that begin with a prefix: the terms that begin with it, and stems that do not
 * though their word does ("studi" of "studies" for "studie"). Other words are found only when they share such a stem.
 */
function withPrefix(prefix: string, terms: SortedTerms): number[] {
  const found: number[] = [];
  const end = terms.lowerBound(prefix + LAST);
  for (let number = terms.lowerBound(prefix); number < end; number++) found.push(number);
  if (ENGLISH.test(prefix)) {
    found.push(
      ...known(
        endingsAfter(prefix).map((ending) => prefix + ending),
        terms,
      ),
    );
  }
  return found;
}

/**
 * Terms at most so many edits from a word or from its stem, and the stems of all English words that are one edit
 * from it, however far the stems are ("gener" of "generalization" for "generalizatoin").
 */
function near(word: string, edits: number, terms: SortedTerms): number[] {
  if (word.length > MAX_MISSPELT_LENGTH) return known([word], terms);
  const found = Array.from(new Set([word, stem(word)])).flatMap((text) => within(text, edits, terms));
  if (ENGLISH.test(word) && word.length <= MAX_MENDED_LENGTH) found.push(...known(oneEditFrom(word), terms));
  return found;
}

/** Walks the terms in order and skips those with a prefix that no near term has. */
function within(text: string, edits: number, terms: SortedTerms): number[] {
  const rows = new EditRows(text, edits);
  const found: number[] = [];
  for (let number = terms.lowerBound(FIRST_WORD); number < terms.size; ) {
    const term = terms.term(number);
    const { distance, farFrom } = rows.compare(term);
    if (distance !== undefined) found.push(number);
    number = farFrom === undefined ? number + 1 : afterPrefix(number, term.slice(0, farFrom), terms);
  }
  return found;
}

/** The first term after `number` without a prefix: mostly the next one, so that is checked first. */
function afterPrefix(number: number, prefix: string, terms: SortedTerms): number {
  const next = number + 1;
  return next < terms.size && terms.term(next).startsWith(prefix) ? terms.lowerBound(prefix + LAST) : next;
}

/** Numbers of the terms that words have, where they are known. */
function known(words: readonly string[], terms: SortedTerms): number[] {
  return words.flatMap((word) => {
    const term = wordTerm(word);
    const number = term === NO_TERM ? -1 : terms.find(term);
    return number === -1 ? [] : [number];
  });
}

function oneEditFrom(word: string): string[] {
  const made: string[] = [];
  for (let i = 0; i <= word.length; i++) {
    const before = word.slice(0, i);
    const after = word.slice(i);
    for (const letter of ALPHABET) {
      made.push(before + letter + after);
      if (after !== '') made.push(before + letter + after.slice(1));
    }
    if (after !== '') made.push(before + after.slice(1));
    if (after.length > 1) made.push(before + after[1] + after[0] + after.slice(2));
  }
  return made;
}
