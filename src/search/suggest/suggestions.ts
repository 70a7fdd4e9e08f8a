import { PaperSearchError } from '../../errors.ts';
import { EditRows } from '../../util/edit-distance.ts';
import { BestPlaces } from './best-places.ts';
import { type CorpusCounts, type CountOptions, countCorpus, type SuggestionSource } from './count-corpus.ts';
import { Identifiers } from './identifiers.ts';
import { InnerWords } from './inner-words.ts';
import { type KnownWords, Speller, type SpellingProposal } from './speller.ts';
import { type TypedText, type TypedWord, typedText } from './typed.ts';
import { typedName } from './typed-name.ts';
import { type Suggestion, Values } from './values.ts';
import { Vocabulary } from './vocabulary.ts';

/** Text is completed up to this length, in UTF-16 code units; few titles are longer. */
export const MAX_TYPED_LENGTH = 300;
/**
 * Most values that are examined for a word: about 5 ms. Only words of one or two letters have more, or words of a
 * corpus much larger than 20,000 papers, where enough values begin with them.
 */
const MAX_VISITS = 20_000;
/** Fewest letters of a word that may have a typing error. */
const FUZZY_FROM = 5;
/** A word that a prefix matches costs as much as this many values. */
const VISITS_A_WORD = 8;

/** Completions and corrections from the titles, authors and keywords of a corpus. */
export class Suggestions {
  readonly #values: Values;
  readonly #vocabulary: Vocabulary;
  readonly #innerWords: InnerWords;
  readonly #speller: Speller;
  readonly #identifiers: Identifiers;

  private constructor(
    values: Values,
    vocabulary: Vocabulary,
    innerWords: InnerWords,
    speller: Speller,
    identifiers: Identifiers,
  ) {
    this.#values = values;
    this.#vocabulary = vocabulary;
    this.#innerWords = innerWords;
    this.#speller = speller;
    this.#identifiers = identifiers;
  }

  /**
   * Reads a corpus. Lets other work run: it waits some tens of milliseconds at most.
   * @throws the signal's reason, and errors from reading a paper.
   */
  static async build(
    papers: Iterable<SuggestionSource> | AsyncIterable<SuggestionSource>,
    options: CountOptions = {},
  ): Promise<Suggestions> {
    return Suggestions.of(await countCorpus(papers, options), options.signal);
  }

  /** Makes suggestions of counted values: of a whole corpus, or of those that a text may be completed to. */
  static async of(counts: CorpusCounts, signal?: AbortSignal): Promise<Suggestions> {
    const values = await Values.of(await counts.values.counted(signal), signal);
    const vocabulary = new Vocabulary(await counts.words.counted(signal));
    const innerWords = await InnerWords.build(values.keys, signal);
    const speller = new Speller(vocabulary, counts.papers);
    const identifiers = await Identifiers.of(counts.identifiers, signal);
    return new Suggestions(values, vocabulary, innerWords, speller, identifiers);
  }

  /**
   * Titles, authors, keywords and identifiers that complete a text; its last word may be the beginning of one. First
   * identifiers that begin with the text, then values that do, then authors whose name it may be (initials, any order), then those that contain its words next to each other, then those that contain them anywhere;
   * each sorted by number of papers, then length, then alphabet. If there is no completion, words of 5 letters and more
   * may have a typing error. Case and accents are ignored.
   * @param limit most suggestions wanted, a whole number. @throws PaperSearchError BAD_REQUEST for another limit.
   */
  complete(text: string, limit: number): Suggestion[] {
    expectLimit(limit);
    if (text.length > MAX_TYPED_LENGTH) return [];
    const identifiers = this.#identifiers
      .beginningWith(text, limit)
      .map(({ text, id, title }): Suggestion => ({ kind: 'identifier', text, id, title }));
    const values = this.#completeValues(text, limit - identifiers.length);
    return namedOnce([...identifiers, ...values]);
  }

  #completeValues(text: string, limit: number): Suggestion[] {
    const most = Math.min(limit, this.#values.keys.length);
    const typed = typedText(text);
    if (typed === undefined) return [];
    const { from, to } = this.#values.beginningWith(typed.prefix);
    const best = new BestPlaces(most);
    // The value itself comes before longer ones.
    const whole = typed.prefix.trimEnd().length + 1;
    for (let place = from; place < to; place++)
      best.add(place, this.#worth(place) + (this.#values.keys[place]!.length === whole ? FIRST : 0));
    const places = best.ranked();
    if (places.length < most) {
      const isBefore = (place: number) => place >= from && place < to;
      const authors = this.#authorsNamed(text, most - places.length, isBefore);
      const others = (place: number) => !isBefore(place) && !authors.includes(place);
      places.push(...authors, ...this.#withInnerWords(typed, most - places.length - authors.length, others));
    }
    if (places.length === 0) places.push(...this.#withSimilarWords(typed, most));
    return places.map((place) => this.#values.suggestion(place));
  }

  /** See `Speller.didYouMean`. */
  didYouMean(query: string, index: KnownWords): SpellingProposal | undefined {
    return this.#speller.didYouMean(query, index);
  }

  /** Authors whose name a text may be. */
  #authorsNamed(text: string, limit: number, isBefore: (place: number) => boolean): number[] {
    const name = typedName(text);
    const best = new BestPlaces(limit);
    if (!name) return [];
    const cost = Math.max(...name.anchors.map((word) => this.#cost({ word, open: name.isOpen })));
    if (cost > MAX_VISITS) return [];
    const seen = new Set<number>();
    for (const anchor of name.anchors) {
      this.#innerWords.visit(anchor, name.isOpen ? 'prefix' : 'whole', (place) => {
        if (seen.has(place) || isBefore(place)) return;
        seen.add(place);
        const author = this.#values.authorAt(place);
        if (author !== undefined && name.fits(author)) best.add(place, this.#worth(place));
      });
    }
    return best.ranked();
  }

  #withInnerWords({ prefix, words }: TypedText, limit: number, wanted: (place: number) => boolean): number[] {
    const { keys } = this.#values;
    // The word that the fewest values have; those values are then searched for the others.
    const [rarest, ...others] = words
      .map((word) => ({ ...word, cost: this.#cost(word) }))
      .sort((a, b) => a.cost - b.cost);
    if (rarest!.cost > MAX_VISITS) return [];
    const best = new BestPlaces(limit);
    this.#innerWords.visit(rarest!.word, rarest!.open ? 'prefix' : 'whole', (place) => {
      const worth = this.#worth(place);
      // Reading a key takes most of the time.
      if (worth + FIRST < best.threshold || !wanted(place)) return;
      const key = keys[place]!;
      if (others.every(({ needle }) => key.includes(needle)))
        best.add(place, worth + (key.includes(prefix) ? FIRST : 0));
    });
    return best.ranked();
  }

  #withSimilarWords({ words }: TypedText, limit: number): number[] {
    const mistyped = mistypedWords(words, (word) => this.#cost(word));
    const [first, ...rest] = mistyped;
    if (first === undefined) return [];
    const certain = words.filter((word) => !mistyped.includes(word));
    const others = rest.map(({ word }) => new EditRows(word, 1));
    const best = new BestPlaces(limit);
    this.#innerWords.visit(first.word, 'fuzzy', (place) => {
      const key = this.#values.keys[place]!;
      if (!certain.every(({ needle }) => key.includes(needle))) return;
      const there = key.split(' ');
      if (others.every((rows) => there.some((other) => rows.compare(other).distance !== undefined)))
        best.add(place, this.#worth(place));
    });
    return best.ranked();
  }

  /** About how many values have to be examined for a word. */
  #cost({ word, open }: Pick<TypedWord, 'word' | 'open'>): number {
    if (!open) return this.#vocabulary.papersOf(word);
    const { words, papers } = this.#vocabulary.beginningWith(word);
    return openCost(words, papers);
  }

  /** Values of more papers rank higher; of equally many, shorter ones. */
  #worth(place: number): number {
    return this.#values.papers(place) - Math.min(this.#values.keys[place]!.length, LONGEST) / (2 * LONGEST);
  }
}

/** @throws PaperSearchError BAD_REQUEST for a limit that is not a whole number, 0 or more. */
export function expectLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 0) return;
  throw new PaperSearchError('BAD_REQUEST', `"limit" must be a whole number, 0 or more; it is ${limit}.`);
}

/**
 * The words that may have a typing error: those that no paper has, otherwise the rarest.
 * @param costOf 0 for a word that no paper has.
 */
export function mistypedWords(words: readonly TypedWord[], costOf: (word: TypedWord) => number): TypedWord[] {
  const long = words.filter(({ word }) => word.length >= FUZZY_FROM);
  const costs = new Map(long.map((word) => [word, costOf(word)]));
  const least = Math.min(...costs.values());
  const rarest = long.filter((word) => costs.get(word) === least);
  return least === 0 ? rarest : rarest.slice(0, 1);
}

/** A paper that an identifier names need not come a second time with its title. */
export function namedOnce(suggestions: readonly Suggestion[]): Suggestion[] {
  const named = new Set(suggestions.flatMap((each) => (each.kind === 'identifier' ? [each.id] : [])));
  return suggestions.filter((each) => each.kind !== 'title' || !named.has(each.id));
}

/** What a word costs that may be the beginning of several words. @param papers the sum of theirs. */
export function openCost(words: number, papers: number): number {
  return papers + words * VISITS_A_WORD;
}

const LONGEST = 1000;
/** More than the number of papers of any corpus. */
const FIRST = 1e9;
