import { EditRows } from '../../util/edit-distance.ts';
import { bitsOf, lettersOf, mostDifferent } from '../../util/letter-bits.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Fewest letters of a word that can be a correction. */
const SHORTEST = 3;
/** A word that contains only letters. */
export const LETTERS = /^[\p{L}\p{M}]+$/u;

/**
 * Finds the words of a vocabulary that may be corrections of a misspelt word. Words are stored by length, each with the
 * set of its letters (`lettersOf`), so that the distance itself is computed for few words. This takes eight bytes per word, while a deletion neighbourhood stores every result of deleting letters from it.
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
    const longest = this.#starts.length - 2;
    const letters = lettersOf(word);
    const rows = new EditRows(word, edits);
    let best: Candidate | undefined;
    const last = Math.min(word.length + edits, longest);
    for (let length = Math.max(0, word.length - edits); length <= last; length++) {
      const most = mostDifferent(edits, length - word.length);
      const end = this.#starts[length + 1]!;
      for (let n = this.#starts[length]!; n < end; n++) {
        if (bitsOf(this.#letters[n]! ^ letters) > most) continue;
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
