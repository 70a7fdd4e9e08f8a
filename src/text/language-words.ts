import { fold } from './fold.ts';
import { type Language, type LanguageRules, rulesOf } from './languages.ts';
import { NO_TERM } from './stemmer.ts';
import { isStopWord } from './stop-words.ts';

/** A word as a language has it. */
export interface LanguageWord {
  /** Its stem, folded; NO_TERM for a stop word. */
  readonly term: string;
  /** Folded, without what is elided before it. */
  readonly surface: string;
  /** UTF-16 code units before the word itself: 2 for "l'analyse". */
  readonly skipped: number;
}

/** Distinct words are few and recur; the bound only protects against endless nonsense. */
const CACHE_LIMIT = 100_000;
/** Longer runs of letters are not words, and stemmers are slow for them. */
const MAX_WORD_LENGTH = 60;
const STEMMED = /^\p{L}{3,}$/u;
const APOSTROPHE = /['’ʼ]/g;
/** Single consonants are names in papers (C, R, vitamin D) and not the rest of an elision. */
const SINGLE_CONSONANT = /^[b-df-hj-np-tv-xz]$/;

/** The words of one language. */
class LanguageWords {
  readonly #rules: LanguageRules;
  readonly #stopWords: ReadonlySet<string>;
  readonly #foldedStopWords: ReadonlySet<string>;
  readonly #words = new Map<string, LanguageWord>();

  constructor(rules: LanguageRules) {
    this.#rules = rules;
    const listed = rules.stopWords.filter((word) => /^\p{L}+$/u.test(word) && !SINGLE_CONSONANT.test(word));
    this.#stopWords = new Set(listed);
    this.#foldedStopWords = new Set(listed.map(fold));
  }

  read(written: string): LanguageWord {
    const known = this.#words.get(written);
    if (known) return known;
    const word = this.#analyze(written);
    if (written.length > MAX_WORD_LENGTH) return word;
    if (this.#words.size >= CACHE_LIMIT) this.#words.clear();
    this.#words.set(written, word);
    return word;
  }

  /** "thé" is not "the": a word with an accent is compared with it. */
  isStopWord(word: string): boolean {
    return this.#stopWords.has(word) || (this.#foldedStopWords.has(word) && fold(word) === word);
  }

  stem(word: string): string {
    if (word.length > MAX_WORD_LENGTH || !STEMMED.test(word)) return fold(word);
    const { respell, stem } = this.#rules;
    return fold(stem(respell ? respell(word) : word));
  }

  #analyze(written: string): LanguageWord {
    const elided = this.#rules.elision?.exec(written)?.[0] ?? '';
    const word = written
      .slice(elided.length)
      .replace(/['’ʼ]s$/, '')
      .replace(APOSTROPHE, '');
    const term = this.isStopWord(word) ? NO_TERM : this.stem(word);
    return { term, surface: fold(word), skipped: elided.length };
  }
}

const read = new Map<Language, LanguageWords>();

function wordsOf(language: Exclude<Language, 'en'>): LanguageWords {
  let words = read.get(language);
  if (!words) {
    words = new LanguageWords(rulesOf(language));
    read.set(language, words);
  }
  return words;
}

/** A word in a language other than English. @param written in lower case and NFC, with its accents and apostrophes. */
export function languageWord(written: string, language: Exclude<Language, 'en'>): LanguageWord {
  return wordsOf(language).read(written);
}

/** The stem of a word in lower case, folded, whether or not it is a stop word. */
export function languageStem(word: string, language: Exclude<Language, 'en'>): string {
  return wordsOf(language).stem(word);
}

/** Whether a word says nothing about a text's topic in a language. @param word in lower case, best with its accents. */
export function isStopWordIn(word: string, language: Language): boolean {
  return language === 'en' ? isStopWord(word) : wordsOf(language).isStopWord(word);
}
