import type { PackedTexts } from '../../indexes/binary/packed-texts.ts';
import { ID_KINDS } from '../../papers/id-kinds.ts';
import { identifierKey, withoutVersion } from '../../papers/identifiers.ts';
import type { Paper } from '../../papers/paper.ts';
import { packInParts } from './sorted.ts';

/** Fewest characters of an identifier that is completed: fewer begin thousands. */
const MIN_LENGTH = 3;
/** A year, which begins identifiers too, but is rarely meant as one. */
const YEAR = /^\d{1,4}$/;

/** A paper's identifier. */
export interface KnownIdentifier {
  /** As `identifierKey` gives it. */
  readonly key: string;
  /** As the paper has it. */
  readonly text: string;
  readonly id: string;
  readonly title: string;
}

/** Every identifier of a paper: its ids and those in other catalogues. */
export function identifiersOf({
  id,
  title,
  aliases = [],
  externalIds = {},
}: Pick<Paper, 'id' | 'title'> & Partial<Pick<Paper, 'aliases' | 'externalIds'>>): KnownIdentifier[] {
  const external = ID_KINDS.flatMap((kind) => {
    const value = externalIds[kind];
    return value === undefined ? [] : [value];
  });
  const known = new Map<string, KnownIdentifier>();
  // External ones first: "10.1000/182" is shorter to read than "doi:10.1000/182", and has the same key.
  for (const text of [...external, id, ...aliases]) {
    const key = identifierKey(text);
    // Without a digit it is a word, which titles and keywords complete.
    if (/\d/.test(key) && !known.has(key)) known.set(key, { key, text, id, title });
  }
  return [...known.values()];
}

/**
 * What the keys of identifiers begin with that complete a text.
 * @returns undefined for a text with white space or without a digit, and for a year.
 */
export function typedKey(text: string): string | undefined {
  const typed = text.trim();
  if (/\s/.test(typed) || !/\d/.test(typed) || typed.length < MIN_LENGTH || YEAR.test(typed))
    return undefined;
  const whole = identifierKey(typed);
  return withoutVersion(whole) ?? whole;
}

/** The identifiers of a corpus, which are completed from their beginning. */
export class Identifiers {
  /** Ascending by UTF-16 code units. */
  readonly #keys: PackedTexts;
  readonly #texts: PackedTexts;
  readonly #ids: PackedTexts;
  readonly #titles: PackedTexts;

  private constructor(keys: PackedTexts, texts: PackedTexts, ids: PackedTexts, titles: PackedTexts) {
    this.#keys = keys;
    this.#texts = texts;
    this.#ids = ids;
    this.#titles = titles;
  }

  /** @param known in any order. @throws the signal's reason when it is aborted. */
  static async of(known: readonly KnownIdentifier[], signal?: AbortSignal): Promise<Identifiers> {
    const sorted = known.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    const packed = (part: keyof KnownIdentifier) =>
      packInParts(
        sorted.map((each) => each[part]),
        signal,
      );
    return new Identifiers(
      await packed('key'),
      await packed('text'),
      await packed('id'),
      await packed('title'),
    );
  }

  /**
   * The identifiers that begin with a text, however it is written: `10.1145/33`, `arXiv:2101.1`, `https://aclanthology.org/P19-1`.
   * @param limit most papers wanted; a paper comes once.
   * @returns none for a text with white space or without a digit, and for a year.
   */
  beginningWith(text: string, limit: number): readonly KnownIdentifier[] {
    const key = typedKey(text);
    if (key === undefined) return [];
    const found = new Map<string, KnownIdentifier>();
    for (let place = this.#keys.lowerBound(key); place < this.#keys.size && found.size < limit; place++) {
      const own = this.#keys.at(place);
      if (!own.startsWith(key)) break;
      const id = this.#ids.at(place);
      if (!found.has(id))
        found.set(id, { key: own, text: this.#texts.at(place), id, title: this.#titles.at(place) });
    }
    return [...found.values()];
  }
}
