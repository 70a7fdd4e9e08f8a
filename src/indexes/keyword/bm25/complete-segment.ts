import { compoundBits } from './compounds.ts';
import { packPositions, unpackAll } from './position-codes.ts';
import { positionStartsOf } from './positions.ts';
import type { PostingPages } from './posting-pages.ts';
import { type KnownPositions, POSITION_BLOCK, type Segment, type SegmentCore } from './segment.ts';
import { TermDictionary, termSlots } from './term-dictionary.ts';

/** Of a segment whose postings are there. */
const NOTHING = () => {};

/** The positions of a segment in both forms, and how the postings become readable. */
type Positions = Pick<
  Segment,
  'positions' | 'positionCodes' | 'positionBlocks' | 'load' | 'locate' | 'kernel'
>;

/**
 * A segment with what is computed from the rest, which does not have to be stored; at the first use, as an index may
 * be opened for other things than searches.
 * @param known its positions. @param knownBits its `compoundBits`, where they are known: they take a bit a term, and a while to
 *   compute.
 */
export function completeSegment(core: SegmentCore, known: KnownPositions, knownBits?: Uint8Array): Segment {
  const positions = 'codes' in known ? codedPositions(core, known.codes) : plainPositions(core, known);
  return segmentOf(core, positions, knownBits);
}

/** What `completeSegment` needs of a segment, without its positions. */
export function coreOf(segment: Segment): SegmentCore {
  const { termBytes, termEnds, firstPosting, docs, frequencies, fieldLengths } = segment;
  return { termBytes, termEnds, firstPosting, docs, frequencies, fieldLengths };
}

/** A segment of which postings are read when they are first used. @param knownBits its `compoundBits`. */
export function pagedSegment(core: SegmentCore, pages: PostingPages, knownBits: Uint8Array): Segment {
  const { positions, positionBlocks, kernel } = pages.arrays;
  return segmentOf(
    core,
    {
      positions,
      positionCodes: () => pages.positionCodes(),
      positionBlocks,
      load: (start, end) => pages.load(start, end),
      locate: (posting) => pages.locate(posting),
      kernel,
    },
    knownBits,
  );
}

function plainPositions(core: SegmentCore, { positions }: { readonly positions: Uint8Array }): Positions {
  let blocks: Uint32Array | undefined;
  const arrays = { frequencies: core.frequencies, positions };
  return {
    positions,
    positionCodes: () => packPositions(arrays),
    get positionBlocks() {
      blocks ??= positionStartsOf(arrays, POSITION_BLOCK);
      return blocks;
    },
    load: NOTHING,
    locate: NOTHING,
    kernel: undefined,
  };
}

function codedPositions({ frequencies }: SegmentCore, codes: Uint8Array): Positions {
  let unpacked: Pick<Segment, 'positions' | 'positionBlocks'> | undefined;
  const read = () => {
    unpacked ??= unpackAll({ frequencies, codes });
    return unpacked;
  };
  return {
    get positions() {
      return read().positions;
    },
    positionCodes: () => codes,
    get positionBlocks() {
      return read().positionBlocks;
    },
    load: NOTHING,
    locate: NOTHING,
    kernel: undefined,
  };
}

function segmentOf(core: SegmentCore, positions: Positions, knownBits?: Uint8Array): Segment {
  const { termBytes, termEnds, firstPosting, docs, frequencies, fieldLengths } = core;
  let slots: Uint32Array | undefined;
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
    get positions() {
      return positions.positions;
    },
    positionCodes: positions.positionCodes,
    get positionBlocks() {
      return positions.positionBlocks;
    },
    fieldLengths,
    load: positions.load,
    locate: positions.locate,
    kernel: positions.kernel,
  };
}
