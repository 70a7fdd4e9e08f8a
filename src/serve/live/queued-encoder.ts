import type { EncodeOptions, Encoder, EncoderInput } from '../../encode/encoder.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { PaperSearchError } from '../../errors.ts';

export interface QueueOptions {
  /**
   * Calls that run at once of questions, and as many of papers. Default 4: the model always has a next text, and a short
   * one can finish before a long one.
   */
  readonly maxRunning?: number | undefined;
  /** Calls that wait at once; the next one is refused. Default 256. */
  readonly maxWaiting?: number | undefined;
  /** Maximum waiting time of a call (milliseconds). Default 20,000. */
  readonly maxWaitMs?: number | undefined;
}

/** Calls that run and wait now, and how earlier ones ended. */
export interface EncodeStats {
  readonly running: number;
  readonly waiting: number;
  /** By outcome: `refused` because the queue was full, `expired` while waiting, `abandoned` by the caller. */
  readonly ended: Readonly<Record<EncodeEnd, number>>;
}

export type EncodeEnd = 'done' | 'failed' | 'refused' | 'expired' | 'abandoned';

/** Calls of one kind. */
interface Lane {
  running: number;
  /** Each entry starts its call. A set keeps the order and can delete from the middle. */
  readonly waiting: Set<() => void>;
}

/**
 * An encoder for many concurrent callers. A few calls run; a bounded number waits in order of arrival, for a bounded
 * time. Questions do not wait for texts of papers, which take much longer. A call whose caller gives up leaves the queue,
 * so no text is encoded for nothing.
 */
export class QueuedEncoder implements Encoder {
  readonly model: ModelInfo;
  readonly #encoder: Encoder;
  readonly #maxRunning: number;
  readonly #maxWaiting: number;
  readonly #maxWaitMs: number;
  readonly #questions: Lane = { running: 0, waiting: new Set() };
  readonly #papers: Lane = { running: 0, waiting: new Set() };
  readonly #ended: Record<EncodeEnd, number> = { done: 0, failed: 0, refused: 0, expired: 0, abandoned: 0 };
  #lastError: PaperSearchError | undefined = new PaperSearchError(
    'MODEL_UNAVAILABLE',
    'The model is not loaded yet. Try again in a few seconds.',
  );

  /**  @param encoder closed with this one. */
  constructor(encoder: Encoder, { maxRunning = 4, maxWaiting = 256, maxWaitMs = 20_000 }: QueueOptions = {}) {
    this.#encoder = encoder;
    this.model = encoder.model;
    this.#maxRunning = maxRunning;
    this.#maxWaiting = maxWaiting;
    this.#maxWaitMs = maxWaitMs;
  }

  /**
   * Encodes texts. A call that the model has begun is finished: another request may wait for the same vector.
   * @throws PaperSearchError OVERLOADED when too many calls wait, or this one has waited too long; the reason of the
   *   signal when it aborts before the call starts.
   */
  async encode(
    texts: readonly EncoderInput[],
    { signal, ...options }: EncodeOptions = {},
  ): Promise<Float32Array> {
    const lane = texts.every((text) => typeof text === 'string') ? this.#questions : this.#papers;
    if (lane.running >= this.#maxRunning) await this.#waitForTurn(lane, signal);
    else lane.running++;
    try {
      const vectors = await this.#encoder.encode(texts, options);
      this.#ended.done++;
      this.#lastError = undefined;
      return vectors;
    } catch (error) {
      this.#ended.failed++;
      if (error instanceof PaperSearchError) this.#lastError = error;
      throw error;
    } finally {
      lane.running--;
      const [next] = lane.waiting;
      next?.();
    }
  }

  close(): Promise<void> {
    return this.#encoder.close();
  }

  /** The error of the last call of the model; before the first call, that the model is not loaded. */
  lastError(): PaperSearchError | undefined {
    return this.#lastError;
  }

  stats(): EncodeStats {
    return {
      running: this.#questions.running + this.#papers.running,
      waiting: this.#waiting(),
      ended: { ...this.#ended },
    };
  }

  /** Resolves when the call may start; it then counts as running. */
  #waitForTurn(lane: Lane, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return this.#giveUp('abandoned', signal.reason);
    if (this.#waiting() >= this.#maxWaiting) {
      return this.#giveUp('refused', overloaded('Too many queries are waiting for the model'));
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        lane.waiting.delete(start);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const start = () => {
        leave();
        lane.running++;
        resolve();
      };
      const fail = (end: EncodeEnd, reason: unknown) => {
        leave();
        this.#giveUp(end, reason).catch(reject);
      };
      const onAbort = () => fail('abandoned', signal!.reason);
      const timer = setTimeout(
        () => fail('expired', overloaded('The model is busy with earlier queries')),
        this.#maxWaitMs,
      );
      signal?.addEventListener('abort', onAbort);
      lane.waiting.add(start);
    });
  }

  #waiting(): number {
    return this.#questions.waiting.size + this.#papers.waiting.size;
  }

  async #giveUp(end: EncodeEnd, reason: unknown): Promise<never> {
    this.#ended[end]++;
    throw reason;
  }
}

function overloaded(what: string): PaperSearchError {
  return new PaperSearchError('OVERLOADED', `${what}. Try again in a few seconds, or with mode=keyword.`);
}
