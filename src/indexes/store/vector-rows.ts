import type { ArtifactFile } from './artifact.ts';
import { corrupt } from './corrupt.ts';
import type { DocumentIndex } from './document-index.ts';

/** The vectors of a snapshot as they were encoded. They stay on disk: few are read to answer a query. */
export class VectorRows {
  readonly #file: ArtifactFile;
  readonly #index: DocumentIndex;
  readonly #row: Float32Array;
  readonly #bytes: Uint8Array;

  /** @param dimension components of a vector. @throws PaperSearchError INDEX_CORRUPT for a file of another size. */
  constructor(file: ArtifactFile, index: DocumentIndex, dimension: number) {
    const rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
    if (file.bytes !== index.size * rowBytes) throw corrupt(file.path, 'it is of another size');
    this.#file = file;
    this.#index = index;
    this.#row = new Float32Array(dimension);
    this.#bytes = new Uint8Array(this.#row.buffer);
  }

  /**
   * The vector of a document: `dimension` components, L2-normalised; valid until the next call.
   * @throws PaperSearchError INDEX_CORRUPT when it is damaged.
   */
  read(doc: number): Float32Array {
    this.#file.readAt(doc * this.#bytes.length, this.#bytes);
    if (this.#index.isVector(doc, this.#bytes)) return this.#row;
    throw corrupt(this.#file.path, `the vector of paper ${doc + 1} does not match its checksum`);
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
    this.#file.readAt(from * length, rows);
    for (let n = 0; n < count; n++) {
      if (!this.#index.isVector(from + n, rows.subarray(n * length, (n + 1) * length)))
        throw corrupt(this.#file.path, `the vector of paper ${from + n + 1} does not match its checksum`);
    }
    return rows;
  }

  /** All vectors: n × dimension, row-major. */
  readAll(): Float32Array {
    const vectors = new Float32Array(this.#index.size * this.#row.length);
    this.#file.readWhole(new Uint8Array(vectors.buffer));
    return vectors;
  }
}
