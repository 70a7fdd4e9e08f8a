import type { EarlyBuild } from '../indexes/keyword/keyword-index.ts';
import type { Paper } from '../papers/paper.ts';
import { lowerBound } from '../util/lower-bound.ts';
import type { Groups } from './groups.ts';
import type { RecordPlace } from './record-store.ts';

/** The texts of the records of a new index, which are indexed while others are read. */
export class EarlyTexts {
  readonly build: EarlyBuild;
  /** The numbers in the spool of the records that were added, ascending. */
  readonly #spooled: number[] = [];

  constructor(build: EarlyBuild) {
    this.build = build;
  }

  /** Takes a record that was stored; waits where indexing is behind. */
  add(record: Paper, place: RecordPlace): Promise<void> | undefined {
    if (!('spooled' in place)) return undefined;
    this.#spooled.push(place.spooled);
    return this.build.add(record);
  }

  /**
   * The positions of the papers that the added records are, one a record; -1 for a record that is not stored as it was added
   * any more, or is one of several that make a paper: the text of that one is put together from them.
   */
  positionsIn(groups: Groups): Int32Array {
    const spooled = this.#spooled;
    const positions = new Int32Array(spooled.length).fill(-1);
    for (let doc = 0; doc < groups.length; doc++) {
      const { records } = groups.at(doc);
      const { place } = records[0]!;
      if (records.length > 1 || !('spooled' in place)) continue;
      const nth = lowerBound(0, spooled.length, (other) => spooled[other]! < place.spooled);
      if (spooled[nth] === place.spooled) positions[nth] = doc;
    }
    return positions;
  }
}
