import { createHash } from 'node:crypto';
import type { RecordFacts, StoredRecordFacts } from '../indexes/store/record-facts.ts';
import type { Paper } from '../papers/paper.ts';
import { STDIN } from '../papers/read/files.ts';
import type { Notice } from '../papers/read/reader.ts';
import { gravest, type PaperStatus } from '../papers/status.ts';
import { agreementOf } from './identity/agreement.ts';
import { CompactKeys, LongKeys } from './identity/compact-keys.ts';
import { keysOf, type RecordKeys, shortKeysOf } from './identity/record-keys.ts';
import { KeptRecords } from './kept-records.ts';
import type { RecordPlace, RecordStore } from './record-store.ts';

/** What became of a record that was read. Whether a `new` record is of a known paper is decided after all are read. */
export type RecordOutcome = 'new' | 'updated' | 'unchanged' | 'duplicate' | 'rejected';

/** What an ingest keeps in memory of a record of one source; the record itself is on disk. */
export interface SourceRecord {
  readonly keys: RecordKeys;
  /** Where the record is stored, unchanged from its source and with the id that it has there. */
  readonly place: RecordPlace;
  readonly format: string;
  /** 1-based number within its file. */
  readonly number: number;
  readonly hasAbstract: boolean;
  /** Digest of the record's content; its file and line do not matter. Undefined until `RecordSet.digestOf` makes it. */
  readonly digest: string | undefined;
  /** Position in the previous snapshot of the paper that it belongs to; -1 for a record that is not in it. */
  readonly earlierDoc: number;
  /** Line at which this ingest read it. */
  readonly line: number | undefined;
  /** What this ingest did with it: `kept` is unchanged; `moved` has the same content at another place. */
  readonly state: 'kept' | 'moved' | 'updated' | 'new';
}

/** Where the records are. */
type Store = Pick<RecordStore, 'append' | 'read'> & Partial<Pick<RecordStore, 'lineOf'>>;

/** Bytes kept of a digest: 96 bits do not collide by chance. */
const DIGEST_BYTES = 12;
/** Records of one file under one id: more would make reading slow. */
const MAX_OF_ONE_ID = 1000;

/**
 * The records of all sources while an ingest adds to them. A record is recognised by its file and the id it has there.
 * All standard inputs have the same file name, so a record from standard input must have the same title, too.
 */
export class RecordSet {
  readonly #store: Store;
  /** Those that are not in `#kept`. */
  #records: Mutable[] = [];
  #kept: KeptRecords<Mutable> | undefined;
  /** By file, then by what distinguishes the records of a file (`slotOf`): one record as a rule. */
  readonly #byFile = new Map<string, Map<string, Mutable | Mutable[]>>();
  readonly #longKeys: LongKeys<RecordPlace>;
  /** Texts that many records have in common, each once. */
  readonly #shared = new Map<string, string>();

  /** @param store takes the records that are read. */
  constructor(store: Store) {
    this.#store = store;
    this.#longKeys = new LongKeys((place) => store.read(place));
  }

  get size(): number {
    return (this.#kept?.size ?? 0) + this.#records.length;
  }

  /** The records, in no particular order. After it, all of them are in memory: where few are needed, ask for these. */
  *[Symbol.iterator](): Generator<SourceRecord> {
    if (this.#kept) yield* this.#kept;
    yield* this.#records;
  }

  /** The records of the previous snapshot, where `keepStored` added them. */
  get kept(): KeptRecords<SourceRecord> | undefined {
    return this.#kept;
  }

  /** The records that are not in `kept`. */
  get others(): readonly SourceRecord[] {
    return this.#records;
  }

  /** The records that a paper of the previous snapshot has. @param doc its position. */
  ofEarlier(doc: number): SourceRecord[] {
    return [...(this.#kept?.of(doc) ?? []), ...this.#records.filter(({ earlierDoc }) => earlierDoc === doc)];
  }

  /** The files that they are of. */
  files(): Set<string> {
    return new Set([...(this.#kept?.files() ?? []), ...Array.from(this.#records, ({ keys }) => keys.file)]);
  }

  /** The record as its source has it. @throws PaperSearchError INDEX_CORRUPT when it is damaged. */
  read({ place }: SourceRecord): Paper {
    return this.#store.read(place);
  }

  /** The line of JSON that it is stored as; undefined for one that is only in the previous snapshot. */
  lineOf({ place }: SourceRecord): Uint8Array | undefined {
    return this.#store.lineOf?.(place);
  }

  /** The digest of a record of this set. It is made at the first call, since few records are compared with another. */
  digestOf(record: SourceRecord): string {
    const known: Mutable = record;
    known.digest ??= digestOf(this.read(record));
    return known.digest;
  }

  /**
   * Adds a record of the previous snapshot. @param doc position of its paper. @param nth of the paper's records.
   * @param line at which this ingest has read it before.
   */
  keep(paper: Paper, doc: number, nth: number, line?: number): void {
    const place = { doc, nth };
    const state = { earlierDoc: doc, line, state: 'kept' as const };
    this.#put({ ...this.#factsOf(paper, place), digest: undefined, ...state });
  }

  /** As `keep`, of all records of the previous snapshot, which are not read. @param facts of them. */
  keepStored(facts: StoredRecordFacts): void {
    this.#kept = new KeptRecords(facts, (record, doc, nth) => {
      const state = { earlierDoc: doc, line: undefined, state: 'kept' as const };
      return { ...this.#factsFrom(record, { doc, nth }), digest: undefined, ...state };
    });
  }

  /**
   * Adds a record that was read: a new one, or another version of a known one.
   * @param line of the record in its file. @returns what became of it, and where it was stored if it was; `rejected` comes with
   *   the reason.
   */
  add(
    paper: Paper,
    line: number,
  ): { readonly outcome: RecordOutcome; readonly place?: RecordPlace; readonly notice?: Notice } {
    const { source } = paper;
    const file = this.#share(source.file);
    const known = this.#knownAs({ id: paper.id, file, title: paper.title });
    if (known.length === 0) return this.#addNew(paper, line);
    const digest = digestOf(paper);
    const read = known.filter((record) => record.line !== undefined);
    const waiting = known.filter((record) => record.line === undefined);
    if (read.some((record) => this.digestOf(record) === digest)) return { outcome: 'duplicate' };
    const same = waiting.find((record) => this.digestOf(record) === digest);
    if (same) {
      same.line = line;
      const stays = same.format === source.format && same.number === source.record;
      if (!stays) Object.assign(same, { ...this.#append(paper), state: 'moved' });
      return { outcome: 'unchanged' };
    }
    const reason = read.length > 0 ? this.#reasonAgainst(keysOf(paper), read) : undefined;
    if (reason) return { outcome: 'rejected', notice: { file, line, field: 'id', reason } };
    const [replaced] = waiting;
    if (!replaced) return this.#addNew(paper, line, digest);
    // What a notice said about the paper holds for the new version of its record, too.
    const noted = this.read(replaced).status;
    const isNoted = noted?.isFromNotice && !paper.status;
    const changes = this.#append(isNoted ? { ...paper, status: noted } : paper);
    Object.assign(replaced, { ...changes, digest, line, state: 'updated' });
    return { outcome: 'updated', place: changes.place };
  }

  /** @param digest of the record, where the caller has it. */
  #addNew(
    paper: Paper,
    line: number,
    digest?: string,
  ): { readonly outcome: 'new'; readonly place: RecordPlace } {
    const facts = this.#append(paper);
    this.#put({ ...facts, digest, line, earlierDoc: -1, state: 'new' });
    return { outcome: 'new', place: facts.place };
  }

  /**
   * Notes what lists and notices say has become of papers. What a record itself says stays where it is as grave.
   * @param statuses by external key. @returns how many records are marked now.
   */
  mark(statuses: ReadonlyMap<string, PaperStatus>): number {
    let marked = 0;
    const statusOf = ({ keys }: SourceRecord) => gravest(keys.externalIds.map((key) => statuses.get(key)));
    const isMeant = (record: SourceRecord) => statusOf(record) !== undefined;
    const kept = statuses.size === 0 ? [] : (this.#kept?.filter(isMeant) ?? []);
    for (const record of statuses.size === 0 ? [] : [...kept, ...this.#records]) {
      const status = statusOf(record);
      if (!status) continue;
      marked++;
      const paper = this.read(record);
      const wanted = gravest([paper.status?.isFromNotice ? undefined : paper.status, status])!;
      if (JSON.stringify(wanted) === JSON.stringify(paper.status ?? null)) continue;
      record.place = this.#store.append({ ...paper, status: wanted });
      if (record.state === 'kept' || record.state === 'moved') record.state = 'updated';
    }
    return marked;
  }

  /** Removes records. @returns how many. */
  remove(isUnwanted: (record: SourceRecord) => boolean): number {
    const unwanted = new Set(this.#records.filter(isUnwanted));
    if (unwanted.size > 0) this.#records = this.#records.filter((record) => !unwanted.has(record));
    for (const record of unwanted) {
      const slot = slotOf(record.keys);
      const slots = this.#slotsOf(record.keys.file);
      slots.set(
        slot,
        listed(slots.get(slot)).filter((other) => other !== record),
      );
    }
    return unwanted.size + (this.#kept?.remove(isUnwanted) ?? 0);
  }

  /** The records that have what distinguishes one of its file, as others may. */
  #knownAs(keys: Pick<RecordKeys, 'id' | 'file' | 'title'>): Mutable[] {
    const slot = slotOf(keys);
    const kept = this.#kept?.find(keys.file, keys.id) ?? [];
    const others = listed(this.#slotsOf(keys.file).get(slot));
    return [...kept.filter((record) => slotOf(record.keys) === slot), ...others];
  }

  /** Why a record is rejected, given those already read with the same file and id; undefined if it is not. */
  #reasonAgainst(keys: RecordKeys, read: readonly SourceRecord[]): string | undefined {
    // An id that was made of title and author says nothing that the record does not.
    const other = keys.isGiven ? read.find((record) => !agreementOf(record.keys, keys)) : undefined;
    if (other) {
      return `Another record of this file, at line ${other.line}, has the same id "${keys.id}"; that one is kept.`;
    }
    if (read.length < MAX_OF_ONE_ID) return undefined;
    return `More than ${MAX_OF_ONE_ID} records of this file have the id "${keys.id}"; the first are kept.`;
  }

  /** Stores a record that was read. */
  #append(paper: Paper): Facts {
    return this.#factsOf(paper, this.#store.append(paper));
  }

  #factsOf(paper: Paper, place: RecordPlace): Facts {
    const { format, record: number } = paper.source;
    const hasAbstract = paper.abstract !== '';
    return this.#factsFrom({ ...shortKeysOf(paper), format, number, hasAbstract }, place);
  }

  #factsFrom(facts: RecordFacts, place: RecordPlace): Facts {
    const { file, format, number, hasAbstract } = facts;
    const keys = new CompactKeys(facts, this.#share(file), place, this.#longKeys);
    return { keys, place, format: this.#share(format), number, hasAbstract };
  }

  /** The first copy of a text: otherwise thousands of records would each hold a copy. */
  #share(text: string): string {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    this.#shared.set(text, text);
    return text;
  }

  #put(record: Mutable): void {
    this.#records.push(record);
    const slots = this.#slotsOf(record.keys.file);
    const slot = slotOf(record.keys);
    const known = slots.get(slot);
    slots.set(slot, known === undefined ? record : [...listed(known), record]);
  }

  #slotsOf(file: string): Map<string, Mutable | Mutable[]> {
    const known = this.#byFile.get(file);
    if (known) return known;
    const slots = new Map<string, Mutable | Mutable[]>();
    this.#byFile.set(file, slots);
    return slots;
  }
}

type Facts = Pick<SourceRecord, 'keys' | 'place' | 'format' | 'number' | 'hasAbstract'>;

/** The facts of a record, as snapshots keep them. */
export function factsOf({ keys, format, number, hasAbstract }: SourceRecord): RecordFacts {
  const { id, isGiven, file, externalIds, isPreprint, titleHash, isAuthored, year } = keys;
  return {
    id,
    isGiven,
    file,
    externalIds,
    isPreprint,
    titleHash,
    isAuthored,
    year,
    format,
    number,
    hasAbstract,
  };
}

type Mutable = { -readonly [K in keyof SourceRecord]: SourceRecord[K] };

function listed(slot: Mutable | Mutable[] | undefined): Mutable[] {
  return slot === undefined ? [] : Array.isArray(slot) ? slot : [slot];
}

function slotOf(keys: Pick<RecordKeys, 'id' | 'file' | 'title'>): string {
  // The title of a record of another file is not read for it.
  return keys.file === STDIN ? `${keys.id}\n${keys.title}` : keys.id;
}

/** Digest of what a record says, in the form a snapshot keeps it (without absent fields). */
function digestOf({ source: _, status, ...said }: Paper): string {
  // What a list or a notice says is not part of what the record says.
  const content = status === undefined || status.isFromNotice ? said : { ...said, status };
  return createHash('sha256').update(JSON.stringify(content)).digest().toString('base64', 0, DIGEST_BYTES);
}
