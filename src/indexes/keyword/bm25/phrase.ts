import { sortedSet } from './occurrences.ts';

/** The places of a phrase, each with the positions of its words in one field of one document. */
export interface PlacedPhrase {
  /** For each place, the positions of every term required there; an empty list where any word matches. */
  readonly words: readonly (readonly (readonly number[])[])[];
  /** Single words that match the places `[from, to)`. */
  readonly joined: readonly { readonly from: number; readonly to: number; readonly at: readonly number[] }[];
}

/**
 * Whether a field matches all places of a phrase at consecutive positions. The first place always requires a term.
 * Reads the places once, with all positions that the words so far lead to.
 */
export function isPhrase({ words, joined }: PlacedPhrase): boolean {
  if (joined.every(({ at }) => at.length === 0)) return isPlainPhrase(words);
  const reached: number[][] = Array.from({ length: words.length + 1 }, () => []);
  for (const [place, required] of words.entries()) {
    // A phrase may begin anywhere.
    const here = place === 0 ? undefined : sortedSet(reached[place]!);
    if (here?.length === 0) continue;
    const filled = required.reduce<readonly number[] | undefined>(
      (positions, list) => common(positions, list),
      here,
    );
    for (const position of filled ?? []) reached[place + 1]!.push(position + 1);
    for (const { from, to, at } of joined) {
      if (from === place) for (const position of common(here, at)) reached[to]!.push(position + 1);
    }
  }
  return reached[words.length]!.length > 0;
}

/** The same when no word matches several places, as in almost every text. */
function isPlainPhrase(words: PlacedPhrase['words']): boolean {
  let starts: readonly number[] | undefined;
  for (const [place, required] of words.entries()) {
    for (const positions of required) {
      starts = common(starts, positions, place);
      if (starts.length === 0) return false;
    }
  }
  return true;
}

/**
 * Whether some stretch of text contains every word and at most `distance` others.
 * @param words positions of each word, ascending.
 */
export function isNear(words: readonly (readonly number[])[], distance: number): boolean {
  if (words.some(({ length }) => length === 0)) return false;
  const next = words.map(() => 0);
  const last = words.length + distance;
  for (;;) {
    let first = 0;
    let end = 0;
    for (const [word, positions] of words.entries()) {
      const position = positions[next[word]!]!;
      if (position < words[first]![next[first]!]!) first = word;
      end = Math.max(end, position);
    }
    if (end - words[first]![next[first]!]! < last) return true;
    // A stretch that begins there cannot be made shorter.
    if (++next[first]! === words[first]!.length) return false;
  }
}

/**
 * Positions p in `a` for which p + `offset` is in `b`; all of `b` when `a` is undefined. Both are ascending, without
 * duplicates.
 */
export function common(
  a: readonly number[] | undefined,
  b: readonly number[],
  offset = 0,
): readonly number[] {
  if (a === undefined) return b;
  const both: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = a[i]! + offset - b[j]!;
    if (difference === 0) both.push(a[i]!);
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return both;
}
