import { keysOf, type RecordKeys } from '../../ingest/identity/record-keys.ts';
import { idKey, isJoining, joiningKeys, type Key, slotKey } from './identity-keys.ts';
import { type KeyEntry, type KeyStore, MAX_OF_KEY } from './key-store.ts';
import type { Base, KnownPaper, PaperStore } from './paper-store.ts';
import type { Worker } from './worker.ts';

/** Papers that one batch may touch at most; with more, its farthest ones are left as they are. */
const MAX_PAPERS = 5000;

/** Other workers are changing what was read. */
export class Busy extends Error {
  readonly transactions: ReadonlySet<string>;

  constructor(transactions: ReadonlySet<string>) {
    super('Other workers are changing these papers.');
    this.transactions = transactions;
  }
}

/** A paper with the keys of its records. */
export interface Neighbour extends KnownPaper {
  readonly keys: readonly RecordKeys[];
}

export interface Surroundings {
  readonly keys: KeyStore;
  readonly papers: PaperStore;
  readonly worker: Pick<Worker, 'isOpen'>;
  /** Whether every record is a paper: then only records of one file and id belong together. */
  readonly keepDuplicates: boolean;
  /** Whether papers that have an id in common are neighbours, too: to settle which of them gets it. Default false. */
  readonly withSameIds?: boolean | undefined;
}

/**
 * All that records and papers are connected with by keys, directly and over others: what `groupRecords` may decide of them
 * depends on nothing else. It is read key by key, so it costs the same whatever else is in the corpus.
 */
export class Neighbourhood {
  /** By id. */
  readonly papers = new Map<string, Neighbour>();
  readonly entries = new Map<Key, KeyEntry>();
  /** Ids that keys name and no paper has (any more). */
  readonly absent = new Set<string>();
  /** Ids of papers that are not in the neighbourhood. */
  readonly taken = new Set<string>();
  /** Whether there is more than can be read. */
  isCut = false;
  readonly #around: Surroundings;
  /** The ids behind the keys of ids. */
  readonly #ids = new Map<Key, string>();
  /** Files of records that are looked for, by the keys of their ids; papers that are looked for by their own id. */
  readonly #slots = new Map<Key, Set<string>>();
  readonly #wanted = new Set<string>();
  #keysToRead = new Set<Key>();

  private constructor(around: Surroundings) {
    this.#around = around;
  }

  /**
   * @param records that are read. @param papers ids of papers.
   * @throws Busy when others are changing one of them.
   */
  static async of(
    records: readonly RecordKeys[],
    papers: Iterable<string>,
    around: Surroundings,
  ): Promise<Neighbourhood> {
    const found = new Neighbourhood(around);
    for (const record of records) {
      found.#wantSlot(record);
      for (const key of joiningKeys(record)) found.#want(key);
    }
    for (const id of papers) found.#wantPaper(id);
    await found.#readAll();
    return found;
  }

  /** Looks ids up that papers would get. @returns whether one of them is taken. */
  async lookUp(ids: Iterable<string>): Promise<boolean> {
    const before = this.taken.size;
    for (const id of ids) this.#wantId(id);
    await this.#readAll();
    return this.taken.size > before;
  }

  /** Papers with these ids as they were when the change began. */
  bases(ids: readonly string[]): Promise<Base[]> {
    return this.#around.papers.readBases(ids);
  }

  /** Whether an id was looked up. */
  knows(id: string): boolean {
    return this.entries.has(idKey(id));
  }

  /** The key that names, or will name, the paper of a record with an id. */
  keyOfSlot(id: string, file: string): Key {
    const key = idKey(id);
    const entry = this.entries.get(key);
    return entry && isFull(entry) && !entry.files.includes(file) ? slotKey(id, file) : key;
  }

  /** Whether a key says what belongs together. */
  joins(key: Key): boolean {
    return !this.#around.keepDuplicates && isJoining(key) && !isFull(this.entries.get(key));
  }

  async #readAll(): Promise<void> {
    while (this.#keysToRead.size > 0) {
      const keys = [...this.#keysToRead];
      this.#keysToRead = new Set();
      // Each key is read once: a claim then fails if anything that was read since has changed.
      const entries = await this.#around.keys.read(keys.filter((key) => !this.entries.has(key)));
      await this.#expectFree(entries.values());
      for (const [key, entry] of entries) this.entries.set(key, entry);
      const named = new Set(keys.flatMap((key) => this.#namedBy(key, this.entries.get(key)!)));
      await this.#readPapers([...named].filter((id) => !this.papers.has(id) && !this.absent.has(id)));
    }
    await this.#findTaken();
  }

  async #expectFree(entries: Iterable<KeyEntry>): Promise<void> {
    const open = new Set<string>();
    const asked = new Set<string>();
    for (const { transaction } of entries) {
      if (transaction === undefined || asked.has(transaction)) continue;
      asked.add(transaction);
      if (await this.#around.worker.isOpen(transaction)) open.add(transaction);
    }
    if (open.size > 0) throw new Busy(open);
  }

  /** The papers of an entry that belong to the neighbourhood. */
  #namedBy(key: Key, entry: KeyEntry): readonly string[] {
    if (isJoining(key)) return this.joins(key) ? entry.papers : [];
    if (this.#around.withSameIds && !isFull(entry)) return entry.papers;
    const files = this.#slots.get(key);
    if (files && isFull(entry)) {
      const id = this.#ids.get(key)!;
      for (const file of files) if (!entry.files.includes(file)) this.#wantOverflow(id, file);
    }
    return entry.papers.filter((id, at) => files?.has(entry.files[at]!) || this.#wanted.has(id));
  }

  async #readPapers(ids: readonly string[]): Promise<void> {
    const room = Math.max(0, MAX_PAPERS - this.papers.size);
    if (ids.length > room) this.isCut = true;
    const near = ids.slice(0, room);
    const found = await this.#around.papers.read(near);
    for (const id of near) {
      const paper = found.get(id);
      if (!paper) {
        this.absent.add(id);
        continue;
      }
      const keys = paper.records.map(({ record }) => keysOf(record));
      this.papers.set(id, { ...paper, keys });
      for (const each of [id, ...(paper.paper.aliases ?? [])]) this.#wantId(each);
      for (const record of keys) {
        this.#wantSlot(record);
        for (const key of joiningKeys(record)) this.#want(key);
      }
      // The paper that has the id of a base now decides with this one which of them keeps it.
      for (const { base } of paper.records) {
        if (!base || paper.isBase) continue;
        this.#wantPaper(base.id);
        for (const alias of base.aliases) this.#wantId(alias);
      }
    }
  }

  async #findTaken(): Promise<void> {
    const ids = [...this.#ids].flatMap(([key, id]) => {
      const entry = this.entries.get(key)!;
      const isOurs = this.papers.has(id) || this.absent.has(id) || this.taken.has(id);
      return !isOurs && (entry.papers.includes(id) || isFull(entry)) ? [id] : [];
    });
    if (ids.length === 0) return;
    const existing = await this.#around.papers.existing(ids);
    for (const id of ids) (existing.has(id) ? this.taken : this.absent).add(id);
  }

  #want(key: Key): void {
    if (!this.entries.has(key)) this.#keysToRead.add(key);
  }

  #wantId(id: string): void {
    const key = idKey(id);
    this.#ids.set(key, id);
    this.#want(key);
  }

  #wantPaper(id: string): void {
    if (this.#wanted.has(id)) return;
    this.#wanted.add(id);
    this.#wantId(id);
    this.#keysToRead.add(idKey(id));
  }

  #wantSlot({ id, file }: RecordKeys): void {
    const key = idKey(id);
    const files = this.#slots.get(key);
    if (files?.has(file)) return;
    if (files) files.add(file);
    else this.#slots.set(key, new Set([file]));
    this.#wantId(id);
    this.#keysToRead.add(key);
  }

  #wantOverflow(id: string, file: string): void {
    const key = slotKey(id, file);
    this.#slots.set(key, new Set([file]));
    this.#want(key);
  }
}

export function isFull(entry: KeyEntry | undefined): boolean {
  return entry !== undefined && entry.papers.length >= MAX_OF_KEY;
}
