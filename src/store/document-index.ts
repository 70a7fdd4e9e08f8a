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
  /** Other ids of papers, likewise, and the documents that they lead to. */
  readonly aliasBytes: Uint8Array;
  readonly aliasEnds: Uint32Array;
  readonly aliasDocs: Uint32Array;
  /** Source records that are kept for each document, their bytes and checksums; they lie one after another. */
  readonly sourceCounts: Uint32Array;
  readonly sourceBytes: Uint32Array;
  readonly sourceChecksums: Uint32Array;
}

const KIND = 'document index';

/** A piece of a file. */
export interface Extent {
  readonly start: number;
  readonly bytes: number;
}

/** Everything about the documents of a snapshot that searching needs at hand. */
export class DocumentIndex {
  readonly size: number;
  readonly #arrays: DocumentArrays;
  /** Where each record begins: beyond 32 bits in a large index. */
  readonly #recordStarts: Float64Array;
  readonly #ids: PackedTexts;
  readonly #aliases: PackedTexts;

  /** @throws PaperSearchError INDEX_CORRUPT for bytes that are no document index. */
  constructor(bytes: Uint8Array) {
    const found = unpackArrays<DocumentArrays>(KIND, bytes);
    // Snapshots of before 0.2 know neither aliases nor sources.
    this.#arrays = { ...withoutSources(found.recordBytes.length), ...found };
    const { recordBytes, idBytes, idEnds, aliasBytes, aliasEnds } = this.#arrays;
    this.size = recordBytes.length;
    this.#ids = new PackedTexts({ bytes: idBytes, ends: idEnds });
    this.#aliases = new PackedTexts({ bytes: aliasBytes, ends: aliasEnds });
    this.#recordStarts = startsOf(recordBytes);
  }

  /** The position of the paper with an id, or that an alias leads to; -1 when there is none. */
  find(id: string): number {
    const doc = this.#ids.lowerBound(id);
    if (doc < this.size && this.#ids.at(doc) === id) return doc;
    const alias = this.#aliases.lowerBound(id);
    const isFound = alias < this.#aliases.size && this.#aliases.at(alias) === id;
    return isFound ? this.#arrays.aliasDocs[alias]! : -1;
  }

  /** The place of a document's record in the file of papers, in bytes. */
  record(doc: number): Extent {
    return { start: this.#recordStarts[doc]!, bytes: this.#arrays.recordBytes[doc]! };
  }

  isRecord(doc: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.recordChecksums[doc];
  }

  isVector(doc: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.vectorChecksums[doc];
  }

  /** How many source records are kept for each document. */
  get sourceCounts(): Uint32Array {
    return this.#arrays.sourceCounts;
  }

  /** The places of all source records in their file, in bytes. */
  sourceExtents(): Extent[] {
    const { sourceBytes } = this.#arrays;
    const starts = startsOf(sourceBytes);
    return Array.from(sourceBytes, (bytes, number) => ({ start: starts[number]!, bytes }));
  }

  /** @param number of the source record among all. */
  isSource(number: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.sourceChecksums[number];
  }
}

/** What a document index is made of; all by position. */
export interface DocumentFacts {
  /** Sorted. */
  readonly ids: readonly string[];
  readonly aliases: readonly (readonly string[])[];
  readonly records: readonly Uint8Array[];
  /** The source records that are kept, by document. */
  readonly sources: readonly (readonly Uint8Array[])[];
  /** The bytes of each document's vector. */
  readonly vectors: readonly Uint8Array[];
}

/** The document index of a snapshot, as bytes in parts. */
export function packDocumentIndex({ ids, aliases, records, sources, vectors }: DocumentFacts): Uint8Array[] {
  const { bytes: idBytes, ends: idEnds } = packTexts(ids);
  const others = aliases
    .flatMap((names, doc) => names.map((alias) => ({ alias, doc })))
    .sort((a, b) => (a.alias === b.alias ? a.doc - b.doc : a.alias < b.alias ? -1 : 1));
  const { bytes: aliasBytes, ends: aliasEnds } = packTexts(others.map(({ alias }) => alias));
  const kept = sources.flat();
  const arrays: DocumentArrays = {
    recordBytes: Uint32Array.from(records, ({ length }) => length),
    recordChecksums: Uint32Array.from(records, (record) => checksumOf(record)),
    vectorChecksums: Uint32Array.from(vectors, (vector) => checksumOf(vector)),
    idBytes,
    idEnds,
    aliasBytes,
    aliasEnds,
    aliasDocs: Uint32Array.from(others, ({ doc }) => doc),
    sourceCounts: Uint32Array.from(sources, ({ length }) => length),
    sourceBytes: Uint32Array.from(kept, ({ length }) => length),
    sourceChecksums: Uint32Array.from(kept, (record) => checksumOf(record)),
  };
  return packArrays(KIND, arrays);
}

function withoutSources(size: number) {
  return {
    aliasBytes: new Uint8Array(0),
    aliasEnds: new Uint32Array(0),
    aliasDocs: new Uint32Array(0),
    sourceCounts: new Uint32Array(size),
    sourceBytes: new Uint32Array(0),
    sourceChecksums: new Uint32Array(0),
  };
}

/** Where each of the pieces that lie one after another begins. */
function startsOf(sizes: Uint32Array): Float64Array {
  const starts = new Float64Array(sizes.length);
  for (let n = 1; n < sizes.length; n++) starts[n] = starts[n - 1]! + sizes[n - 1]!;
  return starts;
}
