import type { TitledText } from './encoder.ts';

export interface ScoreOptions {
  /** Aborting rejects with the signal's reason, at the next passages at the latest. */
  readonly signal?: AbortSignal | undefined;
}

/** Reads a query and a passage together and says how relevant the passage is. Equal pairs have equal scores. */
export interface PairScorer {
  /**
   * Scores passages. The longer text of a pair that does not fit into the model's window is cut at its end.
   * @returns a logit per passage, in their order: its logistic function is the relevance, 0 to 1.
   * @throws PaperSearchError ENCODER_FAILED when the model cannot run, MODEL_UNAVAILABLE when it cannot be loaded.
   */
  score(query: string, passages: readonly TitledText[], options?: ScoreOptions): Promise<Float32Array>;
  /** Frees the model. Calls after this reject. */
  close(): Promise<void>;
}
