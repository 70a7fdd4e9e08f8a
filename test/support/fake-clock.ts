import type { Clock } from '../../src/ingest/fetch/clock.ts';

/** A clock that advances only during sleeps, which end at once. */
export class FakeClock implements Clock {
  /** The length of every sleep (milliseconds). */
  readonly pauses: number[] = [];
  #now: number;

  constructor(start = '2026-03-02T10:00:00Z') {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms > 0) this.pauses.push(ms);
    this.#now += ms;
  }

  random(): number {
    return 0;
  }

  advanceDays(days: number): void {
    this.#now += days * 86_400_000;
  }
}
