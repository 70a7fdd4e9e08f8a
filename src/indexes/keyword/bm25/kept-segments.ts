import { coreOf } from './complete-segment.ts';
import { documentCount, type Segment } from './segment.ts';
import { serializeSegment } from './segment-file.ts';
import { mergeUnordered, type UnorderedSegment } from './unordered-merge.ts';

/** Segments of papers in the order in which they were read, until it is known which position each paper has. */
export class KeptSegments {
  readonly #segments: UnorderedSegment[] = [];

  add(segment: Segment): void {
    this.#segments.push(inFewBytes(segment));
  }

  /**
   * The index of all papers as bytes, in parts. The segments are gone afterwards.
   * @param positions of the papers of all segments, one segment after another; -1 for one that is left out.
   * @param documents in all.
   */
  arrange(positions: Int32Array, documents: number): Uint8Array[] {
    let first = 0;
    const inputs = this.#segments.splice(0).map((segment) => {
      const start = first;
      first += documentCount(segment);
      return { segment, positions: positions.subarray(start, first) };
    });
    const merged = mergeUnordered(inputs, documents);
    // Packing takes memory, too.
    inputs.length = 0;
    return serializeSegment(merged);
  }
}

/** A segment without what no merge needs; of one with few documents, these take two bytes. */
function inFewBytes(segment: Segment): UnorderedSegment {
  const core = coreOf(segment);
  const docs = documentCount(core) <= 1 << 16 ? Uint16Array.from(core.docs) : core.docs;
  return { ...core, docs, codes: segment.positionCodes() };
}
