import type { Encoder } from './encoder.ts';
import type { ModelInfo } from './model-info.ts';
import { modelOfIndex } from './models/registry.ts';
import { createProcessEncoder, type ProcessEncoderOptions } from './process-encoder.ts';

/**
 * The encoder of the model that made the vectors of an index, in a separate process that starts with the first text.
 * @param info the model as the index records it.
 * @throws PaperSearchError INDEX_INCOMPATIBLE when the model is not installed; the message says what to run.
 */
export async function encoderOfIndex(
  info: ModelInfo,
  options: Omit<ProcessEncoderOptions, 'model' | 'script'> = {},
): Promise<Encoder> {
  return createProcessEncoder({ ...options, model: await modelOfIndex(info) });
}
