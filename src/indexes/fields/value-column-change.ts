import type { Paper } from '../../papers/paper.ts';
import { compareTexts } from '../../util/compare-texts.ts';
import { Growable } from '../binary/growable.ts';
import { PackedTexts } from '../binary/packed-texts.ts';
import { TextWriter } from '../binary/text-writer.ts';
import type { ColumnChange } from './column-change.ts';
import { mostUsed, type Spellings, type ValueArrays } from './value-column-writer.ts';

/** What a change does to one value. */
interface Touched {
  readonly key: string;
  /** Its number in the earlier column; undefined for a new value. */
  readonly number: number | undefined;
  /** Papers of each of its spellings, of those that the change adds and removes alone: negative where more are removed. */
  readonly papers: Map<string, number>;
  /** New positions of fresh papers that have it, ascending. */
  readonly docs: number[];
}

/**
 * The column of the values of a field after a change: the same as one that is written from all papers.
 * @param keyOf values with the same key are one. @param valuesOf the values of a paper.
 */
export function changedValues(
  earlier: ValueArrays,
  keyOf: (text: string) => string,
  valuesOf: (paper: Paper) => readonly (string | undefined)[],
  change: ColumnChange,
): ValueArrays {
  const values = new PackedTexts(earlier);
  const touched = touchedValues(values, keyOf, valuesOf, change);
  const column = new ChangedColumn(earlier, change);
  let from = 0;
  for (const value of touched) {
    const at = value.number ?? values.lowerBound(value.key, keyOf);
    column.copy(from, at);
    column.put(value, value.number === undefined ? new Map() : column.spellings.of(value.number, values));
    from = value.number === undefined ? at : at + 1;
  }
  column.copy(from, values.size);
  return column.finish();
}

/** The values of fresh papers and of those that are gone, in the order of their keys. */
function touchedValues(
  values: PackedTexts,
  keyOf: (text: string) => string,
  valuesOf: (paper: Paper) => readonly (string | undefined)[],
  { fresh, gone }: ColumnChange,
): Touched[] {
  const touched = new Map<string, Touched>();
  /** Each value of a paper once, in its first spelling, as the writer of columns has it. */
  const count = (paper: Paper, by: 1 | -1, doc?: number) => {
    const own = new Set<string>();
    for (const text of valuesOf(paper)) {
      const key = text === undefined ? '' : keyOf(text);
      if (key === '' || own.has(key)) continue;
      own.add(key);
      let value = touched.get(key);
      if (!value) {
        const number = values.lowerBound(key, keyOf);
        const isKnown = number < values.size && keyOf(values.at(number)) === key;
        value = { key, number: isKnown ? number : undefined, papers: new Map(), docs: [] };
        touched.set(key, value);
      }
      value.papers.set(text!, (value.papers.get(text!) ?? 0) + by);
      if (doc !== undefined) value.docs.push(doc);
    }
  };
  for (const paper of gone) count(paper, -1);
  for (const { doc, paper } of fresh) count(paper, 1, doc);
  return [...touched.values()].sort((a, b) => compareTexts(a.key, b.key));
}

/** The arrays of a column while they are made, value after value. */
class ChangedColumn {
  readonly spellings: EarlierSpellings;
  readonly #earlier: ValueArrays;
  readonly #places: Int32Array;
  readonly #values = new TextWriter();
  readonly #first = new Growable(Uint32Array);
  readonly #docs = new Growable(Uint32Array);
  readonly #spelled = new Growable(Uint32Array);
  readonly #spellingPapers = new Growable(Uint32Array);
  readonly #spellings = new TextWriter();

  constructor(earlier: ValueArrays, { places }: ColumnChange) {
    this.#earlier = earlier;
    this.#places = places;
    this.spellings = new EarlierSpellings(earlier);
  }

  /** Copies the values `[from, end)`, of which all papers are kept. */
  copy(from: number, end: number): void {
    if (from >= end) return;
    const { first, docs } = this.#earlier;
    const docShift = this.#docs.length - first[from]!;
    const number = this.#values.size;
    this.#values.append(this.#earlier, from, end);
    for (let value = from; value < end; value++) this.#first.push(first[value]! + docShift);
    for (let i = first[from]!; i < first[end]!; i++) this.#docs.push(this.#places[docs[i]!]!);
    this.spellings.each(from, end, (value, text, papers) => {
      this.#putSpelling(number + value - from, text, papers);
    });
  }

  /** Puts a value that the change touches; without papers it is left out. @param before its spellings. */
  put({ number, papers, docs: fresh }: Touched, before: Spellings): void {
    const spellings = new Map(before);
    for (const [text, by] of papers) spellings.set(text, (spellings.get(text) ?? 0) + by);
    const used = [...spellings].filter(([, count]) => count > 0).sort(([a], [b]) => compareTexts(a, b));
    if (used.length === 0) return;
    const own = this.#values.size;
    this.#values.push(mostUsed(used));
    this.#first.push(this.#docs.length);
    const { first, docs } = this.#earlier;
    let next = 0;
    for (
      let i = number === undefined ? 0 : first[number]!;
      number !== undefined && i < first[number + 1]!;
      i++
    ) {
      const doc = this.#places[docs[i]!]!;
      if (doc < 0) continue;
      while (next < fresh.length && fresh[next]! < doc) this.#docs.push(fresh[next++]!);
      this.#docs.push(doc);
    }
    while (next < fresh.length) this.#docs.push(fresh[next++]!);
    if (used.length > 1) for (const [text, count] of used) this.#putSpelling(own, text, count);
  }

  finish(): ValueArrays {
    this.#first.push(this.#docs.length);
    const { bytes: spellingBytes, ends: spellingEnds } = this.#spellings.trimmed();
    return {
      ...this.#values.trimmed(),
      first: this.#first.trimmed(),
      docs: this.#docs.trimmed(),
      spelled: this.#spelled.trimmed(),
      spellingPapers: this.#spellingPapers.trimmed(),
      spellingBytes,
      spellingEnds,
    };
  }

  #putSpelling(value: number, text: string | Uint8Array, papers: number): void {
    this.#spelled.push(value);
    this.#spellingPapers.push(papers);
    this.#spellings.push(text);
  }
}

/** The spellings of the values of an earlier column that have several, read in order. */
class EarlierSpellings {
  readonly #arrays: ValueArrays;
  readonly #texts: PackedTexts;
  #next = 0;

  constructor(arrays: ValueArrays) {
    this.#arrays = arrays;
    this.#texts = new PackedTexts({ bytes: arrays.spellingBytes, ends: arrays.spellingEnds });
  }

  /** The spellings of a value with the papers of each. @param number not before that of any earlier call. */
  of(number: number, values: PackedTexts): Spellings {
    const found: [string, number][] = [];
    this.each(number, number + 1, (_, __, papers, text) => found.push([text(), papers]));
    if (found.length > 0) return found;
    const { first } = this.#arrays;
    return [[values.at(number), first[number + 1]! - first[number]!]];
  }

  /** Calls back for each spelling of the values `[from, end)` that have several. */
  each(
    from: number,
    end: number,
    take: (value: number, bytes: Uint8Array, papers: number, text: () => string) => void,
  ): void {
    const { spelled, spellingPapers, spellingBytes, spellingEnds } = this.#arrays;
    while (this.#next < spelled.length && spelled[this.#next]! < from) this.#next++;
    for (; this.#next < spelled.length && spelled[this.#next]! < end; this.#next++) {
      const n = this.#next;
      const bytes = spellingBytes.subarray(n === 0 ? 0 : spellingEnds[n - 1]!, spellingEnds[n]!);
      take(spelled[n]!, bytes, spellingPapers[n]!, () => this.#texts.at(n));
    }
  }
}
