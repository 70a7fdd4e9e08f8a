import type { MergeDecision } from '../indexes/store/manifest.ts';
import { hashOfText } from '../indexes/store/records-by-id.ts';
import { pause } from '../util/pause.ts';
import type { StoredPapers } from './earlier-papers.ts';
import type { IdSet, PaperIds } from './identity/paper-ids.ts';
import type { KeptRecords } from './kept-records.ts';
import type { SourceRecord } from './record-set.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 50_000;

/**
 * The papers of the previous snapshot that a change may regroup or rename: those whose records it adds, changes or removes, and
 * all that these are connected with by titles, external ids or decisions, directly and over others. What becomes of them
 * depends on nothing else. Keys are compared by hashes of 32 bits: a few papers that only seem to be connected make no
 * difference.
 */
export class AffectedPapers {
  readonly #kept: KeptRecords<SourceRecord>;
  readonly #earlier: StoredPapers;
  readonly #isAffected: Uint8Array;
  readonly #docs: number[] = [];
  readonly #titles = new Set<number>();
  readonly #externalIds = new Set<number>();

  private constructor(kept: KeptRecords<SourceRecord>, earlier: StoredPapers) {
    this.#kept = kept;
    this.#earlier = earlier;
    this.#isAffected = new Uint8Array(earlier.length);
  }

  /** @param kept records of the snapshot after the change. @param others the records that are not among them. */
  static async of(
    kept: KeptRecords<SourceRecord>,
    others: Iterable<SourceRecord>,
    earlier: StoredPapers,
    decisions: readonly MergeDecision[],
  ): Promise<AffectedPapers> {
    const affected = new AffectedPapers(kept, earlier);
    const refs = decisions.flatMap((decision) => decision.records);
    const decided = refs.flatMap(({ file, id }) => kept.find(file, id));
    const changed = [...kept.made].filter(({ state }) => state !== 'kept');
    for (const { keys, earlierDoc } of [...others, ...changed, ...decided]) {
      if (keys.titleHash !== 0) affected.#titles.add(keys.titleHash);
      for (const id of keys.externalIds) affected.#externalIds.add(hashOfText(id));
      if (earlierDoc >= 0) affected.#addPaper(earlierDoc);
    }
    for (const doc of kept.lessened()) affected.#addPaper(doc);
    await affected.#connect();
    return affected;
  }

  /** Whether a paper is one. @param doc its position in the previous snapshot. */
  hasPaper(doc: number): boolean {
    return this.#isAffected[doc] === 1;
  }

  /** The records of these papers. */
  records(): SourceRecord[] {
    return this.#docs.sort((a, b) => a - b).flatMap((doc) => this.#kept.of(doc));
  }

  /** The ids of the papers that are not. */
  get otherIds(): IdSet {
    return {
      has: (id) => {
        const doc = this.#earlier.countBefore(id);
        return doc < this.#earlier.length && this.#isAffected[doc] === 0 && this.#earlier.idOf(doc) === id;
      },
    };
  }

  /**
   * Adds the papers that get other ids because these groups do: those with an alias that is now an id, and those with a
   * record whose id is no longer one.
   * @returns whether there are any.
   */
  async addRenamed(groups: Iterable<Pick<PaperIds, 'id'>>): Promise<boolean> {
    const before = new Set(this.#docs.map((doc) => this.#earlier.idOf(doc)));
    const now = new Set(Array.from(groups, ({ id }) => id));
    const isClaimed = (id: string) => now.has(id) && !before.has(id);
    const released = new Set([...before].filter((id) => !now.has(id)).map(hashOfText));
    let isAny = false;
    for (const [doc, aliases] of this.#earlier.aliases) {
      if (this.#isAffected[doc] === 0 && aliases.some(isClaimed)) isAny = this.#addPaper(doc);
    }
    for (const [number, hash] of released.size === 0 ? [] : this.#kept.facts.idHashes().entries()) {
      if (!released.has(hash)) continue;
      const doc = this.#kept.facts.docOf(number);
      if (this.#isAffected[doc] === 0) isAny = this.#addPaper(doc);
    }
    if (isAny) await this.#connect();
    return isAny;
  }

  /** Adds what is connected with what there is, until nothing is. */
  async #connect(): Promise<void> {
    const { counts } = this.#kept.facts.arrays;
    for (let isAny = true; isAny; ) {
      isAny = false;
      for (let doc = 0; doc < counts.length; doc++) {
        if (doc % YIELD_EVERY === 0) await pause();
        if (this.#isAffected[doc] === 0 && this.#isConnected(doc)) isAny = this.#addPaper(doc);
      }
    }
  }

  #isConnected(doc: number): boolean {
    const { facts } = this.#kept;
    const { titleHashes } = facts.arrays;
    const { first, end, externalFirst, externalEnd } = facts.rangesOf(doc);
    // With sign, hashes are small integers to V8, which sets find without making an object.
    for (let number = first; number < end; number++)
      if (this.#titles.has(titleHashes[number]! | 0)) return true;
    if (this.#externalIds.size === 0) return false;
    const hashes = facts.externalHashes;
    for (let n = externalFirst; n < externalEnd; n++) if (this.#externalIds.has(hashes[n]!)) return true;
    return false;
  }

  #addPaper(doc: number): true {
    if (this.#isAffected[doc] === 1) return true;
    this.#isAffected[doc] = 1;
    this.#docs.push(doc);
    const { facts } = this.#kept;
    const { titleHashes } = facts.arrays;
    const { first, end, externalFirst, externalEnd } = facts.rangesOf(doc);
    for (let number = first; number < end; number++)
      if (titleHashes[number] !== 0) this.#titles.add(titleHashes[number]! | 0);
    for (let n = externalFirst; n < externalEnd; n++) this.#externalIds.add(facts.externalHashes[n]!);
    return true;
  }
}
