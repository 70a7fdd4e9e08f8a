import { isNamed, personOf } from '../../papers/people.ts';

/** The values of the field of authors, each with the papers that have it. */
export interface AuthorValues {
  readonly size: number;
  at(value: number): string;
  documentsOf(value: number): Uint32Array;
}

/**
 * Finds authors by names as people write them: family name first, with initials, without accents or with their
 * transliterations. The names are read at the first use: some microseconds each.
 */
export class AuthorNames {
  readonly #values: AuthorValues;
  #people: readonly string[] | undefined;
  /** The values that have a word of at least two letters in the name. */
  readonly #byWord = new Map<string, number | number[]>();
  /** The values by their letters without white space: "jirongwen". */
  readonly #solid = new Map<string, number | number[]>();

  constructor(values: AuthorValues) {
    this.#values = values;
  }

  /** Reads the names, so that the first question does not wait. Returns the people by the numbers of the values. */
  prepare(): readonly string[] {
    if (this.#people) return this.#people;
    const { size } = this.#values;
    this.#people = Array.from({ length: size }, (_, value) => personOf(this.#values.at(value)));
    for (const [value, person] of this.#people.entries()) {
      const words = person.split(' ');
      for (const word of new Set(words)) if (word.length > 1) add(this.#byWord, word, value);
      if (words.length > 1) add(this.#solid, words.join(''), value);
    }
    return this.#people;
  }

  /** Numbers of the values that a name may mean (`isNamed`), ascending. */
  find(name: string): number[] {
    const people = this.prepare();
    const asked = personOf(name);
    const lists = asked
      .split(' ')
      .filter((word) => word.length > 1)
      .map((word) => listed(this.#byWord.get(word)));
    const solid =
      asked.includes(' ') || lists.length === 1 ? listed(this.#solid.get(asked.replaceAll(' ', ''))) : [];
    // Any of the words may be the one that a name does not have: "John A. Smith" and "J. Smith".
    const candidates = new Set([...lists.flat(), ...solid]);
    return Array.from(candidates)
      .filter((value) => isNamed(asked, people[value]!))
      .sort((a, b) => a - b);
  }

  /** Numbers of the values whose family name, the last word, is this word. */
  withFamily(word: string): number[] {
    const people = this.prepare();
    const family = personOf(word);
    if (family === '' || family.includes(' ')) return [];
    return listed(this.#byWord.get(family)).filter((value) => {
      const person = people[value]!;
      return person === family || person.endsWith(` ${family}`);
    });
  }

  /** The papers of several values, a byte a paper. */
  mark(values: readonly number[], mask: Uint8Array): void {
    for (const value of values) for (const doc of this.#values.documentsOf(value)) mask[doc] = 1;
  }
}

function add(map: Map<string, number | number[]>, key: string, value: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, value);
  else if (typeof known === 'number') map.set(key, [known, value]);
  else known.push(value);
}

function listed(values: number | number[] | undefined): readonly number[] {
  return values === undefined ? [] : typeof values === 'number' ? [values] : values;
}
