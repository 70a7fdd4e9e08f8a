import { compoundBits } from './compounds.ts';
import { positionBlocksOf } from './positions.ts';
import type { Segment, SegmentCore } from './segment.ts';
import { TermDictionary, termSlots } from './term-dictionary.ts';

/**
 * A segment with what is computed from the rest, which does not have to be stored; at the first use, as an index may
 * be opened for other things than searches.
 * @param knownBits its `compoundBits`, where they are known: they take a bit a term, and a while to compute.
 */
export function completeSegment(core: SegmentCore, knownBits?: Uint8Array): Segment {
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
      blocks ??= positionBlocksOf(core);
      return blocks;
    },
    fieldLengths,
  };
}
