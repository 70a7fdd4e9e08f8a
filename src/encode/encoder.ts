import type { PaperSearchError } from '../errors.ts';
import type { Progress } from '../util/progress.ts';
import type { ModelInfo } from './model-info.ts';

/** The text of a paper with its title. Either part may be empty. */
export interface TitledText {
  readonly title: string;
  readonly body: string;
}

/** What can be encoded: a question as a plain text, a paper as a titled one. */
export type EncoderInput = string | TitledText;

/** How often a long task has texts encoded again whose process died or stalled. */
export const RETRIES_OF_LONG_TASKS = 3;

export interface EncodeOptions {
  /** Called after every batch with the number of texts encoded so far. */
  readonly onProgress?: Progress | undefined;
  /** Called with each vector as soon as it is computed, in any order. */
  readonly onVector?: ((index: number, vector: Float32Array) => void) | undefined;
  /** Aborting rejects with the signal's reason, at the next batch at the latest. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How often texts are encoded again whose process died or stalled; an encoder in this process ignores it. Default 0: for a
   * query, an error at once is better than an answer minutes later.
   */
  readonly retries?: number | undefined;
  /** Called with the reason when texts are encoded again. */
  readonly onRetry?: ((reason: PaperSearchError) => void) | undefined;
  /** Awaited between batches by an encoder in this thread, so that others can use the model. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Text to unit vectors. Equal texts give equal vectors, whatever they are encoded together with. */
export interface Encoder {
  readonly model: ModelInfo;
  /**
   * Encodes texts of any length; one longer than the model's window is read in several windows.
   * @returns Float32Array of n × dimension, row-major, each row L2-normalised, in the order of `texts`.
   * @throws PaperSearchError ENCODER_FAILED when the model cannot run.
   */
  encode(texts: readonly EncoderInput[], options?: EncodeOptions): Promise<Float32Array>;
  /** Frees the model. Calls after this reject. */
  close(): Promise<void>;
}
