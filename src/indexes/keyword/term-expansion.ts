import { languageStem, languageWord } from '../../text/language-words.ts';
import { ENGLISH_ONLY, type Language } from '../../text/languages.ts';
import { NO_TERM, stem, wordTerm } from '../../text/stemmer.ts';
import { endingsAfter } from '../../text/word-endings.ts';
import { NearTerms } from './near-terms.ts';
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

/** What a query matches, whichever terms an index has. */
export interface TermExpansion {
  /** Terms that match; most of them may be unknown. */
  readonly terms: readonly string[];
  /** All terms that begin with one of these match. */
  readonly prefixes: readonly string[];
  /** All terms at most so many edits from one of these match. */
  readonly near: readonly { readonly text: string; readonly edits: 1 | 2 }[];
}

/** Numbers of the terms that a query matches, each once, ascending. */
export function expandTerm(query: TermQuery, terms: SortedTerms): number[] {
  if (query.kind === 'term' && query.others === undefined) {
    const number = terms.find(query.text);
    return number === -1 ? [] : [number];
  }
  const expansion = expansionOf(query);
  const found = [
    ...expansion.prefixes.flatMap((prefix) => beginningWith(prefix, terms)),
    ...expansion.near.flatMap(({ text, edits }) => within(text, edits, terms)),
    ...numbersOf(expansion.terms, terms),
  ];
  return Array.from(new Set(found)).sort((a, b) => a - b);
}

/** What a query matches. */
export function expansionOf(query: TermQuery): TermExpansion {
  switch (query.kind) {
    case 'term':
      return { terms: [query.text, ...(query.others ?? [])], prefixes: [], near: [] };
    case 'prefix':
      return withPrefix(query.text, query.languages ?? []);
    default:
      return near(query.text, query.edits, query.languages ?? ENGLISH_ONLY);
  }
}

/**
 * Terms of all words that begin with a prefix: the terms that begin with it, and stems that do not
 * though their word does ("studi" of "studies" for "studie"). Other words are found only when they share such a stem.
 *
 * In languages other than English, terms that begin with a prefix as it is spelt there, and the stem of the prefix
 * itself: the prefix may be a word with its ending ("häuser", whose stem is "haus").
 */
function withPrefix(prefix: string, languages: readonly Language[]): TermExpansion {
  const prefixes = [prefix];
  const terms = ENGLISH.test(prefix)
    ? termsOf(
        endingsAfter(prefix).map((ending) => prefix + ending),
        ENGLISH_ONLY,
      )
    : [];
  for (const language of languages) {
    if (language === 'en') continue;
    const { surface } = languageWord(prefix, language);
    terms.push(languageStem(surface, language));
    if (surface !== prefix) prefixes.push(surface);
  }
  return { terms: [...new Set(terms)], prefixes, near: [] };
}

function beginningWith(prefix: string, terms: SortedTerms): number[] {
  const found: number[] = [];
  const end = terms.lowerBound(prefix + LAST);
  for (let number = terms.lowerBound(prefix); number < end; number++) found.push(number);
  return found;
}

function numbersOf(texts: readonly string[], terms: SortedTerms): number[] {
  return texts.map((text) => terms.find(text)).filter((number) => number !== -1);
}

/**
 * Terms at most so many edits from a word or from its stem, and the stems of all English words that are one edit
 * from it, however far the stems are ("gener" of "generalization" for "generalizatoin").
 */
function near(word: string, edits: 1 | 2, languages: readonly Language[]): TermExpansion {
  if (word.length > MAX_MISSPELT_LENGTH) return { terms: termsOf([word], languages), prefixes: [], near: [] };
  const stems = languages.map((language) => (language === 'en' ? stem(word) : languageStem(word, language)));
  const isMended = ENGLISH.test(word) && word.length <= MAX_MENDED_LENGTH;
  return {
    terms: isMended ? termsOf(oneEditFrom(word), languages) : [],
    prefixes: [],
    near: Array.from(new Set([word, ...stems]), (text) => ({ text, edits })),
  };
}

/** What finds near terms, by the terms: made at the first misspelt word. */
const nearTerms = new WeakMap<SortedTerms, NearTerms>();

function within(text: string, edits: number, terms: SortedTerms): number[] {
  const near = nearTerms.get(terms) ?? new NearTerms(terms, terms.lowerBound(FIRST_WORD));
  nearTerms.set(terms, near);
  return near.within(text, edits);
}

/** The terms that words have in some languages, each once. */
function termsOf(words: readonly string[], languages: readonly Language[]): string[] {
  const found = words.flatMap((word) =>
    languages.map((language) => (language === 'en' ? wordTerm(word) : languageWord(word, language).term)),
  );
  return Array.from(new Set(found)).filter((term) => term !== NO_TERM);
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
