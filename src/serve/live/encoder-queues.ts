import type { Encoder } from '../../encode/encoder.ts';
import { encoderOfIndex } from '../../encode/encoder-of-index.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import type { PaperSearchError } from '../../errors.ts';
import { Encoders } from './encoders.ts';
import { type EncodeEnd, type EncodeStats, QueuedEncoder } from './queued-encoder.ts';

/** The queues before the encoders of a server, one per model that its libraries use. */
export class EncoderQueues {
  readonly #open = new Set<QueuedEncoder>();
  /** Calls of queues that are closed. */
  readonly #ended: Partial<Record<EncodeEnd, number>> = {};
  /** One queue per model, for all engines. */
  readonly #shared = new Encoders((model) => this.#make(model));

  /**
   * The queue before the model of an index, in its own process; indexes of the same model share it.
   * @throws PaperSearchError INDEX_INCOMPATIBLE when the model is not installed.
   */
  of(model: ModelInfo): Promise<Encoder> {
    return this.#shared.of(model);
  }

  async #make(model: ModelInfo): Promise<Encoder> {
    const queue = new QueuedEncoder(await encoderOfIndex(model));
    this.#open.add(queue);
    return {
      model: queue.model,
      encode: (texts, options) => queue.encode(texts, options),
      close: async () => {
        await queue.close();
        this.#open.delete(queue);
        for (const [end, count] of ends(queue.stats())) this.#ended[end] = (this.#ended[end] ?? 0) + count;
      },
    };
  }

  /** The error of the last call of a model that is in use; before its first call, that it is not loaded. */
  lastError(): PaperSearchError | undefined {
    const errors = Array.from(this.#open, (queue) => queue.lastError());
    return errors.find((error) => error !== undefined);
  }

  /** The sums over all models. */
  stats(): EncodeStats {
    const all = Array.from(this.#open, (queue) => queue.stats());
    const ended = { done: 0, failed: 0, refused: 0, expired: 0, abandoned: 0, ...this.#ended };
    for (const [end, count] of all.flatMap(ends)) ended[end] += count;
    return {
      running: all.reduce((sum, { running }) => sum + running, 0),
      waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
      ended,
    };
  }
}

function ends({ ended }: EncodeStats): [EncodeEnd, number][] {
  return Object.entries(ended) as [EncodeEnd, number][];
}
