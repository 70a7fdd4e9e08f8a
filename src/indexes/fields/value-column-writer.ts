import { foldValue } from '../../text/fold-value.ts';
import { compareTexts } from '../../util/compare-texts.ts';
import { Growable } from '../binary/growable.ts';
import { packTexts } from '../binary/packed-texts.ts';

/** The spellings of a value, each with the papers that have it. */
export type Spellings = Iterable<readonly [text: string, papers: number]>;

/** The values of a field and the papers of each. */
export interface ValueArrays {
  /** The values as most papers spell them, in UTF-8, in the order of their folded forms. */
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  /** Where the papers of each value begin in `docs`; the length of `docs` at the end. */
  readonly first: Uint32Array;
  /** Positions of papers, ascending in each value. */
  readonly docs: Uint32Array;
  /**
   * Of values that papers spell in several ways, each spelling: the number of its value, ascending, how many papers have it,
   * and its text, ascending in each value. A change counts them again.
   */
  readonly spelled: Uint32Array;
  readonly spellingPapers: Uint32Array;
  readonly spellingBytes: Uint8Array;
  readonly spellingEnds: Uint32Array;
}

/** A way to write a value. */
interface Spelling {
  readonly value: number;
  papers: number;
}

/** Collects the values of one field, one paper after another. */
export class ValueColumnWriter {
  /** Values by their folded form, numbered as they came. */
  readonly #values = new Map<string, number>();
  readonly #spellings = new Map<string, Spelling>();
  /** The last paper of each value plus 1: a paper counts once for a value it repeats. */
  readonly #last: number[] = [];
  readonly #entryValues = new Growable(Uint32Array);
  readonly #entryDocs = new Growable(Uint32Array);

  readonly #keyOf: (text: string) => string;

  /** @param keyOf values with the same key are one; none has an empty one. */
  constructor(keyOf: (text: string) => string = foldValue) {
    this.#keyOf = keyOf;
  }

  /** @param doc as large as before or larger. */
  add(doc: number, text: string | undefined): void {
    const spelling = this.#spellingOf(text);
    if (!spelling || this.#last[spelling.value] === doc + 1) return;
    spelling.papers++;
    this.#last[spelling.value] = doc + 1;
    this.#entryValues.push(spelling.value);
    this.#entryDocs.push(doc);
  }

  finish(): ValueArrays {
    const folded = Array.from(this.#values).sort(([a], [b]) => compareTexts(a, b));
    const place = new Uint32Array(folded.length);
    for (const [i, [, value]] of folded.entries()) place[value] = i;
    const spellings = this.#spellingsOf();
    const values = this.#entryValues.view();
    const first = new Uint32Array(folded.length + 1);
    for (const value of values) first[place[value]! + 1]!++;
    for (let i = 1; i < first.length; i++) first[i]! += first[i - 1]!;
    const next = first.slice();
    const docs = new Uint32Array(values.length);
    const entryDocs = this.#entryDocs.view();
    for (let i = 0; i < values.length; i++) docs[next[place[values[i]!]!]!++] = entryDocs[i]!;
    const several = folded.flatMap(([, value], number) =>
      spellings[value]!.length === 1
        ? []
        : spellings[value]!.map(([text, papers]) => ({ number, text, papers })),
    );
    const texts = packTexts(several.map(({ text }) => text));
    return {
      ...packTexts(folded.map(([, value]) => mostUsed(spellings[value]!))),
      first,
      docs,
      spelled: Uint32Array.from(several, ({ number }) => number),
      spellingPapers: Uint32Array.from(several, ({ papers }) => papers),
      spellingBytes: texts.bytes,
      spellingEnds: texts.ends,
    };
  }

  #spellingOf(text: string | undefined): Spelling | undefined {
    if (text === undefined) return undefined;
    const known = this.#spellings.get(text);
    if (known) return known;
    const folded = this.#keyOf(text);
    if (folded === '') return undefined;
    const value = this.#values.get(folded) ?? this.#values.size;
    this.#values.set(folded, value);
    const spelling = { value, papers: 0 };
    this.#spellings.set(text, spelling);
    return spelling;
  }

  /** The spellings of each value that count for a paper, in the order of their texts. */
  #spellingsOf(): (readonly [string, number])[][] {
    const spellings: (readonly [string, number])[][] = Array.from(this.#values, () => []);
    for (const [text, { value, papers }] of this.#spellings) {
      if (papers > 0) spellings[value]!.push([text, papers]);
    }
    for (const own of spellings) if (own.length > 1) own.sort(([a], [b]) => compareTexts(a, b));
    return spellings;
  }
}

/** The spelling that most papers use; of several, the first. @param spellings at least one, in the order of their texts. */
export function mostUsed(spellings: Spellings): string {
  let best: readonly [string, number] = ['', 0];
  for (const spelling of spellings) if (spelling[1] > best[1]) best = spelling;
  return best[0];
}
