import { isStopWordIn, languageStem } from '../../text/language-words.ts';
import { type Language, type LanguageRules, rulesOf } from '../../text/languages.ts';
import { lowerBound } from '../../util/lower-bound.ts';
import type { SortedTerms } from './term-expansion.ts';

/** Fewest letters of the parts of a word that is written as one, of the last one, and of the stems of both. */
const MIN_PART = 3;
const MIN_LAST = 4;
/** Fewest letters of a part by which words are found whose other part the index does not have, and of that other part. */
const MIN_SURE = 5;
const MIN_OTHER = 4;
/** Longer runs of letters are not words. */
const MAX_LENGTH = 60;
/** Most words that a part is looked for in. */
const MAX_WORDS = 256;
/** Put before a word to see what its stem is at the end of a longer one ("bildung", but "meinungsbild"). */
const ANY_FIRST = 'haupt';
const LETTERS = /^\p{L}+$/u;
const NONE: LongerWords = { known: [], likely: [] };
/** Sorts after every letter of any term. */
const LAST = '\uffff';

/** Terms of the words that a word is a part of. */
export interface LongerWords {
  /** Their other part is a word of the index, too. */
  readonly known: readonly string[];
  /** Their other part is not: they may be other words. */
  readonly likely: readonly string[];
}

/** Whether the term with a number occurs in papers in a language. */
type OccursIn = (number: number, language: Exclude<Language, 'en'>) => boolean;

/** The two terms that a word is made of. */
export type Parts = readonly [first: string, last: string];

/**
 * Words that are written as one in German, Dutch and the Scandinavian languages ("Sprachmodell"), taken apart by the
 * words of the index: a word is made of two where the index has both. Some letters may link the two ("Forschungsdaten").
 * Nothing is stored: the words of the index are read at the first question.
 */
export class SolidWords {
  readonly #terms: SortedTerms;
  readonly #isIn: OccursIn;
  readonly #languages: readonly {
    readonly language: Exclude<Language, 'en'>;
    readonly rules: LanguageRules;
  }[];
  /** Terms from their last letter to their first, in order. */
  #reversed: readonly string[] | undefined;

  /**
   * @param languages those of the index. @param isIn whether papers in a language have a term: only their words are taken
   *   apart, and only by their words.
   */
  constructor(terms: SortedTerms, languages: readonly Language[], isIn: OccursIn) {
    this.#terms = terms;
    this.#isIn = isIn;
    this.#languages = languages.flatMap((language) => {
      if (language === 'en') return [];
      const rules = rulesOf(language);
      return rules.links ? [{ language, rules }] : [];
    });
  }

  /** The terms of the words that a word is the first or last part of. @param word folded, not stemmed. */
  wordsWith(word: string): LongerWords {
    const found = { known: new Set<string>(), likely: new Set<string>() };
    if (!LETTERS.test(word) || word.length < MIN_PART || word.length > MAX_LENGTH) return NONE;
    for (const { language, rules } of this.#languages) {
      if (word.length >= MIN_LAST) {
        for (const last of lastForms(word, language)) this.#addEndingWith(last, language, rules, found);
      }
      for (const first of new Set([word, languageStem(word, language)])) {
        this.#addBeginningWith(first, language, rules, found);
      }
    }
    const own = new Set(this.#languages.map(({ language }) => languageStem(word, language)));
    const known = [...found.known].slice(0, MAX_WORDS);
    const likely = [...found.likely].filter((term) => !found.known.has(term) && !own.has(term));
    return { known, likely: likely.slice(0, MAX_WORDS) };
  }

  /** Whether a word is the first or last part of words of the index. @param word folded, not stemmed. */
  isPart(word: string): boolean {
    const { known, likely } = this.wordsWith(word);
    return known.length + likely.length > 0;
  }

  /** The terms of the parts of a word; undefined where it is not made of two words of the index. */
  partsOf(word: string): Parts | undefined {
    if (!LETTERS.test(word) || word.length > MAX_LENGTH) return undefined;
    let best: { readonly parts: Parts; readonly shorter: number } | undefined;
    for (const { language, rules } of this.#languages) {
      for (let middle = MIN_PART; middle <= word.length - MIN_LAST; middle++) {
        const shorter = Math.min(middle, word.length - middle);
        if (best && shorter <= best.shorter) continue;
        const last = languageStem(word.slice(middle), language);
        if (last.length < MIN_PART || !this.#has(last, language)) continue;
        const first = this.#firstPart(word.slice(0, middle), language, rules);
        if (first !== undefined) best = { parts: [first, last], shorter };
      }
    }
    return best?.parts;
  }

  #addEndingWith(last: string, language: Exclude<Language, 'en'>, rules: LanguageRules, found: Found): void {
    if (last.length < MIN_PART) return;
    this.#reversed ??= reversedTerms(this.#terms);
    const key = reverse(last);
    const all = this.#reversed;
    for (let place = lowerBound(0, all.length, (at) => all[at]! < key); place < all.length; place++) {
      const reversed = all[place]!;
      if (!reversed.startsWith(key)) break;
      const first = reverse(reversed.slice(key.length));
      if (!this.#has(first + last, language)) continue;
      if (this.#firstPart(first, language, rules) !== undefined) found.known.add(first + last);
      else if (last.length >= MIN_SURE && first.length >= MIN_OTHER && !isStopWordIn(first, language)) {
        found.likely.add(first + last);
      }
    }
  }

  #addBeginningWith(
    first: string,
    language: Exclude<Language, 'en'>,
    { links = [] }: LanguageRules,
    found: Found,
  ): void {
    if (first.length < MIN_PART) return;
    const end = this.#terms.lowerBound(first + LAST);
    for (let number = this.#terms.lowerBound(first); number < end; number++) {
      if (!this.#isIn(number, language)) continue;
      const term = this.#terms.term(number);
      const rest = term.slice(first.length);
      const isWord = (last: string) => last.length >= MIN_PART && this.#has(last, language);
      const linked = links.some((link) => rest.startsWith(link) && isWord(rest.slice(link.length)));
      if (isWord(rest) || linked) found.known.add(term);
      else if (first.length >= MIN_SURE && rest.length >= MIN_OTHER && LETTERS.test(rest)) {
        found.likely.add(term);
      }
    }
  }

  #has(term: string, language: Exclude<Language, 'en'>): boolean {
    const number = this.#terms.find(term);
    return number !== -1 && this.#isIn(number, language);
  }

  /** The term of the first part of a word, with or without the letters that link it to the next. */
  #firstPart(
    part: string,
    language: Exclude<Language, 'en'>,
    { links = [] }: LanguageRules,
  ): string | undefined {
    const spellings = [
      part,
      ...links.filter((link) => part.endsWith(link)).map((link) => part.slice(0, -link.length)),
    ];
    return spellings
      .filter((spelling) => spelling.length >= MIN_PART)
      .map((spelling) => languageStem(spelling, language))
      .find((term) => term.length >= MIN_PART && this.#has(term, language));
  }
}

interface Found {
  readonly known: Set<string>;
  readonly likely: Set<string>;
}

/** The stems of a word alone and at the end of another. */
function lastForms(word: string, language: Exclude<Language, 'en'>): ReadonlySet<string> {
  const joined = languageStem(ANY_FIRST + word, language);
  return new Set([
    languageStem(word, language),
    ...(joined.startsWith(ANY_FIRST) ? [joined.slice(ANY_FIRST.length)] : []),
  ]);
}

function reversedTerms(terms: SortedTerms): string[] {
  const reversed: string[] = [];
  for (let number = 0; number < terms.size; number++) {
    const term = terms.term(number);
    if (term.length >= 2 * MIN_PART && term.length <= MAX_LENGTH && LETTERS.test(term)) {
      reversed.push(reverse(term));
    }
  }
  return reversed.sort();
}

function reverse(text: string): string {
  return Array.from(text).reverse().join('');
}
