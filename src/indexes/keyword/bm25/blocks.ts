import type { Postings } from './postings.ts';
import { type FrequencyTables, termScore } from './scoring.ts';

/** Documents of a block: their scores fit into the processor's first cache. */
export const BLOCK_SIZE = 4096;

/** Where a term's postings fall among the blocks of documents, and the maximum of its scores in each (block-max). */
export interface TermBlocks {
  /** Postings before each block, counted from the term's first; and of all blocks, at the end. */
  readonly offsets: Uint32Array;
  /** The maximum score of the postings in each block for weight 1; times the term's weight, the upper bound there. */
  readonly maxScores: Float64Array;
}

/** Reads the postings `[start, end)` of a term once. */
export function termBlocks(
  { docs, frequencies }: Postings,
  { text, names }: FrequencyTables,
  norms: Float64Array,
  start: number,
  end: number,
): TermBlocks {
  const count = Math.ceil(norms.length / BLOCK_SIZE);
  const offsets = new Uint32Array(count + 1);
  const maxScores = new Float64Array(count);
  for (let i = start; i < end; i++) {
    const doc = docs[i]!;
    const block = Math.floor(doc / BLOCK_SIZE);
    const packed = frequencies[i]!;
    const score = termScore(1, text[packed]!, names[packed]!, norms[doc]!);
    offsets[block + 1]!++;
    if (score > maxScores[block]!) maxScores[block] = score;
  }
  for (let block = 0; block < count; block++) offsets[block + 1]! += offsets[block]!;
  return { offsets, maxScores };
}
