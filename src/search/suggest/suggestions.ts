import { PaperSearchError } from '../../errors.ts';
import { EditRows } from '../../util/edit-distance.ts';
import { BestPlaces } from './best-places.ts';
import { type CountOptions, countCorpus, type SuggestionSource } from './count-corpus.ts';
import { InnerWords } from './inner-words.ts';
import { type KnownWords, Speller, type SpellingProposal } from './speller.ts';
import { type TypedText, type TypedWord, typedText } from './typed.ts';
import { type Suggestion, Values } from './values.ts';
import { Vocabulary } from './vocabulary.ts';

/** Nobody types more than this, in UTF-16 code units, before choosing a suggestion; few titles are longer. */
const MAX_TYPED_LENGTH = 300;
/**
 * The most values that are looked at for a word: about 5 ms. More have it only as one or two letters, or in a
 * corpus much larger than 20,000 papers, where enough values begin with it.
 */
const MAX_VISITS = 20_000;
/** Letters from which a word may have a typing error. */
const FUZZY_FROM = 5;
/** A word that a prefix stands for costs as much as this many values. */
const VISITS_A_WORD = 8;

/** Completions and spellings from a corpus' own titles, authors and keywords. */
export class Suggestions {
  readonly #values: Values;
  readonly #vocabulary: Vocabulary;
  readonly #innerWords: InnerWords;
  readonly #speller: Speller;

  private constructor(values: Values, vocabulary: Vocabulary, innerWords: InnerWords, speller: Speller) {
    this.#values = values;
    this.#vocabulary = vocabulary;
    this.#innerWords = innerWords;
    this.#speller = speller;
  }

  /**
   * Reads a corpus. Other work gets its turn in between: it waits some tens of milliseconds at most.
   * @throws the signal's reason, and what reading a paper throws.
   */
  static async build(
    papers: Iterable<SuggestionSource> | AsyncIterable<SuggestionSource>,
    options: CountOptions = {},
  ): Promise<Suggestions> {
    const counts = await countCorpus(papers, options);
    const { signal } = options;
    const values = new Values(await counts.values.counted(signal));
    const vocabulary = new Vocabulary(await counts.words.counted(signal));
    const innerWords = await InnerWords.build(values.keys, signal);
    return new Suggestions(values, vocabulary, innerWords, new Speller(vocabulary, counts.papers));
  }

  /**
   * Titles, authors and keywords that go on from a text, as it is typed: its last word may be the beginning of one.
   * First those that begin with the whole text, then those that have its words next to each other, then those that
   * have them anywhere; among them by their papers, then the shorter, then by alphabet. When there is none,
   * those with a typing error in words of 5 letters and more. Case and accents do not matter.
   * @param limit most suggestions wanted, a whole number. @throws PaperSearchError BAD_REQUEST for another limit.
   */
  complete(text: string, limit: number): Suggestion[] {
    if (!Number.isInteger(limit) || limit < 0)
      throw new PaperSearchError('BAD_REQUEST', `"limit" must be a whole number, 0 or more; it is ${limit}.`);
    const most = Math.min(limit, this.#values.keys.length);
    const typed = text.length <= MAX_TYPED_LENGTH ? typedText(text) : undefined;
    if (typed === undefined) return [];
    const { from, to } = this.#values.beginningWith(typed.prefix);
    const best = new BestPlaces(most);
    // The value itself comes before those that go on.
    const whole = typed.prefix.trimEnd().length + 1;
    for (let place = from; place < to; place++)
      best.add(place, this.#worth(place) + (this.#values.keys[place]!.length === whole ? FIRST : 0));
    const places = best.ranked();
    if (places.length < most) {
      const others = (place: number) => place < from || place >= to;
      places.push(...this.#withInnerWords(typed, most - places.length, others));
    }
    if (places.length === 0) places.push(...this.#withSimilarWords(typed, most));
    return places.map((place) => this.#values.suggestion(place));
  }

  /** See `Speller.didYouMean`. */
  didYouMean(query: string, index: KnownWords): SpellingProposal | undefined {
    return this.#speller.didYouMean(query, index);
  }

  #withInnerWords({ prefix, words }: TypedText, limit: number, wanted: (place: number) => boolean): number[] {
    const { keys } = this.#values;
    // The word that the fewest values have; the others are looked for in those.
    const [rarest, ...others] = words
      .map((word) => ({ ...word, cost: this.#cost(word) }))
      .sort((a, b) => a.cost - b.cost);
    if (rarest!.cost > MAX_VISITS) return [];
    const best = new BestPlaces(limit);
    this.#innerWords.visit(rarest!.word, rarest!.open ? 'prefix' : 'whole', (place) => {
      const worth = this.#worth(place);
      // To look into a key costs most of the time.
      if (worth + FIRST < best.threshold || !wanted(place)) return;
      const key = keys[place]!;
      if (others.every(({ needle }) => key.includes(needle)))
        best.add(place, worth + (key.includes(prefix) ? FIRST : 0));
    });
    return best.ranked();
  }

  #withSimilarWords({ words }: TypedText, limit: number): number[] {
    const mistyped = this.#mistyped(words);
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

  /** The words that may have a typing error: those that no paper has, otherwise the one that the fewest have. */
  #mistyped(words: readonly TypedWord[]): TypedWord[] {
    const long = words.filter(({ word }) => word.length >= FUZZY_FROM);
    const costs = new Map(long.map((word) => [word, this.#cost(word)]));
    const least = Math.min(...costs.values());
    const rarest = long.filter((word) => costs.get(word) === least);
    return least === 0 ? rarest : rarest.slice(0, 1);
  }

  /** How many values have to be looked at for a word, about. */
  #cost({ word, open }: TypedWord): number {
    if (!open) return this.#vocabulary.papersOf(word);
    const { words, papers } = this.#vocabulary.beginningWith(word);
    return papers + words * VISITS_A_WORD;
  }

  /** More papers are worth more; of equally many, a shorter value. */
  #worth(place: number): number {
    return this.#values.papers(place) - Math.min(this.#values.keys[place]!.length, LONGEST) / (2 * LONGEST);
  }
}

const LONGEST = 1000;
/** More than any number of papers. */
const FIRST = 1e9;
