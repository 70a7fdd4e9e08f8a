import type { Vocabulary } from '../../indexes/keyword/keyword-index.ts';
import { SolidWords } from '../../indexes/keyword/solid-words.ts';
import type { SortedTerms } from '../../indexes/keyword/term-expansion.ts';
import { languageStem } from '../../text/language-words.ts';
import { type Language, rulesOf } from '../../text/languages.ts';
import { lowerBound } from '../../util/lower-bound.ts';
import { storedWord } from '../store/stored-texts.ts';
import type { Known } from './lookups.ts';
import { type TermSource, termsOfQuery } from './term-lists.ts';

/** Fewest letters by which longer words are looked for, as in `SolidWords`. */
const MIN_PART = 3;

/** The words that are written as one in the languages of a corpus, taken apart by what is known of its vocabulary. */
export function knownSolidWords(
  vocabulary: Pick<Vocabulary, 'languages' | 'hasTermIn'>,
  known: Known,
  source: TermSource,
): Vocabulary['solidWords'] {
  const joining = vocabulary.languages.filter(
    (language): language is Exclude<Language, 'en'> =>
      language !== 'en' && rulesOf(language).links !== undefined,
  );
  const over = (terms: readonly string[]) => {
    const sorted = new AskedTerms(terms);
    return new SolidWords(sorted, joining, (number, language) =>
      vocabulary.hasTermIn(sorted.term(number), language),
    );
  };
  const wordsWith = (word: string) => {
    if (joining.length === 0 || word.length < MIN_PART) return over([]).wordsWith(word);
    const forms = new Set([word, ...joining.map((language) => languageStem(word, language))]);
    const listed = [...forms].flatMap((form) => [
      ...termsOfQuery('prefix', { value: storedWord(form) }, known, source),
      ...termsOfQuery(
        'wildcard',
        { value: `*${storedWord(form).replace(/[*?\\]/g, '\\$&')}` },
        known,
        source,
      ),
    ]);
    return over(listed).wordsWith(word);
  };
  return {
    wordsWith,
    isPart: (word) => {
      const { known: sure, likely } = wordsWith(word);
      return sure.length + likely.length > 0;
    },
    partsOf: (word) => (joining.length === 0 ? undefined : over([]).partsOf(word)),
  };
}

/** Terms in order, of which some were listed; any other that is asked for gets a number too, and may exist or not. */
class AskedTerms implements SortedTerms {
  readonly #listed: readonly string[];
  readonly #others: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(listed: readonly string[]) {
    this.#listed = [...new Set(listed)].sort();
    for (const [number, term] of this.#listed.entries()) this.#numbers.set(term, number);
  }

  get size(): number {
    return this.#listed.length;
  }

  term(number: number): string {
    return this.#listed[number] ?? this.#others[number - this.#listed.length]!;
  }

  find(term: string): number {
    const known = this.#numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#listed.length + this.#others.length;
    this.#others.push(term);
    this.#numbers.set(term, number);
    return number;
  }

  lowerBound(text: string): number {
    return lowerBound(0, this.#listed.length, (number) => this.#listed[number]! < text);
  }
}
