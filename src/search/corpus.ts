import type { FieldIndex } from '../indexes/fields/field-index.ts';
import type { KeywordIndex } from '../indexes/keyword/keyword-index.ts';
import type { CorpusMap } from '../indexes/map/corpus-map.ts';
import type { VectorIndex } from '../indexes/vectors/vector-index.ts';
import type { Paper } from '../papers/paper.ts';
import type { CosineScale } from './confidence.ts';
import type { Encoded } from './encoded.ts';
import type { FusionWeights } from './fuse/methods.ts';
import type { LazyReading } from './lazy-reading.ts';
import type { Titles } from './match/titles.ts';
import type { NamedPapers } from './named-papers.ts';
import type { LinkWeights } from './related/link-similarity.ts';
import type { SnapshotRerankers } from './rerank/rerankers.ts';
import type { SentenceFinder } from './rerank/sentences.ts';
import type { ScoreKeeper } from './scored-terms.ts';
import type { Suggestions } from './suggest/suggestions.ts';

/** The indexes of one snapshot, over the same papers. */
export interface Indexes {
  readonly lexical: KeywordIndex;
  readonly dense: VectorIndex;
  /** The vector of a paper as it was encoded; valid until the next call. */
  readonly vectorAt: (doc: number) => Float32Array;
  /** Makes cosines comparable with those of the bundled model, for the confidence. */
  readonly cosineScale: CosineScale;
  /** Weight of the keyword score in the similarity of two papers, 0 to 1; the rest is the cosine's. */
  readonly relatedKeywordShare: number;
  /** Weight of the first papers' vectors beside the query's (`feedback.ts`); 0 for no feedback. */
  readonly feedback: number;
}

/** What the stages of a search read: an open snapshot, and the model that turns text into vectors. */
export interface Corpus {
  readonly indexes: Indexes;
  readonly fields: FieldIndex;
  /** How many papers have a vector; absent if all have one. */
  readonly encoded?: Encoded | undefined;
  /** Finds the papers of the people that the text of a query names. Default: by the authors of `fields`. */
  readonly named?: ((text: string) => NamedPapers | undefined) | undefined;
  /** Undefined for an index without a map. */
  readonly map: CorpusMap | undefined;
  readonly sentences: SentenceFinder;
  readonly rerankers: SnapshotRerankers;
  /**
   * Papers that come before all others in a ranking, a byte a paper: those of its earlier pages, where another choice of
   * candidates was ranked. Default: none.
   */
  readonly ahead?: Uint8Array | undefined;
  /** Aborts when the client no longer waits for the answer. */
  readonly signal: AbortSignal | undefined;
  /** Loaded when a word of a query may be misspelt. */
  readonly suggestions: LazyReading<Suggestions>;
  /** Read when a query has a part with only stop words. */
  readonly titles: LazyReading<Titles>;
  /** Room for estimates of keyword scores that are computed while a vector is. Default: none. */
  readonly scoreKeeper?: ScoreKeeper | undefined;
  readonly fusionWeights: FusionWeights;
  readonly linkWeights: LinkWeights;
  readonly paperAt: (doc: number) => Paper;
  /** Fetches papers that `paperAt` will be asked for; absent where it has all of them. */
  readonly load?: ((docs: readonly number[]) => Promise<void>) | undefined;
  /**
   * The position of the paper with an id, or else the only one with an identifier that others gave it.
   * @throws PaperSearchError NOT_FOUND for an unknown identifier, and for one that several papers have.
   */
  readonly docOf: (id: string) => number;
  /** The vector of a query, L2-normalised. @throws PaperSearchError MODEL_UNAVAILABLE or ENCODER_FAILED. */
  readonly encode: (text: string) => Promise<Float32Array>;
}
