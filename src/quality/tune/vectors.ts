import type { EncodeOptions, Encoder } from '../../encode/encoder.ts';
import type { Snapshot } from '../../indexes/store/snapshot-reader.ts';
import { textOf } from '../../ingest/vectors.ts';
import type { TuningCorpus } from './corpus.ts';

/**
 * The vectors of papers for tuning: those of the snapshot, except for papers whose encoded text has changed.
 * @returns one a paper, L2-normalised.
 */
export async function heldOutVectors(
  { papers, positions, queries }: TuningCorpus,
  snapshot: Pick<Snapshot, 'vectors'>,
  encoder: Encoder,
  options: EncodeOptions,
): Promise<Float32Array[]> {
  // Keywords are not encoded.
  const changed = queries.filter(({ kind }) => kind !== 'key-phrase').map(({ doc }) => doc);
  const texts = changed.map((doc) => textOf(papers[doc]!));
  const encoded = await encoder.encode(texts, options);
  const vectors: Float32Array[] = positions.map((position) => snapshot.vectors.read(position).slice());
  const { dimension } = encoder.model;
  for (const [row, doc] of changed.entries()) {
    vectors[doc] = encoded.subarray(row * dimension, (row + 1) * dimension);
  }
  return vectors;
}
