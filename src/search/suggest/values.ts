import { prefixRange, type Range } from './sorted.ts';
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
  readonly #texts: readonly string[];
  readonly #papers: Uint32Array;
  readonly #kinds: readonly ValueKind[];
  /** Ids of papers by the indexes of their titles. */
  readonly #ids: ReadonlyMap<number, string>;

  /** @param counted keys of `valueKey`, ascending. */
  constructor(counted: readonly Counted[]) {
    const ids = new Map<number, string>();
    const kinds: ValueKind[] = [];
    this.keys = counted.map(({ key, id }, place) => {
      const kind = KINDS[key.at(-1)!]!;
      if (kind === 'title') ids.set(place, id);
      kinds.push(kind);
      return key.slice(0, -1);
    });
    this.#texts = counted.map(({ spelling }) => spelling);
    this.#papers = Uint32Array.from(counted, ({ papers }) => papers);
    this.#kinds = kinds;
    this.#ids = ids;
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
    return this.#kinds[place] === 'author' ? this.#texts[place] : undefined;
  }

  suggestion(place: number): Suggestion {
    const text = this.#texts[place]!;
    const kind = this.#kinds[place]!;
    return kind === 'title'
      ? { kind, text, id: this.#ids.get(place)! }
      : { kind, text, count: this.papers(place) };
  }
}

const KINDS: Readonly<Record<string, ValueKind>> = {
  '\t': 'author',
  '\v': 'keyword',
  '\f': 'title',
};
const SIGNS = Object.fromEntries(Object.entries(KINDS).map(([sign, kind]) => [kind, sign]));

/**
 * Separates values that are counted together: a key of `keyOf` and the kind, as one character that sorts before every
 * character of a key, so that keys remain sorted.
 */
export function valueKey(key: string, kind: ValueKind): string {
  return key + SIGNS[kind]!;
}
