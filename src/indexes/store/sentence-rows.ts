import { quantize } from '../vectors/quantize.ts';
import type { ArtifactFile } from './artifact.ts';
import { checksumOf } from './checksum.ts';
import { corrupt } from './corrupt.ts';

/*
 * The file of the vectors of sentences: for each paper the rows of its sentences, one after another; then, for each
 * paper, the number of rows before it and the CRC-32 of its rows; the number of all rows; and the CRC-32 of these
 * numbers. A row is a scale (32-bit float) and a code of 8 bits per component. All little-endian.
 */

const SCALE_BYTES = 4;
const NUMBER_BYTES = 4;

/**
 * The rows of the sentences of a paper as they are stored: 8 bits per component, like the codes that papers are scanned
 * by. @param vectors n × dimension, row-major, each row L2-normalised.
 */
export function sentenceRows(vectors: Float32Array, dimension: number): Uint8Array {
  const rowBytes = SCALE_BYTES + dimension;
  const count = vectors.length / dimension;
  const rows = new Uint8Array(count * rowBytes);
  const view = new DataView(rows.buffer);
  for (let row = 0; row < count; row++) {
    const codes = new Int8Array(rows.buffer, row * rowBytes + SCALE_BYTES, dimension);
    const { scale } = quantize(vectors.subarray(row * dimension, (row + 1) * dimension), codes);
    view.setFloat32(row * rowBytes, scale, true);
  }
  return rows;
}

/** Collects what the end of the file says about the rows before it. */
export class SentenceRowsEnd {
  readonly #rowBytes: number;
  readonly #numbers: number[] = [];
  #rows = 0;

  constructor(dimension: number) {
    this.#rowBytes = SCALE_BYTES + dimension;
  }

  /** Takes the rows of the next paper. */
  add(rows: Uint8Array): void {
    this.#numbers.push(this.#rows, checksumOf(rows));
    this.#rows += rows.length / this.#rowBytes;
  }

  /** The end of the file. */
  finish(): Uint8Array {
    const end = Buffer.alloc((this.#numbers.length + 2) * NUMBER_BYTES);
    [...this.#numbers, this.#rows].forEach((number, i) => {
      end.writeUInt32LE(number, i * NUMBER_BYTES);
    });
    end.writeUInt32LE(checksumOf(end.subarray(0, -NUMBER_BYTES)), end.length - NUMBER_BYTES);
    return end;
  }
}

/** The vectors of the sentences of the papers of a snapshot. They stay on disk: few are read to answer a query. */
export class SentenceRows {
  readonly #file: ArtifactFile;
  readonly #dimension: number;
  readonly #end: Buffer;

  /** @param papers of the snapshot. @throws PaperSearchError INDEX_CORRUPT when the file is damaged. */
  constructor(file: ArtifactFile, papers: number, dimension: number) {
    this.#file = file;
    this.#dimension = dimension;
    this.#end = Buffer.alloc((2 * papers + 2) * NUMBER_BYTES);
    if (file.bytes < this.#end.length) throw corrupt(file.path, 'it is of another size');
    file.readAt(file.bytes - this.#end.length, this.#end);
    const checksum = this.#end.readUInt32LE(this.#end.length - NUMBER_BYTES);
    if (checksumOf(this.#end.subarray(0, -NUMBER_BYTES)) !== checksum) {
      throw corrupt(file.path, 'its end does not match its checksum');
    }
    if (file.bytes !== this.#startOf(papers) * this.#rowBytes + this.#end.length) {
      throw corrupt(file.path, 'it is of another size');
    }
  }

  /** How many sentences of a paper have a vector. */
  count(doc: number): number {
    return this.#startOf(doc + 1) - this.#startOf(doc);
  }

  /** The rows of a paper as they are stored. @throws PaperSearchError INDEX_CORRUPT when they are damaged. */
  readRows(doc: number): Uint8Array {
    const rows = new Uint8Array(this.count(doc) * this.#rowBytes);
    this.#file.readAt(this.#startOf(doc) * this.#rowBytes, rows);
    if (checksumOf(rows) === this.#end.readUInt32LE((2 * doc + 1) * NUMBER_BYTES)) return rows;
    throw corrupt(this.#file.path, `the sentences of paper ${doc + 1} do not match their checksum`);
  }

  /**
   * The vectors of the sentences of a paper: n × dimension, row-major, each row as long as the vector was that was stored,
   * up to the error of its codes. @throws PaperSearchError INDEX_CORRUPT when they are damaged.
   */
  read(doc: number): Float32Array {
    const rows = this.readRows(doc);
    const view = new DataView(rows.buffer);
    const vectors = new Float32Array(this.count(doc) * this.#dimension);
    for (let row = 0; row < this.count(doc); row++) {
      const scale = view.getFloat32(row * this.#rowBytes, true);
      const codes = new Int8Array(rows.buffer, row * this.#rowBytes + SCALE_BYTES, this.#dimension);
      for (let i = 0; i < this.#dimension; i++) vectors[row * this.#dimension + i] = scale * codes[i]!;
    }
    return vectors;
  }

  get #rowBytes(): number {
    return SCALE_BYTES + this.#dimension;
  }

  /** Rows before a paper; all rows for the number after the last one. */
  #startOf(doc: number): number {
    return this.#end.readUInt32LE(2 * doc * NUMBER_BYTES);
  }
}
