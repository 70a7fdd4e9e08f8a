import type { Response } from 'express';
import { PaperSearchError } from '../../errors.ts';

export interface AdmissionOptions {
  /** A request that is not answered after this time gets OVERLOADED (milliseconds). Default 30,000. */
  readonly deadlineMs?: number | undefined;
  /** Requests under way at once; a further one gets OVERLOADED. Default 256. */
  readonly mostUnderWay?: number | undefined;
}

/**
 * Decides which requests are worked on, and for how long: a server with more to do than it can says so at once instead
 * of letting everybody wait. The signal of a request aborts when its client is gone, when its time is up, and when the
 * server stops.
 */
export class Admission {
  readonly #deadlineMs: number;
  readonly #mostUnderWay: number;
  readonly #underWay = new Set<AbortController>();
  #stopping = false;

  constructor({ deadlineMs = 30_000, mostUnderWay = 256 }: AdmissionOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#mostUnderWay = mostUnderWay;
  }

  /** Lets no further request in. */
  stop(): void {
    this.#stopping = true;
  }

  /** Ends the requests under way with STOPPED. */
  endAll(): void {
    for (const scope of this.#underWay) scope.abort(stopped());
  }

  /** Why no request is let in; undefined while any is. */
  obstacle(): PaperSearchError | undefined {
    return this.#stopping ? stopped() : undefined;
  }

  /** Lets in what has only to begin before the server stops. @throws PaperSearchError STOPPED when it stops. */
  expectOpen(): void {
    if (this.#stopping) throw stopped();
  }

  /**
   * Does the work of a request that has to end in time.
   * @throws PaperSearchError OVERLOADED when too many are under way or this one takes too long, STOPPED when the server
   *   stops; what `work` throws. Work that goes on all the same answers nobody.
   * @param work given the signal of the request, which aborts when nobody waits for the answer any more.
   */
  async run(response: Response, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.expectOpen();
    if (this.#underWay.size >= this.#mostUnderWay) {
      throw new PaperSearchError(
        'OVERLOADED',
        'The server has too many requests at once. Try again in a few seconds.',
      );
    }
    const scope = new AbortController();
    const { signal } = scope;
    this.#underWay.add(scope);
    const onDeadline = () => {
      // Of an answer that has begun, the client sets the pace.
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
      this.#underWay.delete(scope);
    });
    try {
      await Promise.race([working, whenAborted(signal)]);
    } catch (error) {
      // Nobody is there to be told.
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
