import { PaperSearchError } from '../../../errors.ts';
import { TEXT_FIELDS } from '../../../papers/fields.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../../binary/arrays.ts';
import { isAscending } from '../../binary/numbers.ts';
import type { PackedNumbers } from '../../binary/packed-numbers.ts';
import { type CompactSegment, compactSegment, expandSegment, STREAMS } from './compact-segment.ts';
import { completeSegment } from './complete-segment.ts';
import type { Segment, SegmentCore } from './segment.ts';

const KIND = 'keyword index';
const STREAM_NAMES = Object.keys(STREAMS) as (keyof typeof STREAMS)[];

/** A segment as bytes, in parts to be written in order. What is computed from the rest is left out, the rest is packed. */
export function serializeSegment(segment: Segment): Uint8Array[] {
  const { streams, pages, ...rest } = compactSegment(segment);
  const arrays = STREAM_NAMES.flatMap((name) => [
    [`${name}.codes`, streams[name].codes] as const,
    [`${name}.bits`, streams[name].bits] as const,
  ]);
  return packArrays(KIND, { ...rest, ...(pages && { pages }), ...Object.fromEntries(arrays) });
}

/**
 * The segment of the bytes of a file, packed or in the earlier layout, which had the arrays themselves.
 * @throws PaperSearchError INDEX_CORRUPT for bytes that are not a segment, or whose parts do not match.
 */
export function parseSegment(bytes: Uint8Array): Segment {
  const arrays = unpackArrays(KIND, bytes);
  const segment = arrays.sizes ? unpacked(arrays) : earlierLayout(arrays);
  if (!segment) throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} has parts that do not match.`);
  return segment;
}

function unpacked(arrays: NamedArrays): Segment | undefined {
  const { sizes, frequencyRanks, byteRanks, positions, compoundBits, pages } = arrays;
  const streams = {} as Record<keyof typeof STREAMS, PackedNumbers>;
  for (const name of STREAM_NAMES) {
    const codes = arrays[`${name}.codes`];
    const bits = arrays[`${name}.bits`];
    if (!(codes instanceof Uint8Array && bits instanceof Uint32Array)) return undefined;
    streams[name] = { codes, bits };
  }
  if (!(sizes instanceof Uint32Array && frequencyRanks instanceof Uint16Array)) return undefined;
  if (!(byteRanks instanceof Uint16Array && positions instanceof Uint8Array)) return undefined;
  if (!(compoundBits instanceof Uint8Array)) return undefined;
  if (pages !== undefined && !(pages instanceof Uint32Array)) return undefined;
  try {
    const packed: CompactSegment = {
      sizes,
      frequencyRanks,
      byteRanks,
      positions,
      compoundBits,
      pages,
      streams,
    };
    const expanded = expandSegment(packed);
    return expanded && completeSegment(expanded.core, compoundBits, expanded.pages);
  } catch (error) {
    // Sizes for which there is not enough memory.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function earlierLayout(arrays: NamedArrays): Segment | undefined {
  const core = arrays as NamedArrays & SegmentCore;
  return fits(core) ? completeSegment(core) : undefined;
}

/** Whether the parts match, so that no search reads beyond one of them or never ends. */
function fits(segment: SegmentCore): boolean {
  const { termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths } = segment;
  const parts = [termBytes, termEnds, firstPosting, docs, frequencies, positions, fieldLengths];
  if (!parts.every((array) => array)) return false;
  return (
    (termEnds.at(-1) ?? 0) === termBytes.length &&
    isAscending(termEnds, termBytes.length) &&
    firstPosting.length === termEnds.length + 1 &&
    firstPosting.at(-1) === docs.length &&
    isAscending(firstPosting, docs.length) &&
    docs.length === frequencies.length &&
    fieldLengths.length % TEXT_FIELDS.length === 0 &&
    areBelow(docs, fieldLengths.length / TEXT_FIELDS.length)
  );
}

/** A plain loop: `every` takes much of the time in which an index is opened. */
function areBelow(numbers: Uint32Array, limit: number): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i]! >= limit) return false;
  return true;
}
