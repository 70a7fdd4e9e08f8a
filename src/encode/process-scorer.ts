import { PaperSearchError } from '../errors.ts';
import type { TitledText } from './encoder.ts';
import { ModelProcess, type ModelProcessOptions } from './model-process.ts';
import type { RerankerModel } from './models/reranker.ts';
import type { PairScorer, ScoreOptions } from './pair-scorer.ts';

/** Passages sent at once: after an abort, no more than these are still read. */
const CHUNK = 4;

/**
 * A cross-encoder in a separate process, started for the first query and again after a crash or hang. A model that
 * cannot be loaded makes `score` reject with MODEL_UNAVAILABLE.
 */
export function createProcessScorer(model: RerankerModel, options: ModelProcessOptions = {}): PairScorer {
  return new ProcessScorer(model, options);
}

class ProcessScorer implements PairScorer {
  readonly #model: RerankerModel;
  readonly #options: ModelProcessOptions;
  #process: ModelProcess | undefined;
  #closed = false;

  constructor(model: RerankerModel, options: ModelProcessOptions) {
    this.#model = model;
    this.#options = options;
  }

  async score(
    query: string,
    passages: readonly TitledText[],
    { signal }: ScoreOptions = {},
  ): Promise<Float32Array> {
    const scores = new Float32Array(passages.length);
    for (let start = 0; start < passages.length; start += CHUNK) {
      signal?.throwIfAborted();
      scores.set(await this.#send(query, passages.slice(start, start + CHUNK)), start);
    }
    return scores;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#process?.kill();
  }

  #send(query: string, passages: readonly TitledText[]): Promise<Float32Array> {
    if (this.#closed) throw new PaperSearchError('ENCODER_FAILED', 'The reranker is closed.');
    if (!this.#process || this.#process.ended) {
      this.#process = new ModelProcess({ ...this.#options, model: this.#model });
    }
    return this.#process.request({ query, passages });
  }
}
