import { isNamed, personOf } from '../../papers/people.ts';
import { pause } from '../../util/pause.ts';

/** Names read between two pauses: some milliseconds. */
const READ_AT_ONCE = 500;

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
  /** Of the values that are read, ascending. */
  readonly #people: string[] = [];
  /** The values that have a word of at least two letters in the name. */
  readonly #byWord = new Map<string, number | number[]>();
  /** The values by their letters without white space: "jirongwen". */
  readonly #solid = new Map<string, number | number[]>();

  constructor(values: AuthorValues) {
    this.#values = values;
  }

  /** Reads the names, so that the first question does not wait; other work runs now and then. */
  async prepareInPieces(signal?: AbortSignal): Promise<void> {
    while (this.#people.length < this.#values.size) {
      this.#read(this.#people.length + READ_AT_ONCE);
      await pause(signal);
    }
  }

  /** Reads the names at once. Returns the people by the numbers of the values. */
  prepare(): readonly string[] {
    this.#read(this.#values.size);
    return this.#people;
  }

  /** Reads the names of the values below a number that are not read yet. */
  #read(end: number): void {
    for (let value = this.#people.length; value < Math.min(end, this.#values.size); value++) {
      const person = personOf(this.#values.at(value));
      this.#people.push(person);
      const words = person.split(' ');
      for (const word of new Set(words)) if (word.length > 1) add(this.#byWord, word, value);
      if (words.length > 1) add(this.#solid, words.join(''), value);
    }
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

  /** The papers of several values. */
  papersOf(values: readonly number[]): ReadonlySet<number> {
    const papers = new Set<number>();
    for (const value of values) for (const doc of this.#values.documentsOf(value)) papers.add(doc);
    return papers;
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
