import { Growable } from '../../indexes/binary/growable.ts';
import type { PackedTexts } from '../../indexes/binary/packed-texts.ts';
import { bitsOf, lettersOf, mostDifferent } from '../../util/letter-bits.ts';
import { pause } from '../../util/pause.ts';
import { packInParts, sortInParts } from './sorted.ts';

/** Values between two pauses in which other work runs: a millisecond or two. */
const YIELD_EVERY = 500;

/** How a word matches a value: a whole word, the beginning of a word, or a word with at most one edit. */
export type Match = 'whole' | 'prefix' | 'fuzzy';

/** Finds values by any of their words: a list of the values of each word, in a few arrays. */
export class InnerWords {
  /** Ascending by UTF-16 code units. */
  readonly #words: PackedTexts;
  /** Of each word: its length, and its letters (`lettersOf`). */
  readonly #lengths: Uint16Array;
  readonly #letters: Uint32Array;
  /** The values of word w are `[#first[w], #first[w + 1])` of `#places`, ascending. */
  readonly #first: Uint32Array;
  readonly #places: Uint32Array;

  private constructor(
    words: PackedTexts,
    lengths: Uint16Array,
    letters: Uint32Array,
    first: Uint32Array,
    places: Uint32Array,
  ) {
    this.#words = words;
    this.#lengths = lengths;
    this.#letters = letters;
    this.#first = first;
    this.#places = places;
  }

  /** @param keys of values (`keyOf`), by their indexes. @throws the signal's reason when aborted. */
  static async build(keys: readonly string[], signal?: AbortSignal): Promise<InnerWords> {
    // The words of each key by their numbers, as they come; then in order.
    const numbers = new Map<string, number>();
    const entries = new Growable(Uint32Array);
    const ends = new Uint32Array(keys.length);
    for (const [place, key] of keys.entries()) {
      for (const word of new Set(key.trim().split(' '))) {
        if (word === '') continue;
        const number = numbers.get(word) ?? numbers.size;
        if (number === numbers.size) numbers.set(word, number);
        entries.push(number);
      }
      ends[place] = entries.length;
      if (place % YIELD_EVERY === 0) await pause(signal);
    }
    const sorted = await sortInParts(numbers.keys(), signal);
    const lengths = new Uint16Array(sorted.length);
    const letters = new Uint32Array(sorted.length);
    const rankOf = new Uint32Array(sorted.length);
    for (const [rank, word] of sorted.entries()) {
      lengths[rank] = word.length;
      letters[rank] = lettersOf(word);
      rankOf[numbers.get(word)!] = rank;
    }
    await pause(signal);
    const first = new Uint32Array(sorted.length + 1);
    for (const number of entries.view()) first[rankOf[number]! + 1]!++;
    for (let rank = 0; rank < sorted.length; rank++) first[rank + 1]! += first[rank]!;
    await pause(signal);
    const next = first.slice();
    const places = new Uint32Array(entries.length);
    for (let place = 0, i = 0; place < keys.length; place++)
      for (const end = ends[place]!; i < end; i++) places[next[rankOf[entries.array[i]!]!]!++] = place;
    return new InnerWords(await packInParts(sorted, signal), lengths, letters, first, places);
  }

  /**
   * Calls `visit` with the index of every value that has a word; more than once if several of its words match.
   * An edit is one of Levenshtein's: a letter inserted, deleted or replaced. Letters are UTF-16 code units.
   */
  visit(word: string, match: Match, visit: (place: number) => void): void {
    if (match === 'fuzzy') {
      this.#visitNear(word, visit);
      return;
    }
    const from = this.#words.lowerBound(word);
    const isThere = from < this.#words.size && this.#words.at(from) === word;
    // U+FFFF sorts last and is not a character.
    const to = match === 'prefix' ? this.#words.lowerBound(`${word}\uffff`) : from + (isThere ? 1 : 0);
    this.#visitRange(from, to, visit);
  }

  #visitNear(word: string, visit: (place: number) => void): void {
    const letters = lettersOf(word);
    for (let n = 0; n < this.#lengths.length; n++) {
      const difference = this.#lengths[n]! - word.length;
      if (difference < -1 || difference > 1) continue;
      if (bitsOf(this.#letters[n]! ^ letters) > mostDifferent(1, difference)) continue;
      if (isOneEditAway(word, this.#words.at(n))) this.#visitRange(n, n + 1, visit);
    }
  }

  /** Visits the values of the words `[from, to)`. */
  #visitRange(from: number, to: number, visit: (place: number) => void): void {
    for (let i = this.#first[from]!; i < this.#first[to]!; i++) visit(this.#places[i]!);
  }
}

/** Whether at most one letter has to be inserted, deleted or replaced to make one text of the other. */
function isOneEditAway(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  const skipped = long.length - short.length;
  if (skipped > 1) return false;
  return short.slice(same + (skipped === 0 ? 1 : 0)) === long.slice(same + 1);
}
