import type { Paper } from '../../papers/paper.ts';
import { keysOf, type RecordKeys, type ShortKeys } from './record-keys.ts';

/** Records whose long keys are kept: groups are compared one after another, and few have more records. */
const MAX_KEPT = 1024;
const NONE: readonly string[] = [];

/**
 * Keys of a record of which only the short ones stay in memory, so that a million records fit. Its title, its authors and
 * the sketch of its abstract are read again when they are asked for, which is when two records may be of one paper.
 */
export class CompactKeys<Place> implements RecordKeys {
  readonly id: string;
  readonly isGiven: boolean;
  readonly file: string;
  readonly externalIds: readonly string[];
  readonly isPreprint: boolean;
  readonly titleHash: number;
  readonly isAuthored: boolean;
  readonly year: number | undefined;
  readonly #place: Place;
  readonly #long: LongKeys<Place>;

  /** @param file its name, which other records share. @param place of the record. @param long shared by all records. */
  constructor(keys: ShortKeys, file: string, place: Place, long: LongKeys<Place>) {
    const { id, isGiven, externalIds, isPreprint, titleHash, isAuthored, year } = keys;
    this.id = id;
    this.isGiven = isGiven;
    this.file = file;
    this.externalIds = externalIds.length === 0 ? NONE : externalIds;
    this.isPreprint = isPreprint;
    this.titleHash = titleHash;
    this.isAuthored = isAuthored;
    this.year = year;
    this.#place = place;
    this.#long = long;
  }

  get title(): string {
    return this.#long.of(this.#place).title;
  }

  get titleKey(): string {
    return this.titleHash === 0 ? '' : this.#long.of(this.#place).titleKey;
  }

  get people(): readonly string[] {
    return this.isAuthored ? this.#long.of(this.#place).people : NONE;
  }

  get sketch(): RecordKeys['sketch'] {
    return this.#long.of(this.#place).sketch;
  }
}

/** The whole keys of the records that were asked for last. */
export class LongKeys<Place> {
  readonly #kept = new Map<Place, RecordKeys>();
  readonly #read: (place: Place) => Paper;

  /** @param read reads the record at a place. */
  constructor(read: (place: Place) => Paper) {
    this.#read = read;
  }

  /** @param place the same object at every call. @throws what reading the record throws. */
  of(place: Place): RecordKeys {
    const known = this.#kept.get(place);
    if (known) return known;
    const keys = keysOf(this.#read(place));
    if (this.#kept.size === MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(place, keys);
    return keys;
  }
}
