import type { MergeDecision } from '../indexes/store/manifest.ts';
import { pause } from '../util/pause.ts';
import type { PaperIds } from './identity/paper-ids.ts';
import type { ShortKeys } from './identity/record-keys.ts';
import type { SourceRecord } from './record-set.ts';

/** Records between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 50_000;

/** A paper of the previous snapshot, and how many records made it. */
type Earlier = PaperIds & { readonly records: number };

/** What the records of a paper of the previous snapshot are compared by. */
export type EarlierKeys = (doc: number) => readonly Pick<ShortKeys, 'titleHash' | 'externalIds'>[];

/**
 * The papers of the previous snapshot that a change may regroup or rename: those whose records it adds, changes or removes, and
 * all that these are connected with by titles, external ids or decisions, directly and over others. What becomes of them
 * depends on nothing else.
 */
export class AffectedPapers {
  readonly #records: readonly SourceRecord[];
  readonly #earlier: readonly Earlier[];
  readonly #keysBefore: EarlierKeys;
  readonly #isAffected: Uint8Array;
  readonly #titles = new Set<number>();
  readonly #externalIds = new Set<string>();

  private constructor(
    records: readonly SourceRecord[],
    earlier: readonly Earlier[],
    keysBefore: EarlierKeys,
  ) {
    this.#records = records;
    this.#earlier = earlier;
    this.#keysBefore = keysBefore;
    this.#isAffected = new Uint8Array(earlier.length);
  }

  /** @param records all there are after the change. @param keysBefore of the records before it. */
  static async of(
    records: readonly SourceRecord[],
    earlier: readonly Earlier[],
    decisions: readonly MergeDecision[],
    keysBefore: EarlierKeys,
  ): Promise<AffectedPapers> {
    const affected = new AffectedPapers(records, earlier, keysBefore);
    const left = new Uint32Array(earlier.length);
    const decided = new Set(decisions.flatMap((decision) => decision.records.map(slotOf)));
    for (const { state, earlierDoc, keys } of records) {
      if (earlierDoc >= 0) left[earlierDoc]!++;
      const isChanged = state !== 'kept' || (decided.size > 0 && decided.has(slotOf(keys)));
      if (!isChanged) continue;
      affected.#addKeys(keys);
      affected.#addPaper(earlierDoc);
    }
    for (const [doc, { records: before }] of earlier.entries())
      if (left[doc] !== before) affected.#addPaper(doc);
    await affected.#connect();
    return affected;
  }

  /** Whether a record is of such a paper, or of none in the previous snapshot. */
  has({ earlierDoc }: SourceRecord): boolean {
    return earlierDoc < 0 || this.#isAffected[earlierDoc] === 1;
  }

  /** Whether a paper is one. @param doc its position in the previous snapshot. */
  hasPaper(doc: number): boolean {
    return this.#isAffected[doc] === 1;
  }

  /** Ids of the papers that are not. */
  *otherIds(): Generator<string> {
    for (const [doc, { id }] of this.#earlier.entries()) if (this.#isAffected[doc] === 0) yield id;
  }

  /**
   * Adds the papers that get other ids because these groups do: those with an alias that is now an id, and those with a
   * record whose id is no longer one.
   * @returns whether there are any.
   */
  async addRenamed(groups: readonly Pick<PaperIds, 'id'>[]): Promise<boolean> {
    const before = new Set<string>();
    for (const [doc, { id }] of this.#earlier.entries()) if (this.#isAffected[doc] === 1) before.add(id);
    const now = new Set(groups.map(({ id }) => id));
    const isClaimed = (id: string) => now.has(id) && !before.has(id);
    const isReleased = (id: string) => before.has(id) && !now.has(id);
    let isAny = false;
    for (const [doc, { aliases }] of this.#earlier.entries()) {
      if (this.#isAffected[doc] === 0 && aliases.some(isClaimed)) isAny = this.#addPaper(doc);
    }
    for (const record of this.#records) {
      if (!this.has(record) && isReleased(record.keys.id)) isAny = this.#addPaper(record.earlierDoc);
    }
    if (isAny) await this.#connect();
    return isAny;
  }

  /** Adds what is connected with what there is, until nothing is. */
  async #connect(): Promise<void> {
    for (let isAny = true; isAny; ) {
      isAny = false;
      for (const [n, record] of this.#records.entries()) {
        if (n % YIELD_EVERY === 0) await pause();
        if (this.has(record)) continue;
        const { titleHash, externalIds } = record.keys;
        const isConnected =
          this.#titles.has(titleHash) || externalIds.some((id) => this.#externalIds.has(id));
        if (isConnected) isAny = this.#addPaper(record.earlierDoc);
      }
    }
  }

  #addPaper(doc: number): true {
    if (doc < 0 || this.#isAffected[doc] === 1) return true;
    this.#isAffected[doc] = 1;
    for (const keys of this.#keysBefore(doc)) this.#addKeys(keys);
    return true;
  }

  #addKeys({ titleHash, externalIds }: Pick<ShortKeys, 'titleHash' | 'externalIds'>): void {
    if (titleHash !== 0) this.#titles.add(titleHash);
    for (const id of externalIds) this.#externalIds.add(id);
  }
}

function slotOf({ file, id }: { readonly file: string; readonly id: string }): string {
  return `${file}\n${id}`;
}
