import { type NamedArrays, packArrays, unpackArrays } from '../binary/arrays.ts';
import { PackedTexts, packTexts } from '../binary/packed-texts.ts';
import { checksumOf } from './checksum.ts';

/** Where the record and the vector of every document are, and what they should be. */
export interface DocumentArrays extends NamedArrays {
  /** Bytes of each record, its line end included; records lie one after another. */
  readonly recordBytes: Uint32Array;
  readonly recordChecksums: Uint32Array;
  readonly vectorChecksums: Uint32Array;
  /** The ids in UTF-8, one after another, in the order of their UTF-16 code units. */
  readonly idBytes: Uint8Array;
  readonly idEnds: Uint32Array;
}

const KIND = 'document index';

/** Everything about the documents of a snapshot that searching needs at hand. */
export class DocumentIndex {
  readonly size: number;
  readonly #arrays: DocumentArrays;
  /** Where each record begins: beyond 32 bits in a large index. */
  readonly #recordStarts: Float64Array;
  readonly #ids: PackedTexts;

  /** @throws PaperSearchError INDEX_CORRUPT for bytes that are no document index. */
  constructor(bytes: Uint8Array) {
    this.#arrays = unpackArrays<DocumentArrays>(KIND, bytes);
    const { recordBytes, idBytes, idEnds } = this.#arrays;
    this.size = recordBytes.length;
    this.#ids = new PackedTexts({ bytes: idBytes, ends: idEnds });
    this.#recordStarts = new Float64Array(this.size);
    for (let doc = 1; doc < this.size; doc++) {
      this.#recordStarts[doc] = this.#recordStarts[doc - 1]! + recordBytes[doc - 1]!;
    }
  }

  /** The position of the paper with an id; -1 when there is none. */
  find(id: string): number {
    const doc = this.#ids.lowerBound(id);
    return doc < this.size && this.#ids.at(doc) === id ? doc : -1;
  }

  /** The place of a document's record in the file of papers, in bytes. */
  record(doc: number): { readonly start: number; readonly bytes: number } {
    return { start: this.#recordStarts[doc]!, bytes: this.#arrays.recordBytes[doc]! };
  }

  isRecord(doc: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.recordChecksums[doc];
  }

  isVector(doc: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.vectorChecksums[doc];
  }
}

/**
 * The document index of a snapshot, as bytes in parts.
 * @param ids sorted. @param records one a document. @param vectors the bytes of each document's vector.
 */
export function packDocumentIndex(
  ids: readonly string[],
  records: readonly Uint8Array[],
  vectors: readonly Uint8Array[],
): Uint8Array[] {
  const { bytes: idBytes, ends: idEnds } = packTexts(ids);
  const arrays: DocumentArrays = {
    recordBytes: Uint32Array.from(records, ({ length }) => length),
    recordChecksums: Uint32Array.from(records, (record) => checksumOf(record)),
    vectorChecksums: Uint32Array.from(vectors, (vector) => checksumOf(vector)),
    idBytes,
    idEnds,
  };
  return packArrays(KIND, arrays);
}
