import type { ArtifactFile } from './artifact.ts';
import { corrupt } from './corrupt.ts';
import type { DocumentIndex } from './document-index.ts';

/** The vectors of a snapshot as they were encoded. They stay on disk: few are read to answer a query. */
export class VectorRows {
  readonly #file: ArtifactFile;
  readonly #later: ArtifactFile | undefined;
  readonly #index: DocumentIndex;
  readonly #row: Float32Array;
  readonly #bytes: Uint8Array;

  /**
   * @param later the file of the vectors that are not in the main one: see `Placement`.
   * @param dimension components of a vector.
   * @throws PaperSearchError INDEX_CORRUPT for a file of another size.
   */
  constructor(file: ArtifactFile, later: ArtifactFile | undefined, index: DocumentIndex, dimension: number) {
    const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
    const { mainRows, placement } = index.places;
    if (file.bytes !== mainRows * rowBytes) throw corrupt(file.path, 'it is of another size');
    if ((later?.bytes ?? 0) !== placement.laterDocs.length * rowBytes)
      throw corrupt((later ?? file).path, 'it is of another size');
    this.#file = file;
    this.#later = later;
    this.#index = index;
    this.#row = new Float32Array(dimension);
    this.#bytes = new Uint8Array(this.#row.buffer);
  }

  /**
   * The vector of a document: `dimension` components, L2-normalised; valid until the next call.
   * @throws PaperSearchError INDEX_CORRUPT when it is damaged.
   */
  read(doc: number): Float32Array {
    this.#readRun(doc, this.#bytes);
    return this.#row;
  }

  /** The CRC-32 of the bytes of each vector, by position. */
  get checksums(): Uint32Array {
    return this.#index.arrays.vectorChecksums;
  }

  /**
   * The bytes of the vectors of documents that follow one another.
   * @param from the first. @param count how many. @throws PaperSearchError INDEX_CORRUPT when one is damaged.
   */
  readRows(from: number, count: number): Uint8Array {
    const { length } = this.#bytes;
    const rows = new Uint8Array(count * length);
    for (let doc = from; doc < from + count; ) {
      const end = doc + this.#index.places.runFrom(doc, from + count - doc);
      this.#readRun(doc, rows.subarray((doc - from) * length, (end - from) * length));
      doc = end;
    }
    return rows;
  }

  /** All vectors: n × dimension, row-major. */
  readAll(): Float32Array {
    return new Float32Array(this.readRows(0, this.#index.size).buffer);
  }

  /** Reads vectors that follow one another in a file. @param from the document of the first. */
  #readRun(from: number, rows: Uint8Array): void {
    const { length } = this.#bytes;
    const { row, isLater } = this.#index.record(from);
    const file = isLater ? this.#later! : this.#file;
    file.readAt(row * length, rows);
    for (let at = 0, doc = from; at < rows.length; at += length, doc++) {
      if (!this.#index.isVector(doc, rows.subarray(at, at + length)))
        throw corrupt(file.path, `the vector of paper ${doc + 1} does not match its checksum`);
    }
  }
}
