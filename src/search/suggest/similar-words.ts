import { EditRows } from '../../util/edit-distance.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Fewest letters of a word that can be a correction. */
const SHORTEST = 3;
/** A word that contains only letters. */
export const LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * Finds the words of a vocabulary that may be corrections of a misspelt word. Words are stored by length, each with the
 * set of its letters in 32 bits: an edit changes at most two of the bits (signature of Boytsov, "Indexing methods for
 * approximate dictionary searching", ACM JEA 16, 2011), so that the distance itself is computed for few words. This
 * takes eight bytes per word, while a deletion neighbourhood stores every result of deleting letters from it.
 */
export class SimilarWords {
  readonly #vocabulary: Vocabulary;
  /** Indexes in the vocabulary, short words first, and the letters of each. */
  readonly #places: Uint32Array;
  readonly #letters: Uint32Array;
  /** Start of the words of each length in both arrays; one more entry than there are lengths. */
  readonly #starts: readonly number[];

  /** @param fewest papers that must contain a word for it to be a correction. */
  constructor(vocabulary: Vocabulary, fewest: number) {
    const { words } = vocabulary;
    const byLength: number[][] = [];
    for (const [place, word] of words.entries()) {
      if (word.length < SHORTEST || vocabulary.papers(place) < fewest || !LETTERS.test(word)) continue;
      const same = byLength[word.length];
      if (same) same.push(place);
      else byLength[word.length] = [place];
    }
    const starts = [0];
    for (let length = 0; length < byLength.length; length++)
      starts.push(starts[length]! + (byLength[length]?.length ?? 0));
    this.#vocabulary = vocabulary;
    this.#places = Uint32Array.from(byLength.flat());
    this.#letters = Uint32Array.from(this.#places, (place) => lettersOf(words[place]!));
    this.#starts = starts;
  }

  /**
   * The best word at most `edits` edits away: the nearest; of those, one with the same first letter; of those, the one
   * that most papers contain; then the first by code units.
   * @param word folded. @returns its index in the vocabulary.
   */
  nearest(word: string, edits: number): number | undefined {
    const lengths = this.#starts.length - 2;
    const from = this.#starts[Math.min(word.length - edits, lengths + 1)]!;
    const to = this.#starts[Math.min(word.length + edits, lengths) + 1]!;
    const letters = lettersOf(word);
    const rows = new EditRows(word, edits);
    let best: Candidate | undefined;
    for (let n = from; n < to; n++) {
      if (bitsOf(this.#letters[n]! ^ letters) > 2 * edits) continue;
      const place = this.#places[n]!;
      const other = this.#vocabulary.words[place]!;
      const { distance } = rows.compare(other, best?.distance);
      if (distance === undefined) continue;
      const candidate = {
        place,
        distance,
        sameStart: other[0] === word[0],
        papers: this.#vocabulary.papers(place),
      };
      if (best === undefined || isBetter(candidate, best)) best = candidate;
    }
    return best?.place;
  }
}

interface Candidate {
  readonly place: number;
  readonly distance: number;
  readonly sameStart: boolean;
  readonly papers: number;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.distance !== b.distance) return a.distance < b.distance;
  if (a.sameStart !== b.sameStart) return a.sameStart;
  return a.papers > b.papers || (a.papers === b.papers && a.place < b.place);
}

/** One bit per letter of a word; letters may share a bit. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function bitsOf(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
