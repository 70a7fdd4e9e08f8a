import { pause } from '../util/pause.ts';
import type { Group, GroupList } from './groups.ts';
import {
  type AssignedIds,
  assignIds,
  type IdClaim,
  type IdSet,
  type PaperIds,
} from './identity/paper-ids.ts';
import type { PlaceLists } from './identity/place-lists.ts';
import type { SourceRecord } from './record-set.ts';

/** Lists of records between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;
const NONE: readonly PaperIds[] = [];

/** Puts records of one paper in the order in which they count. */
export type InPrecedence = (records: readonly SourceRecord[]) => readonly SourceRecord[];

/**
 * The groups of some records, in the order of their ids. Most have one record: of these, there are only numbers, so that
 * those of millions fit into memory.
 */
export class MadeGroups implements GroupList {
  readonly length: number;
  readonly #records: GroupedRecords;
  readonly #ids: AssignedIds;
  /** The lists of records in the order of the ids. */
  readonly #order: Uint32Array;

  /**
   * @param all some records. @param lists the places of the records of each group. @param earlierOf the ids of a paper of the
   *   previous snapshot, by its position. @param taken ids of papers that are made of other records.
   */
  static async of(
    all: readonly SourceRecord[],
    lists: PlaceLists,
    inPrecedence: InPrecedence,
    earlierOf: (doc: number) => PaperIds | undefined,
    taken?: IdSet,
  ): Promise<MadeGroups> {
    const records = await GroupedRecords.of(all, lists, inPrecedence);
    const claimOf = (list: number): IdClaim => {
      const own = records.at(list);
      const docs = new Set(own.map(({ earlierDoc }) => earlierDoc));
      return {
        own: own.map(({ keys }) => keys.id),
        earlier:
          docs.size === 1 && docs.has(-1)
            ? NONE
            : [...docs].flatMap((doc) => (doc < 0 ? [] : (earlierOf(doc) ?? []))),
        file: own[0]!.keys.file,
        number: own[0]!.number,
      };
    };
    return new MadeGroups(records, assignIds({ length: lists.length, at: claimOf }, taken));
  }

  private constructor(records: GroupedRecords, ids: AssignedIds) {
    this.length = records.length;
    this.#records = records;
    this.#ids = ids;
    this.#order = Uint32Array.from({ length: records.length }, (_, list) => list).sort((a, b) =>
      ids.idOf(a) < ids.idOf(b) ? -1 : 1,
    );
  }

  at(place: number): Group {
    const list = this.#order[place]!;
    return { ...this.#ids.at(list), records: this.#records.at(list) };
  }

  *[Symbol.iterator](): Generator<Group> {
    for (let place = 0; place < this.length; place++) yield this.at(place);
  }
}

/** Lists of records: of a list of one, there is only its place. */
class GroupedRecords {
  readonly length: number;
  readonly #all: readonly SourceRecord[];
  readonly #firsts: Int32Array;
  /** The lists of several. */
  readonly #several = new Map<number, readonly SourceRecord[]>();

  static async of(
    all: readonly SourceRecord[],
    lists: PlaceLists,
    inPrecedence: InPrecedence,
  ): Promise<GroupedRecords> {
    const records = new GroupedRecords(all, lists);
    for (let list = 0; list < lists.length; list++) {
      if (list % YIELD_EVERY === 0) await pause();
      if (lists.sizeOf(list) === 1) continue;
      records.#several.set(list, inPrecedence(lists.at(list).map((place) => all[place]!)));
    }
    return records;
  }

  private constructor(all: readonly SourceRecord[], lists: PlaceLists) {
    this.length = lists.length;
    this.#all = all;
    this.#firsts = Int32Array.from({ length: lists.length }, (_, list) => lists.firstOf(list));
  }

  at(list: number): readonly SourceRecord[] {
    return this.#several.get(list) ?? [this.#all[this.#firsts[list]!]!];
  }
}
