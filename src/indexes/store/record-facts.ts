import { PaperSearchError } from '../../errors.ts';
import { lowerBound } from '../../util/lower-bound.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../binary/arrays.ts';
import { Growable } from '../binary/growable.ts';
import { areBelow, isAscending, sumOf } from '../binary/numbers.ts';
import { PackedTexts, packTexts } from '../binary/packed-texts.ts';
import { TextWriter } from '../binary/text-writer.ts';
import { hashesOf, RecordsById } from './records-by-id.ts';

const KIND = 'facts of records';
/** Bits of `flags`. */
const IS_GIVEN = 1;
const IS_PREPRINT = 2;
const IS_AUTHORED = 4;
const HAS_ABSTRACT = 8;
/** A year is stored with this added, so that there are none below 1; 0 where there is no year. */
const YEAR_SHIFT = 2 ** 31;

/** What an update needs to know of every record, without reading it. */
export interface RecordFacts {
  /** The record's own id, and whether the source gave it (else it was made of its content). */
  readonly id: string;
  readonly isGiven: boolean;
  readonly file: string;
  /** External ids with their kind, `arxiv:2101.11408`, each in one spelling; DOIs of preprints by their server. */
  readonly externalIds: readonly string[];
  readonly isPreprint: boolean;
  /** A number that equal titles have in common, whole and of 32 bits; 0 for none, and for no other title. */
  readonly titleHash: number;
  /** Whether it names authors. */
  readonly isAuthored: boolean;
  readonly year: number | undefined;
  readonly format: string;
  /** 1-based number within its file. */
  readonly number: number;
  readonly hasAbstract: boolean;
}

/** The facts of the records of a snapshot in arrays, paper after paper. */
interface FactArrays extends NamedArrays {
  /** How many records each paper has. */
  readonly counts: Uint32Array;
  readonly idBytes: Uint8Array;
  readonly idEnds: Uint32Array;
  readonly flags: Uint8Array;
  readonly titleHashes: Uint32Array;
  readonly years: Uint32Array;
  readonly numbers: Uint32Array;
  /** Places in `names`, and the names of all files and formats. */
  readonly files: Uint32Array;
  readonly formats: Uint32Array;
  readonly nameBytes: Uint8Array;
  readonly nameEnds: Uint32Array;
  /** How many external ids each record has, and all of them. */
  readonly externalCounts: Uint32Array;
  readonly externalBytes: Uint8Array;
  readonly externalEnds: Uint32Array;
}

/** Packs the facts of records, paper after paper. */
export class RecordFactsWriter {
  readonly #counts = new Growable(Uint32Array);
  readonly #ids = new TextWriter();
  readonly #flags = new Growable(Uint8Array);
  readonly #titleHashes = new Growable(Uint32Array);
  readonly #years = new Growable(Uint32Array);
  readonly #numbers = new Growable(Uint32Array);
  readonly #files = new Growable(Uint32Array);
  readonly #formats = new Growable(Uint32Array);
  readonly #names = new Map<string, number>();
  /** The numbers of the names of facts that records were taken from; -1 for one that is not known yet. */
  readonly #renumbered = new Map<StoredRecordFacts, Int32Array>();
  readonly #externalCounts = new Growable(Uint32Array);
  readonly #externals = new TextWriter();

  /** @param records of the next paper, the one that counts most first. */
  add(records: readonly RecordFacts[]): void {
    this.#counts.push(records.length);
    for (const record of records) {
      this.#ids.push(record.id);
      this.#flags.push(
        (record.isGiven ? IS_GIVEN : 0) |
          (record.isPreprint ? IS_PREPRINT : 0) |
          (record.isAuthored ? IS_AUTHORED : 0) |
          (record.hasAbstract ? HAS_ABSTRACT : 0),
      );
      this.#titleHashes.push(record.titleHash >>> 0);
      this.#years.push(record.year === undefined ? 0 : record.year + YEAR_SHIFT);
      this.#numbers.push(record.number);
      this.#files.push(this.#nameOf(record.file));
      this.#formats.push(this.#nameOf(record.format));
      this.#externalCounts.push(record.externalIds.length);
      for (const id of record.externalIds) this.#externals.push(id);
    }
  }

  /**
   * Adds the records of papers that follow one another in another snapshot, as they are.
   * @param from the first paper. @param count how many papers.
   */
  addKept(facts: StoredRecordFacts, from: number, count: number): void {
    const { arrays } = facts;
    const { first } = facts.extentOf(from);
    const last = facts.extentOf(from + count - 1);
    const end = last.first + last.count;
    this.#counts.append(arrays.counts, from, from + count);
    this.#ids.append({ bytes: arrays.idBytes, ends: arrays.idEnds }, first, end);
    this.#flags.append(arrays.flags, first, end);
    this.#titleHashes.append(arrays.titleHashes, first, end);
    this.#years.append(arrays.years, first, end);
    this.#numbers.append(arrays.numbers, first, end);
    const renumber = this.#namesOf(facts);
    for (let number = first; number < end; number++) {
      this.#files.push(renumber(arrays.files[number]!));
      this.#formats.push(renumber(arrays.formats[number]!));
    }
    this.#externalCounts.append(arrays.externalCounts, first, end);
    const externals = { bytes: arrays.externalBytes, ends: arrays.externalEnds };
    this.#externals.append(externals, facts.externalStart(first), facts.externalStart(end));
  }

  /** The file in parts. */
  finish(): Uint8Array[] {
    const names = packTexts([...this.#names.keys()]);
    const ids = this.#ids.trimmed();
    const externals = this.#externals.trimmed();
    const arrays: FactArrays = {
      counts: this.#counts.trimmed(),
      idBytes: ids.bytes,
      idEnds: ids.ends,
      flags: this.#flags.trimmed(),
      titleHashes: this.#titleHashes.trimmed(),
      years: this.#years.trimmed(),
      numbers: this.#numbers.trimmed(),
      files: this.#files.trimmed(),
      formats: this.#formats.trimmed(),
      nameBytes: names.bytes,
      nameEnds: names.ends,
      externalCounts: this.#externalCounts.trimmed(),
      externalBytes: externals.bytes,
      externalEnds: externals.ends,
    };
    return packArrays(KIND, arrays);
  }

  /** The number here of each name of other facts. */
  #namesOf(facts: StoredRecordFacts): (other: number) => number {
    const known = this.#renumbered.get(facts) ?? new Int32Array(facts.names.length).fill(-1);
    this.#renumbered.set(facts, known);
    return (other) => {
      if (known[other]! < 0) known[other] = this.#nameOf(facts.names[other]!);
      return known[other]!;
    };
  }

  #nameOf(name: string): number {
    const known = this.#names.get(name) ?? this.#names.size;
    this.#names.set(name, known);
    return known;
  }
}

/** The facts of the records of a snapshot, which have numbers in the order of their papers. */
export class StoredRecordFacts {
  /** All files and formats. */
  readonly names: readonly string[];
  readonly #arrays: FactArrays;
  readonly #ids: PackedTexts;
  readonly #externals: PackedTexts;
  /** The number of each paper's first record, and of each record's first external id. */
  readonly #firsts: Uint32Array;
  readonly #externalFirsts: Uint32Array;
  #byId: RecordsById | undefined;
  #externalHashes: Int32Array | undefined;

  /** @param papers of the snapshot. @throws PaperSearchError INDEX_CORRUPT for bytes that do not fit them. */
  constructor(bytes: Uint8Array, papers: number) {
    const arrays = unpackArrays<FactArrays>(KIND, bytes);
    if (!fits(arrays, papers)) {
      throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} have parts that do not fit together.`);
    }
    this.#arrays = arrays;
    this.#ids = new PackedTexts({ bytes: arrays.idBytes, ends: arrays.idEnds });
    const names = new PackedTexts({ bytes: arrays.nameBytes, ends: arrays.nameEnds });
    this.names = Array.from({ length: names.size }, (_, n) => names.at(n));
    this.#externals = new PackedTexts({ bytes: arrays.externalBytes, ends: arrays.externalEnds });
    this.#firsts = firstsOf(arrays.counts);
    this.#externalFirsts = firstsOf(arrays.externalCounts);
  }

  /** How many records there are. */
  get size(): number {
    return this.#arrays.flags.length;
  }

  /** What the facts are made of. */
  get arrays(): FactArrays {
    return this.#arrays;
  }

  /** The facts of the records of a paper, the one that counts most first. @param doc position of the paper. */
  of(doc: number): RecordFacts[] {
    const { first, count } = this.extentOf(doc);
    return Array.from({ length: count }, (_, nth) => this.at(first + nth));
  }

  /** The number of the first record of a paper, and how many it has. */
  extentOf(doc: number): { readonly first: number; readonly count: number } {
    return { first: this.#firsts[doc]!, count: this.#arrays.counts[doc]! };
  }

  /** The numbers of the records of a paper, and of their external ids among those of all: from the first to before the end. */
  rangesOf(doc: number) {
    const first = this.#firsts[doc]!;
    const end = first + this.#arrays.counts[doc]!;
    return { first, end, externalFirst: this.externalStart(first), externalEnd: this.externalStart(end) };
  }

  /** The position of the paper of a record. */
  docOf(number: number): number {
    const { counts } = this.#arrays;
    return lowerBound(0, counts.length, (doc) => this.#firsts[doc]! + counts[doc]! <= number);
  }

  /** Whether a record of a paper has an abstract. */
  hasAbstract(doc: number): boolean {
    const { first, count } = this.extentOf(doc);
    for (let number = first; number < first + count; number++)
      if ((this.#arrays.flags[number]! & HAS_ABSTRACT) !== 0) return true;
    return false;
  }

  /** The numbers of the records with an id in a file, ascending. */
  find(file: string, id: string): number[] {
    const name = this.names.indexOf(file);
    if (name < 0) return [];
    const { idBytes: bytes, idEnds: ends, files } = this.#arrays;
    this.#byId ??= new RecordsById({ bytes, ends }, files);
    return this.#byId.find(name, id);
  }

  /** Where the external ids of a record begin among those of all; of `size`, how many these are. */
  externalStart(number: number): number {
    return number === this.size ? this.#externals.size : this.#externalFirsts[number]!;
  }

  /** The hash of each external id of all records: see `hashOfText`. */
  get externalHashes(): Int32Array {
    const { externalBytes: bytes, externalEnds: ends } = this.#arrays;
    this.#externalHashes ??= hashesOf({ bytes, ends });
    return this.#externalHashes;
  }

  /** The hash of the id of each record: see `hashOfText`. */
  idHashes(): Int32Array {
    return hashesOf({ bytes: this.#arrays.idBytes, ends: this.#arrays.idEnds });
  }

  /** The facts of a record. */
  at(number: number): RecordFacts {
    const arrays = this.#arrays;
    const flags = arrays.flags[number]!;
    const year = arrays.years[number]!;
    const first = this.#externalFirsts[number]!;
    return {
      id: this.#ids.at(number),
      isGiven: (flags & IS_GIVEN) !== 0,
      file: this.names[arrays.files[number]!]!,
      externalIds: Array.from({ length: arrays.externalCounts[number]! }, (_, n) =>
        this.#externals.at(first + n),
      ),
      isPreprint: (flags & IS_PREPRINT) !== 0,
      titleHash: arrays.titleHashes[number]! | 0,
      isAuthored: (flags & IS_AUTHORED) !== 0,
      year: year === 0 ? undefined : year - YEAR_SHIFT,
      format: this.names[arrays.formats[number]!]!,
      number: arrays.numbers[number]!,
      hasAbstract: (flags & HAS_ABSTRACT) !== 0,
    };
  }
}

function firstsOf(counts: Uint32Array): Uint32Array {
  const firsts = new Uint32Array(counts.length);
  let first = 0;
  for (let n = 0; n < counts.length; n++) {
    firsts[n] = first;
    first += counts[n]!;
  }
  return firsts;
}

/** Whether every paper and record has all that it should, and no place is beyond its list. */
function fits(arrays: FactArrays, papers: number): boolean {
  const { counts, idEnds, flags, titleHashes, years, numbers, files, formats, externalCounts } = arrays;
  const { idBytes, nameBytes, nameEnds, externalBytes, externalEnds } = arrays;
  const all = [counts, idEnds, idBytes, flags, titleHashes, years, numbers, files, formats, externalCounts];
  if (![...all, nameBytes, nameEnds, externalBytes, externalEnds].every((array) => array)) return false;
  const records = sumOf(counts);
  const ofRecords = [idEnds, flags, titleHashes, years, numbers, files, formats, externalCounts];
  return (
    counts.length === papers &&
    ofRecords.every(({ length }) => length === records) &&
    sumOf(externalCounts) === externalEnds.length &&
    isAscending(idEnds, idBytes.length) &&
    isAscending(nameEnds, nameBytes.length) &&
    isAscending(externalEnds, externalBytes.length) &&
    areBelow(files, nameEnds.length) &&
    areBelow(formats, nameEnds.length)
  );
}
