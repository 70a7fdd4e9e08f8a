import { compoundBits } from './compounds.ts';
import { positionMarks } from './positions.ts';
import type { Segment, SegmentCore } from './segment.ts';
import { TermDictionary, termSlots } from './term-dictionary.ts';

/** A segment with what is computed from the rest: nothing of it has to be stored. */
export function completeSegment(core: SegmentCore): Segment {
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths } = core;
  const terms = { termBytes, termEnds, termSlots: termSlots(core) };
  const { positionBlocks, signatures } = positionMarks(core);
  return {
    ...terms,
    compoundBits: compoundBits(new TermDictionary(terms)),
    firstPosting,
    docs,
    frequencies,
    positions,
    positionBlocks,
    signatures,
    fieldLengths,
  };
}
