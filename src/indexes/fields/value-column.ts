import type { ValuesField } from '../../papers/field.ts';
import type { FacetCount } from '../../papers/fields.ts';
import { foldPlural } from '../../text/fold-plural.ts';
import { foldValue } from '../../text/fold-value.ts';
import { tokenize } from '../../text/tokenizer.ts';
import { areBelow, isAscending } from '../binary/numbers.ts';
import { PackedTexts } from '../binary/packed-texts.ts';
import type { ColumnDefinition } from './column.ts';
import { changedValues } from './value-column-change.ts';
import { type ValueArrays, ValueColumnWriter } from './value-column-writer.ts';
import { ValuesByPaper } from './values-by-paper.ts';

const PARTS = ['bytes', 'ends', 'first', 'docs'] as const satisfies (keyof ValueArrays)[];
/** What changes need; snapshots of earlier versions lack it. */
const SPELLING_PARTS = [
  'spelled',
  'spellingPapers',
  'spellingBytes',
  'spellingEnds',
] as const satisfies (keyof ValueArrays)[];
type ReadArrays = Pick<ValueArrays, (typeof PARTS)[number]>;
const NO_DOCUMENTS = new Uint32Array(0);

/** The values of one field, each known by its number, and the papers of each. */
export class ValueColumn {
  readonly #values: PackedTexts;
  readonly #first: Uint32Array;
  readonly #docs: Uint32Array;
  /** Made when values are first counted. */
  #byPaper: ValuesByPaper | undefined;

  readonly #keyOf: (text: string) => string;

  /** @param keyOf the function by whose keys the values are in order. */
  constructor(arrays: ReadArrays, keyOf: (text: string) => string = foldValue) {
    this.#keyOf = keyOf;
    this.#values = new PackedTexts(arrays);
    this.#first = arrays.first;
    this.#docs = arrays.docs;
  }

  /** How many values there are. */
  get size(): number {
    return this.#values.size;
  }

  /** A value as most papers spell it. */
  at(number: number): string {
    return this.#values.at(number);
  }

  /** Positions of the papers that have a value, ascending; none for an unknown value. @param folded see `foldValue`. */
  documentsWith(folded: string): Uint32Array {
    const key = this.#keyOf(folded);
    const number = this.#values.lowerBound(key, this.#keyOf);
    const found = number < this.#values.size && this.#keyOf(this.#values.at(number)) === key;
    return found ? this.documentsOf(number) : NO_DOCUMENTS;
  }

  /** Positions of the papers of a value, ascending. @param number as `containing` returns it. */
  documentsOf(number: number): Uint32Array {
    return this.#docs.subarray(this.#first[number]!, this.#first[number + 1]!);
  }

  /** Numbers of the values that contain all of the words. Reads all values. @param words folded, whole. */
  containing(words: readonly string[]): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.#values.size; number++) {
      const own = new Set(tokenize(this.#values.at(number)).map(({ surface }) => surface));
      if (words.every((word) => own.has(word))) found.push(number);
    }
    return found;
  }

  /** Prepares to count, so that the first question does not wait: a few milliseconds of work between two yields. */
  *prepareCounts(): Generator<void> {
    if (!this.#byPaper) this.#byPaper = yield* this.#derived();
  }

  #derived(): Generator<void, ValuesByPaper> {
    return ValuesByPaper.derive({ first: this.#first, docs: this.#docs });
  }

  /** The most frequent values of papers, ties by folded value. @param docs positions of the papers, each once. */
  count(docs: Uint32Array, limit: number): FacetCount[] {
    this.#byPaper ??= finished(this.#derived());
    // Ties by number, which is the order of the folded values.
    return this.#byPaper
      .mostFrequent(docs, limit)
      .map(({ doc, score }) => ({ value: this.#values.at(doc), count: score }));
  }
}

/** What steps return in the end, without a pause. */
function finished<T>(steps: Iterator<void, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The function whose keys are equal for two spellings of one value of a field. */
export function keyOfValue({ foldsPlural }: Pick<ValuesField, 'foldsPlural'>): (text: string) => string {
  return foldsPlural ? foldPlural : foldValue;
}

/** The column of a field of values. */
export function valueColumn(field: ValuesField): ColumnDefinition<ValueColumn> {
  const { name, valuesOf, foldsPlural } = field;
  // Present where plurals were folded when the column was written: earlier snapshots did not.
  const mark = `${name}.plurals`;
  const allParts = [...PARTS, ...SPELLING_PARTS];
  const named = (arrays: ValueArrays) => ({
    ...Object.fromEntries(allParts.map((part) => [`${name}.${part}`, arrays[part]])),
    ...(foldsPlural && { [mark]: new Uint8Array(1) }),
  });
  return {
    key: name,
    arrays: PARTS.map((part) => `${name}.${part}`),
    writer: () => {
      const writer = new ValueColumnWriter(keyOfValue(field));
      return {
        add: (doc, paper) => {
          for (const value of valuesOf(paper)) writer.add(doc, value);
        },
        finish: () => named(writer.finish()),
      };
    },
    change: (earlier, change) => {
      const arrays = Object.fromEntries(allParts.map((part) => [part, earlier[`${name}.${part}`]]));
      if (!allParts.every((part) => arrays[part]) || (earlier[mark] !== undefined) !== (foldsPlural === true))
        return undefined;
      return named(
        changedValues(arrays as Partial<ValueArrays> as ValueArrays, keyOfValue(field), valuesOf, change),
      );
    },
    read: (from, size) => {
      const arrays = Object.fromEntries(PARTS.map((part) => [part, from[`${name}.${part}`]]));
      return areValues(arrays) && fits(arrays, size)
        ? new ValueColumn(arrays, from[mark] ? foldPlural : foldValue)
        : undefined;
    },
  };
}

function areValues(
  arrays: Readonly<Record<string, unknown>>,
): arrays is Record<string, unknown> & ReadArrays {
  const { bytes, ...numbers } = arrays;
  return bytes instanceof Uint8Array && Object.values(numbers).every((part) => part instanceof Uint32Array);
}

function fits({ bytes, ends, first, docs }: ReadArrays, papers: number): boolean {
  return (
    (ends.at(-1) ?? 0) === bytes.length &&
    first.length === ends.length + 1 &&
    first.at(-1) === docs.length &&
    isAscending(ends, bytes.length) &&
    isAscending(first, docs.length) &&
    areBelow(docs, papers)
  );
}
