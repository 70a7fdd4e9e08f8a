import type { RecordFacts, StoredRecordFacts } from '../indexes/store/record-facts.ts';

/**
 * The records of the previous snapshot while a change is made. They stay in the arrays that the snapshot keeps of them: of a
 * million records, few are changed, or connected with what is, and only of these are there objects.
 */
export class KeptRecords<R> {
  readonly facts: StoredRecordFacts;
  readonly #make: (facts: RecordFacts, doc: number, nth: number) => R;
  /** Objects by the numbers of records. What was changed is changed in these. */
  readonly #made = new Map<number, R>();
  /** 1 for each record that was removed. */
  readonly #isRemoved: Uint8Array;
  #size: number;

  /** @param make makes the object of a record. @param nth of the records of its paper, which is at `doc`. */
  constructor(facts: StoredRecordFacts, make: (facts: RecordFacts, doc: number, nth: number) => R) {
    this.facts = facts;
    this.#make = make;
    this.#isRemoved = new Uint8Array(facts.size);
    this.#size = facts.size;
  }

  /** How many there are, without those that were removed. */
  get size(): number {
    return this.#size;
  }

  /** The records that there are objects of, in the order in which these were made. */
  get made(): Iterable<R> {
    return this.#made.values();
  }

  /** All records. There are objects of all of them afterwards. */
  *[Symbol.iterator](): Generator<R> {
    for (let number = 0; number < this.facts.size; number++)
      if (this.#isRemoved[number] === 0) yield this.#at(number);
  }

  /** The records with an id in a file. */
  find(file: string, id: string): R[] {
    const numbers = this.facts.find(file, id).filter((number) => this.#isRemoved[number] === 0);
    return numbers.map((number) => this.#at(number));
  }

  /** The records of a paper. @param doc its position in the previous snapshot. */
  of(doc: number): R[] {
    return this.#numbersOf(doc).map((number) => this.#at(number));
  }

  /** As `of`, for one use: objects that are made for it are not kept, so what is changed in them is lost. */
  peekOf(doc: number): R[] {
    const { first } = this.facts.extentOf(doc);
    return this.#numbersOf(doc).map((number) => this.#peek(number, doc, number - first));
  }

  /** The records that are wanted. */
  filter(isWanted: (record: R) => boolean): R[] {
    return this.#numbersOfAll(isWanted).map((number) => this.#at(number));
  }

  /** Removes records. @returns how many. */
  remove(isUnwanted: (record: R) => boolean): number {
    const numbers = this.#numbersOfAll(isUnwanted);
    for (const number of numbers) {
      this.#isRemoved[number] = 1;
      this.#made.delete(number);
    }
    this.#size -= numbers.length;
    return numbers.length;
  }

  /** The positions of the papers that lost records; one for each record. */
  *lessened(): Generator<number> {
    if (this.#size === this.facts.size) return;
    for (
      let number = this.#isRemoved.indexOf(1);
      number >= 0;
      number = this.#isRemoved.indexOf(1, number + 1)
    )
      yield this.facts.docOf(number);
  }

  /** The files that they are of, in the order of their first records. */
  files(): string[] {
    const { names, arrays } = this.facts;
    const found = new Set<number>();
    for (let number = 0, last = -1; number < this.facts.size; number++) {
      const file = arrays.files[number]!;
      if (file === last || this.#isRemoved[number] === 1) continue;
      found.add(file);
      last = file;
    }
    return Array.from(found, (file) => names[file]!);
  }

  #numbersOf(doc: number): number[] {
    const { first, count } = this.facts.extentOf(doc);
    const numbers = Array.from({ length: count }, (_, nth) => first + nth);
    return numbers.filter((number) => this.#isRemoved[number] === 0);
  }

  #numbersOfAll(isWanted: (record: R) => boolean): number[] {
    const numbers: number[] = [];
    const { counts } = this.facts.arrays;
    let number = 0;
    for (let doc = 0; doc < counts.length; doc++) {
      for (let nth = 0; nth < counts[doc]!; nth++, number++) {
        if (this.#isRemoved[number] === 0 && isWanted(this.#peek(number, doc, nth))) numbers.push(number);
      }
    }
    return numbers;
  }

  #at(number: number): R {
    const known = this.#made.get(number);
    if (known !== undefined) return known;
    const doc = this.facts.docOf(number);
    const made = this.#make(this.facts.at(number), doc, number - this.facts.extentOf(doc).first);
    this.#made.set(number, made);
    return made;
  }

  #peek(number: number, doc: number, nth: number): R {
    return this.#made.get(number) ?? this.#make(this.facts.at(number), doc, nth);
  }
}
