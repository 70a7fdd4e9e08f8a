import { PaperSearchError } from '../../errors.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../binary/arrays.ts';
import { Growable } from '../binary/growable.ts';
import { areBelow, isAscending } from '../binary/numbers.ts';
import { PackedTexts, packTexts } from '../binary/packed-texts.ts';

const KIND = 'facts of records';
/** Bits of `flags`. */
const IS_GIVEN = 1;
const IS_PREPRINT = 2;
const IS_AUTHORED = 4;
const HAS_ABSTRACT = 8;
/** A year is stored with this added, so that there are none below 1; 0 where there is no year. */
const YEAR_SHIFT = 2 ** 31;

/** What an update needs to know of every record, without reading it: see `ShortKeys`. */
export interface RecordFacts {
  readonly id: string;
  readonly isGiven: boolean;
  readonly file: string;
  readonly externalIds: readonly string[];
  readonly isPreprint: boolean;
  readonly titleHash: number;
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

  /** The file in parts. */
  finish(): Uint8Array[] {
    const names = packTexts([...this.#names.keys()]);
    const arrays: FactArrays = {
      counts: this.#counts.trimmed(),
      ...this.#ids.finish('id'),
      flags: this.#flags.trimmed(),
      titleHashes: this.#titleHashes.trimmed(),
      years: this.#years.trimmed(),
      numbers: this.#numbers.trimmed(),
      files: this.#files.trimmed(),
      formats: this.#formats.trimmed(),
      nameBytes: names.bytes,
      nameEnds: names.ends,
      externalCounts: this.#externalCounts.trimmed(),
      ...this.#externals.finish('external'),
    };
    return packArrays(KIND, arrays);
  }

  #nameOf(name: string): number {
    const known = this.#names.get(name) ?? this.#names.size;
    this.#names.set(name, known);
    return known;
  }
}

class TextWriter {
  readonly #bytes = new Growable(Uint8Array);
  readonly #ends = new Growable(Uint32Array);

  push(text: string): void {
    this.#bytes.append(Buffer.from(text));
    this.#ends.push(this.#bytes.length);
  }

  finish<Name extends string>(name: Name) {
    return { [`${name}Bytes`]: this.#bytes.trimmed(), [`${name}Ends`]: this.#ends.trimmed() } as {
      readonly [K in `${Name}Bytes`]: Uint8Array;
    } & { readonly [K in `${Name}Ends`]: Uint32Array };
  }
}

/** The facts of the records of a snapshot. */
export class StoredRecordFacts {
  readonly #arrays: FactArrays;
  readonly #ids: PackedTexts;
  readonly #names: readonly string[];
  readonly #externals: PackedTexts;
  /** The number of each paper's first record, and of each record's first external id. */
  readonly #firsts: Uint32Array;
  readonly #externalFirsts: Uint32Array;

  /** @param papers of the snapshot. @throws PaperSearchError INDEX_CORRUPT for bytes that do not fit them. */
  constructor(bytes: Uint8Array, papers: number) {
    const arrays = unpackArrays<FactArrays>(KIND, bytes);
    if (!fits(arrays, papers)) {
      throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} have parts that do not fit together.`);
    }
    this.#arrays = arrays;
    this.#ids = new PackedTexts({ bytes: arrays.idBytes, ends: arrays.idEnds });
    const names = new PackedTexts({ bytes: arrays.nameBytes, ends: arrays.nameEnds });
    this.#names = Array.from({ length: names.size }, (_, n) => names.at(n));
    this.#externals = new PackedTexts({ bytes: arrays.externalBytes, ends: arrays.externalEnds });
    this.#firsts = firstsOf(arrays.counts);
    this.#externalFirsts = firstsOf(arrays.externalCounts);
  }

  /** The facts of the records of a paper, the one that counts most first. @param doc position of the paper. */
  of(doc: number): RecordFacts[] {
    return Array.from({ length: this.#arrays.counts[doc]! }, (_, nth) =>
      this.#record(this.#firsts[doc]! + nth),
    );
  }

  #record(number: number): RecordFacts {
    const arrays = this.#arrays;
    const flags = arrays.flags[number]!;
    const year = arrays.years[number]!;
    const first = this.#externalFirsts[number]!;
    return {
      id: this.#ids.at(number),
      isGiven: (flags & IS_GIVEN) !== 0,
      file: this.#names[arrays.files[number]!]!,
      externalIds: Array.from({ length: arrays.externalCounts[number]! }, (_, n) =>
        this.#externals.at(first + n),
      ),
      isPreprint: (flags & IS_PREPRINT) !== 0,
      titleHash: arrays.titleHashes[number]! | 0,
      isAuthored: (flags & IS_AUTHORED) !== 0,
      year: year === 0 ? undefined : year - YEAR_SHIFT,
      format: this.#names[arrays.formats[number]!]!,
      number: arrays.numbers[number]!,
      hasAbstract: (flags & HAS_ABSTRACT) !== 0,
    };
  }
}

function firstsOf(counts: Uint32Array): Uint32Array {
  let first = 0;
  return counts.map((count) => {
    first += count;
    return first - count;
  });
}

/** Whether every paper and record has all that it should, and no place is beyond its list. */
function fits(arrays: FactArrays, papers: number): boolean {
  const { counts, idEnds, flags, titleHashes, years, numbers, files, formats, externalCounts } = arrays;
  const { idBytes, nameBytes, nameEnds, externalBytes, externalEnds } = arrays;
  const all = [counts, idEnds, idBytes, flags, titleHashes, years, numbers, files, formats, externalCounts];
  if (![...all, nameBytes, nameEnds, externalBytes, externalEnds].every((array) => array)) return false;
  const sum = (parts: Uint32Array) => parts.reduce((total, part) => total + part, 0);
  const records = sum(counts);
  const ofRecords = [idEnds, flags, titleHashes, years, numbers, files, formats, externalCounts];
  return (
    counts.length === papers &&
    ofRecords.every(({ length }) => length === records) &&
    sum(externalCounts) === externalEnds.length &&
    isAscending(idEnds, idBytes.length) &&
    isAscending(nameEnds, nameBytes.length) &&
    isAscending(externalEnds, externalBytes.length) &&
    areBelow(files, nameEnds.length) &&
    areBelow(formats, nameEnds.length)
  );
}
