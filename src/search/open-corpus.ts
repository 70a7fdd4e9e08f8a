import type { FieldIndex } from '../indexes/fields/field-index.ts';
import type { CorpusMap } from '../indexes/map/corpus-map.ts';
import type { Paper } from '../papers/paper.ts';
import type { FusionWeights } from './fuse/methods.ts';
import type { Indexes } from './rankings.ts';
import type { SentenceFinder } from './sentences.ts';

/** All that answers are made from: an open snapshot and what turns text into vectors. */
export interface OpenCorpus {
  readonly indexes: Indexes;
  readonly attributes: FieldIndex;
  /** Undefined for an index without one. */
  readonly map: CorpusMap | undefined;
  readonly sentences: SentenceFinder;
  readonly fusionWeights: FusionWeights;
  readonly paperAt: (doc: number) => Paper;
  /** The position of a paper. @throws PaperSearchError NOT_FOUND for an unknown id. */
  readonly docOf: (id: string) => number;
  /** The vector of a question, L2-normalised. */
  readonly encode: (text: string) => Promise<Float32Array>;
}
