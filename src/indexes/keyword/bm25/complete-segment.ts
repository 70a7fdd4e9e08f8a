import { compoundBits } from './compounds.ts';
import { positionStartsOf } from './positions.ts';
import type { PostingPages } from './posting-pages.ts';
import { POSITION_BLOCK, type Segment, type SegmentCore } from './segment.ts';
import { TermDictionary, termSlots } from './term-dictionary.ts';

/** Of a segment whose postings are there. */
const NOTHING = () => {};

/**
 * A segment with what is computed from the rest, which does not have to be stored; at the first use, as an index may
 * be opened for other things than searches.
 * @param knownBits its `compoundBits`, where they are known: they take a bit a term, and a while to compute.
 * @param pages read its postings when they are first used. Default: they are there.
 */
export function completeSegment(core: SegmentCore, knownBits?: Uint8Array, pages?: PostingPages): Segment {
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths } = core;
  let slots: Uint32Array | undefined;
  let blocks: Uint32Array | undefined;
  const terms = {
    termBytes,
    termEnds,
    get termSlots() {
      slots ??= termSlots(core);
      return slots;
    },
  };
  return {
    termBytes,
    termEnds,
    get termSlots() {
      return terms.termSlots;
    },
    compoundBits: knownBits ?? compoundBits(new TermDictionary(terms)),
    firstPosting,
    docs,
    frequencies,
    positions,
    get positionBlocks() {
      blocks ??= pages?.arrays.positionBlocks ?? positionStartsOf(core, POSITION_BLOCK);
      return blocks;
    },
    fieldLengths,
    load: pages ? (start, end) => pages.load(start, end) : NOTHING,
    locate: pages ? (posting) => pages.locate(posting) : NOTHING,
    loadAll: pages ? () => pages.loadAll() : NOTHING,
    kernel: pages?.arrays.kernel,
  };
}
