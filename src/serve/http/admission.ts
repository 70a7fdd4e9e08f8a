import type { Response } from 'express';
import { PaperSearchError } from '../../errors.ts';
import { noteRequest } from '../../util/background.ts';

export interface AdmissionOptions {
  /** A request that takes longer (milliseconds) gets OVERLOADED. Default 30,000. */
  readonly deadlineMs?: number | undefined;
  /** Requests in flight at once; the next one gets OVERLOADED. Default 256. */
  readonly maxInFlight?: number | undefined;
}

/**
 * Limits how many requests are in flight and how long each may take. An overloaded server reports it at once instead of
 * making every client wait. The signal of a request aborts when its client disconnects, when its time is up, and when
 * the server stops.
 */
export class Admission {
  readonly #deadlineMs: number;
  readonly #maxInFlight: number;
  readonly #inFlight = new Set<AbortController>();
  #stopping = false;

  constructor({ deadlineMs = 30_000, maxInFlight = 256 }: AdmissionOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#maxInFlight = maxInFlight;
  }

  /** Refuses every new request from now on. */
  stop(): void {
    this.#stopping = true;
  }

  /** Ends the requests in flight with STOPPED. */
  endAll(): void {
    for (const scope of this.#inFlight) scope.abort(stopped());
  }

  /** Why new requests are refused; undefined while they are accepted. */
  stopReason(): PaperSearchError | undefined {
    return this.#stopping ? stopped() : undefined;
  }

  /**
   * For requests that take as long as they need: they only have to begin before the server stops.
   * @throws PaperSearchError STOPPED when it stops.
   */
  assertOpen(): void {
    if (this.#stopping) throw stopped();
  }

  /**
   * Runs the work of a request that has a deadline.
   * @throws PaperSearchError OVERLOADED when too many requests are in flight or this one takes too long, STOPPED when
   *   the server stops; what `work` throws. Work that continues after that has no reader.
   * @param work receives the signal of the request, which aborts when the answer is not needed any more.
   */
  async run(response: Response, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.assertOpen();
    if (this.#inFlight.size >= this.#maxInFlight) {
      throw new PaperSearchError(
        'OVERLOADED',
        'The server has too many requests at once. Try again in a few seconds.',
      );
    }
    const scope = new AbortController();
    const { signal } = scope;
    this.#inFlight.add(scope);
    const noteEnd = noteRequest();
    const onDeadline = () => {
      // Once an answer has begun, the client sets the pace.
      if (response.headersSent) return;
      const seconds = Math.round(this.#deadlineMs / 1000);
      scope.abort(
        new PaperSearchError('OVERLOADED', `This took longer than ${seconds} seconds. Try again later.`),
      );
    };
    const timer = setTimeout(onDeadline, this.#deadlineMs);
    const onClose = () => scope.abort();
    response.once('close', onClose);
    const working = work(signal).finally(() => {
      clearTimeout(timer);
      response.off('close', onClose);
      this.#inFlight.delete(scope);
      noteEnd();
    });
    try {
      await Promise.race([working, whenAborted(signal)]);
    } catch (error) {
      // The client has disconnected.
      if (!response.closed) throw error;
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function stopped(): PaperSearchError {
  return new PaperSearchError('STOPPED', 'The server is stopping. Try again in a few seconds.');
}
