import type { PackedTexts } from '../../indexes/binary/packed-texts.ts';
import { pause } from '../../util/pause.ts';
import { packInParts, prefixRange, type Range } from './sorted.ts';
import type { Counted } from './spelling-counts.ts';

/** A completion of a text. */
export type Suggestion =
  | /** The title of a paper; of the first paper if several have it. */ {
      readonly kind: 'title';
      readonly text: string;
      readonly id: string;
    }
  | /** With the number of papers that have it. */ {
      readonly kind: 'author' | 'keyword';
      readonly text: string;
      readonly count: number;
    }
  | /** An identifier of a paper, and the title of the paper. */ {
      readonly kind: 'identifier';
      readonly text: string;
      readonly id: string;
      readonly title: string;
    };

/** What values are. */
type ValueKind = Exclude<Suggestion['kind'], 'identifier'>;

/** The titles, authors and keywords of a corpus, ascending by their folded words. */
export class Values {
  /** One key per value, as `keyOf` returns it. */
  readonly keys: readonly string[];
  readonly #texts: PackedTexts;
  readonly #papers: Uint32Array;
  /** Places in `KINDS`. */
  readonly #kinds: Uint8Array;
  /** Ids of papers by the indexes of their titles; empty for other values. */
  readonly #ids: PackedTexts;

  private constructor(
    keys: readonly string[],
    texts: PackedTexts,
    papers: Uint32Array,
    kinds: Uint8Array,
    ids: PackedTexts,
  ) {
    this.keys = keys;
    this.#texts = texts;
    this.#papers = papers;
    this.#kinds = kinds;
    this.#ids = ids;
  }

  /** @param counted keys of `valueKey`, ascending. @throws the signal's reason when it is aborted. */
  static async of(counted: readonly Counted[], signal?: AbortSignal): Promise<Values> {
    const kinds = Uint8Array.from(counted, ({ key }) => SIGNS.indexOf(key.at(-1)!));
    const ids = counted.map(({ id }, place) => (KINDS[kinds[place]!] === 'title' ? id : ''));
    const packed = await packInParts(
      counted.map(({ key }) => key.slice(0, -1)),
      signal,
    );
    // Texts of their own: those that were counted are parts of longer ones, which would be held.
    const keys: string[] = [];
    while (keys.length < packed.size) {
      keys.push(packed.at(keys.length));
      if (keys.length % YIELD_EVERY === 0) await pause(signal);
    }
    const spellings = counted.map(({ spelling }) => spelling);
    return new Values(
      keys,
      await packInParts(spellings, signal),
      Uint32Array.from(counted, ({ papers }) => papers),
      kinds,
      await packInParts(ids, signal),
    );
  }

  /** The range of the values whose key begins with a text. */
  beginningWith(text: string): Range {
    return prefixRange(this.keys, text);
  }

  /** How many papers have the value at an index. */
  papers(place: number): number {
    return this.#papers[place]!;
  }

  /** The name of the author at an index; undefined where the value is not an author. */
  authorAt(place: number): string | undefined {
    return KINDS[this.#kinds[place]!] === 'author' ? this.#texts.at(place) : undefined;
  }

  suggestion(place: number): Suggestion {
    const text = this.#texts.at(place);
    const kind = KINDS[this.#kinds[place]!]!;
    return kind === 'title'
      ? { kind, text, id: this.#ids.at(place) }
      : { kind, text, count: this.papers(place) };
  }
}

const KINDS = ['author', 'keyword', 'title'] as const satisfies ValueKind[];
/** The sign of each kind in a key. */
const SIGNS = ['\t', '\v', '\f'];
/** Keys that are made between two pauses in which other work runs. */
const YIELD_EVERY = 5000;

/**
 * Separates values that are counted together: a key of `keyOf` and the kind, as one character that sorts before every
 * character of a key, so that keys remain sorted.
 */
export function valueKey(key: string, kind: ValueKind): string {
  return key + SIGNS[KINDS.indexOf(kind)]!;
}
