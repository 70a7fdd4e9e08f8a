import type { EncodeOptions, Encoder, EncoderInput } from '../../encode/encoder.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { createProcessEncoder } from '../../encode/process-encoder.ts';
import { PaperSearchError } from '../../errors.ts';

export interface QueueOptions {
  /** Calls that the encoder works on at once. Default 4: the model always has a next text, and a long one is overtaken. */
  readonly mostRunning?: number | undefined;
  /** Calls that wait at once; a further one is refused. Default 256. */
  readonly mostWaiting?: number | undefined;
  /** How long a call waits for its turn (milliseconds). Default 20,000. */
  readonly patienceMs?: number | undefined;
}

/** What became of calls since the start, and what they are at now. */
export interface EncodeFigures {
  readonly running: number;
  readonly waiting: number;
  /** By how they ended: `refused` by a full queue, `expired` while waiting, `abandoned` by who asked. */
  readonly ended: Readonly<Record<EncodeEnd, number>>;
}

export type EncodeEnd = 'done' | 'failed' | 'refused' | 'expired' | 'abandoned';

/**
 * An encoder for many who ask at once. Few calls run, a bounded number waits in the order in which they came, for a
 * bounded time; who gives up is taken out of the queue, so that nothing is encoded that nobody waits for.
 */
export class QueuedEncoder implements Encoder {
  readonly model: ModelInfo;
  readonly #encoder: Encoder;
  readonly #mostRunning: number;
  readonly #mostWaiting: number;
  readonly #patienceMs: number;
  /** Each starts its call. A set keeps order and lets one in the middle go. */
  readonly #waiting = new Set<() => void>();
  readonly #ended: Record<EncodeEnd, number> = { done: 0, failed: 0, refused: 0, expired: 0, abandoned: 0 };
  #running = 0;
  #trouble: PaperSearchError | undefined = new PaperSearchError(
    'MODEL_UNAVAILABLE',
    'The model is not loaded yet. Try again in a few seconds.',
  );

  /** Over the bundled model in a process of its own. */
  static overProcess(options: QueueOptions = {}): QueuedEncoder {
    return new QueuedEncoder(createProcessEncoder(), options);
  }

  /** @param encoder closed with this one. */
  constructor(
    encoder: Encoder,
    { mostRunning = 4, mostWaiting = 256, patienceMs = 20_000 }: QueueOptions = {},
  ) {
    this.#encoder = encoder;
    this.model = encoder.model;
    this.#mostRunning = mostRunning;
    this.#mostWaiting = mostWaiting;
    this.#patienceMs = patienceMs;
  }

  /**
   * As any encoder. What the model has begun is finished: another request may wait for the same vector.
   * @throws PaperSearchError OVERLOADED when too many calls wait, or this one has waited too long; the reason of the
   *   signal when it aborts before the call has its turn.
   */
  async encode(
    texts: readonly EncoderInput[],
    { signal, ...options }: EncodeOptions = {},
  ): Promise<Float32Array> {
    if (this.#running >= this.#mostRunning) await this.#turn(signal);
    else this.#running++;
    try {
      const vectors = await this.#encoder.encode(texts, options);
      this.#ended.done++;
      this.#trouble = undefined;
      return vectors;
    } catch (error) {
      this.#ended.failed++;
      if (error instanceof PaperSearchError) this.#trouble = error;
      throw error;
    } finally {
      this.#running--;
      this.#startNext();
    }
  }

  close(): Promise<void> {
    return this.#encoder.close();
  }

  /** Why the model could not be used the last time; before the first time, that it is not loaded. */
  trouble(): PaperSearchError | undefined {
    return this.#trouble;
  }

  figures(): EncodeFigures {
    return { running: this.#running, waiting: this.#waiting.size, ended: { ...this.#ended } };
  }

  /** Resolves when the call may run; it then counts among the running ones. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return this.#giveUp('abandoned', signal.reason);
    if (this.#waiting.size >= this.#mostWaiting) {
      return this.#giveUp('refused', overloaded('Too many questions wait for the model'));
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(start);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const start = () => {
        leave();
        this.#running++;
        resolve();
      };
      const fail = (end: EncodeEnd, reason: unknown) => {
        leave();
        this.#giveUp(end, reason).catch(reject);
      };
      const onAbort = () => fail('abandoned', signal!.reason);
      const timer = setTimeout(
        () => fail('expired', overloaded('The model is busy with earlier questions')),
        this.#patienceMs,
      );
      signal?.addEventListener('abort', onAbort);
      this.#waiting.add(start);
    });
  }

  async #giveUp(end: EncodeEnd, reason: unknown): Promise<never> {
    this.#ended[end]++;
    throw reason;
  }

  #startNext(): void {
    const [next] = this.#waiting;
    next?.();
  }
}

function overloaded(what: string): PaperSearchError {
  return new PaperSearchError('OVERLOADED', `${what}. Try again in a few seconds, or with mode=keyword.`);
}
