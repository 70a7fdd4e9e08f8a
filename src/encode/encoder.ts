import type { Progress } from '../util/progress.ts';
import type { ModelInfo } from './model-info.ts';

/** The text of a paper with its title. Either part may be empty. */
export interface TitledText {
  readonly title: string;
  readonly body: string;
}

/** What can be encoded: a question as a plain text, a paper as a titled one. */
export type EncoderInput = string | TitledText;

export interface EncodeOptions {
  /** Called after every batch with the number of texts encoded so far. */
  readonly onProgress?: Progress | undefined;
  /** Called with each vector as soon as it is computed, in any order. */
  readonly onVector?: ((index: number, vector: Float32Array) => void) | undefined;
  /** Aborting rejects with the signal's reason at the next batch. */
  readonly signal?: AbortSignal | undefined;
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
