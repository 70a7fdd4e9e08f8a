import { compoundBits } from './compounds.ts';
import { positionBlocksOf } from './positions.ts';
import type { Segment, SegmentCore } from './segment.ts';
import { TermDictionary, termSlots } from './term-dictionary.ts';

/**
 * A segment with what is computed from the rest, which does not have to be stored.
 * @param knownBits its `compoundBits`, where they are known: they take a bit a term, and a while to compute.
 */
export function completeSegment(core: SegmentCore, knownBits?: Uint8Array): Segment {
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths } = core;
  const terms = { termBytes, termEnds, termSlots: termSlots(core) };
  return {
    ...terms,
    compoundBits: knownBits ?? compoundBits(new TermDictionary(terms)),
    firstPosting,
    docs,
    frequencies,
    positions,
    positionBlocks: positionBlocksOf(core),
    fieldLengths,
  };
}
