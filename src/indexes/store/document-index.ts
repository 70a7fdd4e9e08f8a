import { PaperSearchError } from '../../errors.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../binary/arrays.ts';
import { Growable } from '../binary/growable.ts';
import { areBelow, isAscending, sumOf } from '../binary/numbers.ts';
import { PackedTexts, packTexts } from '../binary/packed-texts.ts';
import { TextWriter } from '../binary/text-writer.ts';
import { checksumOf } from './checksum.ts';
import { ALL_IN_MAIN, type Place, type Placement, Places } from './placement.ts';

/** Where the record and the vector of every document are, and what they should be. */
export interface DocumentArrays extends NamedArrays {
  /** Bytes of each record, its line end included. Where they are: see `Places`. */
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
  /** Source records that are kept for each document, their bytes and checksums; they are stored consecutively. */
  readonly sourceCounts: Uint32Array;
  readonly sourceBytes: Uint32Array;
  readonly sourceChecksums: Uint32Array;
  /** As in `Placement`; absent from a file of which all records and vectors are in the main files. */
  readonly laterDocs: Uint32Array;
  readonly goneRows: Uint32Array;
  readonly goneBytes: Uint32Array;
}

const KIND = 'document index';

/** A piece of a file. */
export interface Extent {
  readonly start: number;
  readonly bytes: number;
}

/** What searching needs in memory about the documents of a snapshot. */
export class DocumentIndex {
  readonly size: number;
  readonly #arrays: DocumentArrays;
  /** Where the records and vectors are. */
  readonly places: Places;
  #sourceStarts: Float64Array | undefined;
  readonly #ids: PackedTexts;
  readonly #aliases: PackedTexts;

  /** @throws PaperSearchError INDEX_CORRUPT for bytes that are not a document index. */
  constructor(bytes: Uint8Array) {
    const found = unpackArrays<DocumentArrays>(KIND, bytes);
    // Earlier snapshots of this format have neither aliases nor sources.
    this.#arrays = { ...withoutSources(found.recordBytes?.length ?? 0), ...ALL_IN_MAIN, ...found };
    const places = fits(this.#arrays) ? Places.of(this.#arrays.recordBytes, this.#arrays) : undefined;
    if (!places)
      throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} has parts that do not fit together.`);
    this.places = places;
    const { recordBytes, idBytes, idEnds, aliasBytes, aliasEnds } = this.#arrays;
    this.size = recordBytes.length;
    this.#ids = new PackedTexts({ bytes: idBytes, ends: idEnds });
    this.#aliases = new PackedTexts({ bytes: aliasBytes, ends: aliasEnds });
  }

  /** The position of the paper with an id, or that an alias leads to; -1 when there is none. */
  find(id: string): number {
    const doc = this.#ids.lowerBound(id);
    if (doc < this.size && this.#ids.at(doc) === id) return doc;
    const alias = this.#aliases.lowerBound(id);
    const isFound = alias < this.#aliases.size && this.#aliases.at(alias) === id;
    return isFound ? this.#arrays.aliasDocs[alias]! : -1;
  }

  /** How many documents have an id before this one. */
  countBefore(id: string): number {
    return this.#ids.lowerBound(id);
  }

  /** The id of a document. */
  idOf(doc: number): string {
    return this.#ids.at(doc);
  }

  /** The aliases of the documents that have any, ascending. */
  aliases(): Map<number, string[]> {
    const found = new Map<number, string[]>();
    for (let n = 0; n < this.#aliases.size; n++) {
      const doc = this.#arrays.aliasDocs[n]!;
      const known = found.get(doc);
      if (known) known.push(this.#aliases.at(n));
      else found.set(doc, [this.#aliases.at(n)]);
    }
    return found;
  }

  /** The place of a document's record and vector. */
  record(doc: number): Place {
    return this.places.at(doc);
  }

  /** Bytes of all records by file, and of all source records: those of their files. */
  get totalBytes(): { readonly records: number; readonly laterRecords: number; readonly sources: number } {
    const { main, later } = this.places.totalBytes;
    return { records: main, laterRecords: later, sources: sumOf(this.#arrays.sourceBytes) };
  }

  isRecord(doc: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.recordChecksums[doc];
  }

  isVector(doc: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.vectorChecksums[doc];
  }

  /** What the index is made of. */
  get arrays(): DocumentArrays {
    return this.#arrays;
  }

  /** How many source records are kept for each document. */
  get sourceCounts(): Uint32Array {
    return this.#arrays.sourceCounts;
  }

  /** The place of a source record in its file, in bytes; undefined where there is none. @param number among all. */
  source(number: number): Extent | undefined {
    const { sourceBytes } = this.#arrays;
    this.#sourceStarts ??= startsOf(sourceBytes);
    const bytes = sourceBytes[number];
    return bytes === undefined ? undefined : { start: this.#sourceStarts[number]!, bytes };
  }

  /** @param number of the source record among all. */
  isSource(number: number, bytes: Uint8Array): boolean {
    return checksumOf(bytes) === this.#arrays.sourceChecksums[number];
  }
}

/** A document that is added to a document index. */
export interface DocumentFacts {
  /** Greater than that of the document before. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** Its line in the file of papers, and the lines of its records that are kept. */
  readonly record: Uint8Array;
  readonly sources: readonly Uint8Array[];
}

/** Makes the document index of a snapshot, one document after another. */
export class DocumentIndexBuilder {
  readonly #ids = new TextWriter();
  readonly #aliases: { readonly alias: string; readonly doc: number }[] = [];
  readonly #recordBytes = new Growable(Uint32Array);
  readonly #recordChecksums = new Growable(Uint32Array);
  readonly #sourceCounts = new Growable(Uint32Array);
  readonly #sourceBytes = new Growable(Uint32Array);
  readonly #sourceChecksums = new Growable(Uint32Array);

  add({ id, aliases, record, sources }: DocumentFacts): void {
    const doc = this.#ids.size;
    this.#ids.push(id);
    for (const alias of aliases) this.#aliases.push({ alias, doc });
    this.#recordBytes.push(record.length);
    this.#recordChecksums.push(checksumOf(record));
    this.#sourceCounts.push(sources.length);
    for (const source of sources) {
      this.#sourceBytes.push(source.length);
      this.#sourceChecksums.push(checksumOf(source));
    }
  }

  /**
   * Adds documents of another index that follow one another there, with their records. Their aliases are added by
   * `addAliases`.
   * @param from the first. @param count how many. @param firstSource the number of their first source record.
   */
  addKept({ arrays }: DocumentIndex, from: number, count: number, firstSource: number): void {
    const end = from + count;
    this.#ids.append({ bytes: arrays.idBytes, ends: arrays.idEnds }, from, end);
    this.#recordBytes.append(arrays.recordBytes, from, end);
    this.#recordChecksums.append(arrays.recordChecksums, from, end);
    this.#sourceCounts.append(arrays.sourceCounts, from, end);
    const lastSource = firstSource + sumOf(arrays.sourceCounts.subarray(from, end));
    this.#sourceBytes.append(arrays.sourceBytes, firstSource, lastSource);
    this.#sourceChecksums.append(arrays.sourceChecksums, firstSource, lastSource);
  }

  /** Adds the aliases of documents of another index. @param docs the new position of each of its documents, -1 for none. */
  addAliases({ arrays }: DocumentIndex, docs: Int32Array): void {
    const aliases = new PackedTexts({ bytes: arrays.aliasBytes, ends: arrays.aliasEnds });
    for (let n = 0; n < aliases.size; n++) {
      const doc = docs[arrays.aliasDocs[n]!]!;
      if (doc >= 0) this.#aliases.push({ alias: aliases.at(n), doc });
    }
  }

  /**
   * The index as bytes in parts; more than once for snapshots that differ in their vectors only.
   * @param vectorChecksums the CRC-32 of the bytes of each document's vector.
   * @param placement where records and vectors are. Default: all in the main files.
   */
  finish(vectorChecksums: Uint32Array, placement?: Placement): Uint8Array[] {
    const aliases = this.#aliases.sort((a, b) =>
      a.alias === b.alias ? a.doc - b.doc : a.alias < b.alias ? -1 : 1,
    );
    const { bytes: aliasBytes, ends: aliasEnds } = packTexts(aliases.map(({ alias }) => alias));
    const ids = this.#ids.trimmed();
    const arrays: Omit<DocumentArrays, keyof Placement> = {
      recordBytes: this.#recordBytes.trimmed(),
      recordChecksums: this.#recordChecksums.trimmed(),
      vectorChecksums,
      idBytes: ids.bytes,
      idEnds: ids.ends,
      aliasBytes,
      aliasEnds,
      aliasDocs: Uint32Array.from(aliases, ({ doc }) => doc),
      sourceCounts: this.#sourceCounts.trimmed(),
      sourceBytes: this.#sourceBytes.trimmed(),
      sourceChecksums: this.#sourceChecksums.trimmed(),
    };
    return packArrays(KIND, { ...arrays, ...placement });
  }
}

/** Whether every document has all that it should, and no place is beyond its list. */
function fits(arrays: DocumentArrays): boolean {
  const { recordBytes, recordChecksums, vectorChecksums, idBytes, idEnds } = arrays;
  const { aliasBytes, aliasEnds, aliasDocs, sourceCounts, sourceBytes, sourceChecksums } = arrays;
  const present = [recordBytes, recordChecksums, vectorChecksums, idBytes, idEnds].every((array) => array);
  return (
    present &&
    [recordChecksums, vectorChecksums, idEnds, sourceCounts].every(
      ({ length }) => length === recordBytes.length,
    ) &&
    isAscending(idEnds, idBytes.length) &&
    isAscending(aliasEnds, aliasBytes.length) &&
    aliasDocs.length === aliasEnds.length &&
    areBelow(aliasDocs, recordBytes.length) &&
    sourceChecksums.length === sourceBytes.length &&
    sumOf(sourceCounts) === sourceBytes.length
  );
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

/** Where each of several consecutive pieces begins. */
function startsOf(sizes: Uint32Array): Float64Array {
  const starts = new Float64Array(sizes.length);
  for (let n = 1; n < sizes.length; n++) starts[n] = starts[n - 1]! + sizes[n - 1]!;
  return starts;
}
