import { ln } from './arithmetic.ts';
import { fieldsOf, readTerms } from './occurrences.ts';
import { TermCounts } from './term-counts.ts';
import type { PoolTexts, SparseRows } from './types.ts';
import { addWord, type Vocabulary } from './vocabulary.ts';

/** Terms in more of the papers than this do not distinguish papers. */
const MAX_SHARE = 0.95;
/** Papers of a step: some milliseconds. */
const PAPERS_A_STEP = 50;
/** Columns of a step, likewise. */
const COLUMNS_A_STEP = 20_000;
const NO_COLUMN = 0xffffffff;

/** The papers of a pool as unit vectors over their words and pairs of neighbouring words. */
export interface WordFeatures extends SparseRows {
  readonly vocabulary: Vocabulary;
  /**
   * Of each row, the part of its squared length that terms of this paper alone have. They are not stored, since they say
   * nothing about other papers, but they belong to the row's length.
   */
  readonly unshared: Float64Array;
}

/** The terms of the papers of one step, one paper after the other. */
interface CountedPapers {
  /** Where each paper ends. */
  readonly ends: Uint32Array;
  /** Numbers of the distinct terms of each paper, in ascending order of their keys. */
  readonly terms: Uint32Array;
  /** How often the paper has each. */
  readonly counts: Uint16Array;
}

/**
 * Terms weighted by (1 + ln tf) · (1 + ln((n + 1) / (df + 1))), rows scaled to length 1: sublinear TF-IDF with smoothed
 * document frequencies, as scikit-learn's TfidfVectorizer.
 * @returns the features, after steps of some milliseconds.
 */
export function* wordFeatures(texts: PoolTexts): Generator<void, WordFeatures> {
  const papers = texts.titles.length;
  const words = new Map<string, number>();
  const terms = new TermCounts();
  const counted: CountedPapers[] = [];
  for (let row = 0; row < papers; row += PAPERS_A_STEP) {
    counted.push(count(texts, row, Math.min(row + PAPERS_A_STEP, papers), words, terms));
    yield;
  }
  const { keys, columnOf, weights, entries } = yield* columnsOf(terms, papers);
  const starts = new Uint32Array(papers + 1);
  const columns = new Uint32Array(entries);
  const values = new Float32Array(entries);
  const unshared = new Float64Array(papers);
  const once = 1 + ln((papers + 1) / 2);
  let row = 0;
  let at = 0;
  for (const [step, { ends, terms, counts }] of counted.entries()) {
    let i = 0;
    for (const end of ends) {
      const first = at;
      let length = 0;
      let own = 0;
      for (; i < end; i++) {
        const times = 1 + ln(counts[i]!);
        const column = columnOf[terms[i]!]!;
        if (column === NO_COLUMN) {
          own += times * once * times * once;
          continue;
        }
        const weight = weights[column]!;
        if (weight === 0) continue;
        const value = times * weight;
        columns[at] = column;
        values[at] = value;
        length += value * value;
        at++;
      }
      length += own;
      starts[row + 1] = at;
      if (length > 0) {
        const scale = 1 / Math.sqrt(length);
        for (let entry = first; entry < at; entry++) values[entry] = values[entry]! * scale;
        unshared[row] = own / length;
      }
      row++;
    }
    // The features take its place in memory.
    counted[step] = NOTHING;
    yield;
  }
  return { starts, columns, values, width: keys.length, vocabulary: { words, keys }, unshared };
}

const NOTHING: CountedPapers = {
  ends: new Uint32Array(),
  terms: new Uint32Array(),
  counts: new Uint16Array(),
};

/** Counts the terms of the papers of some rows. Adds their words to `words`, and their terms to `terms`. */
function count(
  texts: PoolTexts,
  from: number,
  to: number,
  words: Map<string, number>,
  terms: TermCounts,
): CountedPapers {
  const ends: number[] = [];
  const numbers: number[] = [];
  const counts: number[] = [];
  const numberOf = (word: string) => addWord(words, word);
  for (let row = from; row < to; row++) {
    const found: number[] = [];
    for (const field of fieldsOf(texts, row)) readTerms(field, numberOf, (key) => found.push(key));
    const sorted = Float64Array.from(found).sort();
    for (let i = 0; i < sorted.length; ) {
      const key = sorted[i]!;
      const begin = i;
      while (sorted[i] === key) i++;
      numbers.push(terms.count(key));
      counts.push(i - begin);
    }
    ends.push(numbers.length);
  }
  return {
    ends: new Uint32Array(ends),
    terms: new Uint32Array(numbers),
    counts: new Uint16Array(counts),
  };
}

/**
 * The columns: terms of two or more papers, in ascending order of their keys.
 * @returns also the column of each term by its number, the weight of each column, 0 for a term that nearly all papers have,
 * and how many entries the rows have in the columns with a weight.
 */
function* columnsOf(terms: TermCounts, papers: number) {
  const keys = terms.keysOf(papers > 1 ? 2 : 1);
  const columnOf = new Uint32Array(terms.size).fill(NO_COLUMN);
  const weights = new Float64Array(keys.length);
  let entries = 0;
  for (const [column, key] of keys.entries()) {
    if (column % COLUMNS_A_STEP === 0) yield;
    const number = terms.numberOf(key);
    const frequency = terms.papersOf(number);
    columnOf[number] = column;
    if (frequency > MAX_SHARE * papers && papers > 2) continue;
    weights[column] = 1 + ln((papers + 1) / (frequency + 1));
    entries += frequency;
  }
  return { keys, columnOf, weights, entries };
}
