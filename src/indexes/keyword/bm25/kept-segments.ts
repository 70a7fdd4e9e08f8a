import { documentCount, type Segment } from './segment.ts';
import { serializeSegment } from './segment-file.ts';
import { mergeUnordered } from './unordered-merge.ts';

/** Segments of papers in the order in which they were read, until it is known which position each paper has. */
export class KeptSegments {
  readonly #segments: Segment[] = [];

  add(segment: Segment): void {
    this.#segments.push(segment);
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
