import { Growable } from '../binary/growable.ts';
import { areBelow, sumOf } from '../binary/numbers.ts';

/*
 * The records and vectors of the papers of a snapshot are rows of its main files, in the order of the papers, or of its later
 * files. After a change of few papers, the main files are those of the snapshot before as they are: rows that no paper has
 * any more stay in them, and what is new or differs is in the later files, which every change writes whole.
 */

/** Which papers are in the later files, and which rows of the main files no paper has. */
export interface Placement {
  /** Papers whose record and vector are in the later files, ascending. */
  readonly laterDocs: Uint32Array;
  /** Unused rows of the main files, ascending, and how many bytes the record of each has. */
  readonly goneRows: Uint32Array;
  readonly goneBytes: Uint32Array;
}

/** Of a snapshot whose main files have all. */
export const ALL_IN_MAIN: Placement = {
  laterDocs: new Uint32Array(0),
  goneRows: new Uint32Array(0),
  goneBytes: new Uint32Array(0),
};

/**
 * Rows of main files from which on a change of few papers leaves them as they are. Fewer are written whole in less than a
 * second, and then the same papers are the same files however they came in.
 */
export const KEPT_FROM = 50_000;
/** The later files and what is gone of the main ones may have this share of the rows of these; then all is written in one again. */
const MAX_SHARE = 1 / 8;

/** Where the record of a paper is, in bytes, and its vector. */
export interface Place {
  /** Whether they are in the later files. */
  readonly isLater: boolean;
  readonly row: number;
  readonly start: number;
  readonly bytes: number;
}

/** The places of the papers of a snapshot. */
export class Places {
  readonly placement: Placement;
  /** Rows of the main files. */
  readonly mainRows: number;
  readonly #recordBytes: Uint32Array;
  /** Where each record begins: beyond 32 bits in a large index. */
  readonly #starts: Float64Array;
  /** The row of each paper, -1 minus that for one in the later files; undefined where it is the position. */
  readonly #rows: Int32Array | undefined;

  /**
   * @param recordBytes of each paper.
   * @returns undefined for a placement that does not fit.
   */
  static of(recordBytes: Uint32Array, placement: Placement): Places | undefined {
    const { laterDocs, goneRows, goneBytes } = placement;
    const fits =
      isIncreasing(laterDocs) &&
      isIncreasing(goneRows) &&
      goneRows.length === goneBytes.length &&
      areBelow(laterDocs, recordBytes.length) &&
      areBelow(goneRows, recordBytes.length - laterDocs.length + goneRows.length);
    return fits ? new Places(recordBytes, placement) : undefined;
  }

  private constructor(recordBytes: Uint32Array, placement: Placement) {
    const { laterDocs, goneRows, goneBytes } = placement;
    this.placement = placement;
    this.mainRows = recordBytes.length - laterDocs.length + goneRows.length;
    this.#recordBytes = recordBytes;
    const starts = new Float64Array(recordBytes.length);
    const rows = laterDocs.length + goneRows.length > 0 ? new Int32Array(recordBytes.length) : undefined;
    let [row, start, later, laterStart, gone] = [0, 0, 0, 0, 0];
    for (let doc = 0; doc < recordBytes.length; doc++) {
      if (laterDocs[later] === doc) {
        rows![doc] = -1 - later++;
        starts[doc] = laterStart;
        laterStart += recordBytes[doc]!;
        continue;
      }
      for (; goneRows[gone] === row; row++) start += goneBytes[gone++]!;
      if (rows) rows[doc] = row;
      row++;
      starts[doc] = start;
      start += recordBytes[doc]!;
    }
    this.#starts = starts;
    this.#rows = rows;
  }

  /** @param doc position of a paper. */
  at(doc: number): Place {
    const row = this.#rows?.[doc] ?? doc;
    const isLater = row < 0;
    return {
      isLater,
      row: isLater ? -1 - row : row,
      start: this.#starts[doc]!,
      bytes: this.#recordBytes[doc]!,
    };
  }

  /** Bytes of the records of the main file, and of those of the later one. */
  get totalBytes(): { readonly main: number; readonly later: number } {
    const { laterDocs, goneBytes } = this.placement;
    let later = 0;
    for (const doc of laterDocs) later += this.#recordBytes[doc]!;
    return { main: sumOf(this.#recordBytes) - later + sumOf(goneBytes), later };
  }

  /** How many papers from one on, at most `count`, follow one another in the same file. */
  runFrom(doc: number, count: number): number {
    const rows = this.#rows;
    if (!rows) return count;
    // Rows of the later files are counted downwards.
    const step = rows[doc]! < 0 ? -1 : 1;
    let length = 1;
    while (length < count && rows[doc + length] === rows[doc]! + step * length) length++;
    return length;
  }

  /**
   * The placement of a changed snapshot that has these main files; undefined where they should be written again.
   * @param size papers of the new snapshot.
   * @param stays position before of a paper whose record and vector are as before, ascending; -1 for the others.
   * @param from rows of the main files below which they are always written again.
   */
  after(size: number, stays: (doc: number) => number, from: number): Placement | undefined {
    if (this.mainRows < from) return undefined;
    const laterDocs = new Growable(Uint32Array);
    const isInUse = new Uint8Array(this.mainRows);
    for (let doc = 0; doc < size; doc++) {
      const before = stays(doc);
      const row = before < 0 ? -1 : (this.#rows?.[before] ?? before);
      if (row < 0) laterDocs.push(doc);
      else isInUse[row] = 1;
    }
    const goneCount = this.mainRows - (size - laterDocs.length);
    if (laterDocs.length + goneCount > this.mainRows * MAX_SHARE) return undefined;
    const goneRows = new Uint32Array(goneCount);
    for (let row = 0, gone = 0; gone < goneCount; row++) if (isInUse[row] === 0) goneRows[gone++] = row;
    return { laterDocs: laterDocs.trimmed(), goneRows, goneBytes: this.#bytesOf(goneRows) };
  }

  /** The bytes of the records in rows of the main file. */
  #bytesOf(wanted: Uint32Array): Uint32Array {
    const { goneRows, goneBytes } = this.placement;
    const bytes = new Uint32Array(this.mainRows);
    for (let doc = 0; doc < this.#recordBytes.length; doc++) {
      const row = this.#rows?.[doc] ?? doc;
      if (row >= 0) bytes[row] = this.#recordBytes[doc]!;
    }
    goneRows.forEach((row, n) => {
      bytes[row] = goneBytes[n]!;
    });
    return wanted.map((row) => bytes[row]!);
  }
}

function isIncreasing(numbers: Uint32Array): boolean {
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! <= numbers[i - 1]!) return false;
  return true;
}
