import type { Segment } from '../../src/indexes/keyword/bm25/segment.ts';
import { serializeSegment } from '../../src/indexes/keyword/bm25/segment-file.ts';

/** A segment as a file has it: segments with the same bytes are the same, in whichever form they have their positions. */
export function segmentBytes(segment: Segment): string {
  return Buffer.concat(serializeSegment(segment)).toString('base64');
}
