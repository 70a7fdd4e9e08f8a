import type { Encoder } from './encoder.ts';
import type { ModelInfo } from './model-info.ts';
import { modelOfIndex } from './models/registry.ts';
import { createProcessEncoder, type ProcessEncoderOptions } from './process-encoder.ts';

/**
 * The encoder of the model that made the vectors of an index, for questions: in a separate process of one thread, which starts
 * with the first text. A question of a few words is encoded no sooner by more threads, and these keep the cores from everything else
 * while they wait for the next one (`scripts/encoding/candidates.md`).
 * @param info the model as the index records it.
 * @throws PaperSearchError INDEX_INCOMPATIBLE when the model is not installed; the message says what to run.
 */
export async function encoderOfIndex(
  info: ModelInfo,
  options: Omit<ProcessEncoderOptions, 'model' | 'script'> = {},
): Promise<Encoder> {
  return createProcessEncoder({ threads: 1, ...options, model: await modelOfIndex(info) });
}
