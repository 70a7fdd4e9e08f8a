/** Numbers of a page; those of a file of an earlier version lack the last. */
const COLUMNS = 8;
const EARLIER_COLUMNS = COLUMNS - 1;

/** What the table of pages has of a page of postings (`posting-pages.ts`). */
export const PageColumn = {
  /** The words that its documents and its frequencies begin in. */
  documents: 0,
  frequencies: 1,
  /** Where the positions of its first posting begin in memory. */
  positions: 2,
  /** The document of the posting before it; counts where both are of one term. */
  documentBefore: 3,
  /** The bits of the two words (five each), and the context of its first frequency. */
  bits: 4,
  /** Of the words of its documents and frequencies; of its positions as they are stored. */
  postingsChecksum: 5,
  positionsChecksum: 6,
  /** Where its positions begin as they are stored. */
  positionCodes: 7,
} as const;
type Column = (typeof PageColumn)[keyof typeof PageColumn];

/** The table of the pages of a segment: a row of numbers a page. */
export class PageTable {
  /** As a file has them. */
  readonly numbers: Uint32Array;
  readonly pages: number;
  readonly #columns: number;

  /** @param numbers of a file. @returns undefined where they are not of so many pages. */
  static of(numbers: Uint32Array, pages: number, arePositionsPacked: boolean): PageTable | undefined {
    const columns = arePositionsPacked ? COLUMNS : EARLIER_COLUMNS;
    return numbers.length === pages * columns ? new PageTable(numbers, pages, columns) : undefined;
  }

  /** A table of zeros. */
  static empty(pages: number): PageTable {
    return new PageTable(new Uint32Array(pages * COLUMNS), pages, COLUMNS);
  }

  private constructor(numbers: Uint32Array, pages: number, columns: number) {
    this.numbers = numbers;
    this.pages = pages;
    this.#columns = columns;
  }

  at(page: number, column: Column): number {
    return this.numbers[page * this.#columns + column]!;
  }

  set(page: number, column: Column, value: number): void {
    this.numbers[page * this.#columns + column] = value;
  }

  /** From where a page begins to where the next one does. @param length where the last one ends. */
  range(page: number, column: Column, length: number): [number, number] {
    return [this.at(page, column), page + 1 < this.pages ? this.at(page + 1, column) : length];
  }

  /** The words of a stream that a page is decoded from: up to the one after that in which the next page begins. */
  words(page: number, column: Column, length: number): [number, number] {
    const [from, next] = this.range(page, column, length);
    return [from, page + 1 < this.pages ? Math.min(next + 2, length) : length];
  }
}
