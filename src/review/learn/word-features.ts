import { ln } from './arithmetic.ts';
import { readOccurrences } from './occurrences.ts';
import type { PoolTexts, SparseRows } from './types.ts';
import { addKey, columnOf, type Vocabulary } from './vocabulary.ts';

/** Terms in more of the papers than this do not distinguish papers. */
const MAX_SHARE = 0.95;

/** The papers of a pool as unit vectors over their words and pairs of neighbouring words. */
export interface WordFeatures extends SparseRows {
  readonly vocabulary: Vocabulary;
  /**
   * Of each row, the part of its squared length that terms of this paper alone have. They are not stored, since they say
   * nothing about other papers, but they belong to the row's length.
   */
  readonly unshared: Float64Array;
}

interface Counts {
  readonly words: Map<string, number>;
  readonly starts: Uint32Array;
  /** Distinct keys of each row, ascending, row by row. */
  readonly keys: Float64Array;
  /** How often the row has each. */
  readonly counts: Uint16Array;
}

/**
 * Terms weighted by (1 + ln tf) · (1 + ln((n + 1) / (df + 1))), rows scaled to length 1: sublinear TF-IDF with smoothed
 * document frequencies, as scikit-learn's TfidfVectorizer.
 */
export function wordFeatures(texts: PoolTexts): WordFeatures {
  const counted = count(texts);
  const papers = texts.titles.length;
  const { vocabulary, frequencies, shared } = frequent(counted, papers);
  const starts = new Uint32Array(papers + 1);
  const columns = new Uint32Array(shared);
  const values = new Float32Array(shared);
  const unshared = new Float64Array(papers);
  const once = 1 + ln((papers + 1) / 2);
  let at = 0;
  for (let row = 0; row < papers; row++) {
    const first = at;
    let length = 0;
    let own = 0;
    for (let i = counted.starts[row]!; i < counted.starts[row + 1]!; i++) {
      const times = 1 + ln(counted.counts[i]!);
      const column = columnOf(vocabulary, counted.keys[i]!);
      if (column < 0) {
        own += times * once * times * once;
        continue;
      }
      const frequency = frequencies[column]!;
      if (frequency > MAX_SHARE * papers && papers > 2) continue;
      const value = times * (1 + ln((papers + 1) / (frequency + 1)));
      columns[at] = column;
      values[at] = value;
      length += value * value;
      at++;
    }
    length += own;
    starts[row + 1] = at;
    if (length === 0) continue;
    const scale = 1 / Math.sqrt(length);
    for (let i = first; i < at; i++) values[i] = values[i]! * scale;
    unshared[row] = own / length;
  }
  return {
    starts,
    columns: columns.slice(0, at),
    values: values.slice(0, at),
    width: vocabulary.keys.length,
    vocabulary,
    unshared,
  };
}

function count(texts: PoolTexts): Counts {
  const papers = texts.titles.length;
  const words = new Map<string, number>();
  const starts = new Uint32Array(papers + 1);
  const keys = new Growing();
  const counts = new Growing();
  for (let row = 0; row < papers; row++) {
    const found: number[] = [];
    readOccurrences(texts, row, (occurrence) => found.push(addKey(words, occurrence)));
    const sorted = Float64Array.from(found).sort();
    for (let i = 0; i < sorted.length; ) {
      const key = sorted[i]!;
      const begin = i;
      while (sorted[i] === key) i++;
      keys.push(key);
      counts.push(i - begin);
    }
    starts[row + 1] = keys.length;
  }
  return { words, starts, keys: keys.values(), counts: Uint16Array.from(counts.values()) };
}

/** The terms of two or more papers with the number of papers that have them. */
function frequent({ words, keys: all }: Counts, papers: number) {
  const sorted = all.slice().sort();
  const keys = new Growing();
  const frequencies = new Growing();
  let shared = 0;
  for (let i = 0; i < sorted.length; ) {
    const key = sorted[i]!;
    const begin = i;
    while (sorted[i] === key) i++;
    if (i - begin < 2 && papers > 1) continue;
    keys.push(key);
    frequencies.push(i - begin);
    shared += i - begin;
  }
  return { vocabulary: { words, keys: keys.values() }, frequencies: frequencies.values(), shared };
}

/** Numbers in one array that doubles when it is full. */
class Growing {
  #values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  values(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}
