import { beforeEach, describe, expect, test } from 'vitest';
import type { Encoder, EncoderInput } from '../../../src/encode/encoder.ts';
import { PaperSearchError } from '../../../src/errors.ts';
import { QueuedEncoder, type QueueOptions } from '../../../src/serve/live/queued-encoder.ts';

/** An encoder whose calls end when the test says so. */
class HeldEncoder implements Encoder {
  readonly model = { name: 'held', dimension: 1, maxTokens: 8, digest: 'd' };
  readonly begun: EncoderInput[] = [];
  readonly #held: { resolve: (vectors: Float32Array) => void; reject: (error: Error) => void }[] = [];
  closed = false;

  encode([text]: readonly EncoderInput[]): Promise<Float32Array> {
    this.begun.push(text!);
    return new Promise((resolve, reject) => this.#held.push({ resolve, reject }));
  }
  /** Ends the earliest call. */
  finish(error?: Error): void {
    const call = this.#held.shift()!;
    if (error) call.reject(error);
    else call.resolve(new Float32Array(1));
  }
  async close(): Promise<void> {
    this.closed = true;
  }
}

let held: HeldEncoder;
beforeEach(() => {
  held = new HeldEncoder();
});
const queue = (options: QueueOptions = {}) => new QueuedEncoder(held, { maxRunning: 1, ...options });
/** How a call ends: the code or name of its error, or `done`. */
const endOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error) => (error instanceof PaperSearchError ? error.code : error.name),
  );
const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a queued encoder', () => {
  test('runs a few calls at once, the others in order of arrival', async () => {
    const encoder = queue({ maxRunning: 2 });
    const calls = ['a', 'b', 'c', 'd'].map((text) => encoder.encode([text]));
    expect(held.begun).toEqual(['a', 'b']);
    expect(encoder.stats()).toMatchObject({ running: 2, waiting: 2 });
    held.finish();
    await soon();
    expect(held.begun).toEqual(['a', 'b', 'c']);
    for (let i = 0; i < 3; i++) {
      held.finish();
      await soon();
    }
    await Promise.all(calls);
    expect(encoder.stats()).toEqual({
      running: 0,
      waiting: 0,
      ended: { done: 4, failed: 0, refused: 0, expired: 0, abandoned: 0 },
    });
  });

  test('lets questions past texts of papers', async () => {
    const encoder = queue();
    const calls = [
      encoder.encode([{ title: 'a', body: '' }]),
      encoder.encode([{ title: 'b', body: '' }]),
      encoder.encode(['c']),
      encoder.encode(['d']),
    ];
    expect(held.begun).toEqual([{ title: 'a', body: '' }, 'c']);
    expect(encoder.stats()).toMatchObject({ running: 2, waiting: 2 });
    for (let i = 0; i < 4; i++) {
      held.finish();
      await soon();
    }
    await Promise.all(calls);
    expect(held.begun.slice(2)).toEqual([{ title: 'b', body: '' }, 'd']);
  });

  test('refuses a call while the queue is full', async () => {
    const encoder = queue({ maxWaiting: 1 });
    const calls = [encoder.encode(['a']), encoder.encode(['b'])];
    expect(await endOf(encoder.encode(['c']))).toBe('OVERLOADED');
    expect(encoder.stats().ended.refused).toBe(1);
    held.finish();
    await calls[0];
    const later = encoder.encode(['d']);
    held.finish();
    await calls[1];
    held.finish();
    expect(await endOf(later)).toBe('done');
  });

  test('limits how long a call waits, and never encodes an expired one', async () => {
    const encoder = queue({ maxWaitMs: 1 });
    const first = encoder.encode(['a']);
    expect(await endOf(encoder.encode(['b']))).toBe('OVERLOADED');
    held.finish();
    await first;
    await soon();
    expect(held.begun).toEqual(['a']);
    expect(encoder.stats()).toMatchObject({ running: 0, waiting: 0, ended: { expired: 1, done: 1 } });
  });

  test('drops abandoned calls at any position in the queue', async () => {
    const encoder = queue();
    const scope = new AbortController();
    const first = encoder.encode(['a']);
    const abandoned = encoder.encode(['b'], { signal: scope.signal });
    const last = encoder.encode(['c']);
    scope.abort();
    expect(await endOf(abandoned)).toBe('AbortError');
    expect(await endOf(encoder.encode(['d'], { signal: scope.signal }))).toBe('AbortError');
    held.finish();
    await first;
    await soon();
    held.finish();
    await last;
    expect(held.begun).toEqual(['a', 'c']);
    expect(encoder.stats().ended).toMatchObject({ abandoned: 2, done: 2 });
  });

  test('continues after a failure, and reports the last error of the model', async () => {
    const encoder = queue();
    expect(encoder.lastError()).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    const calls = [encoder.encode(['a']), encoder.encode(['b'])];
    held.finish(new PaperSearchError('ENCODER_FAILED', 'It crashed.'));
    expect(await endOf(calls[0]!)).toBe('ENCODER_FAILED');
    expect(encoder.lastError()).toMatchObject({ code: 'ENCODER_FAILED' });
    await soon();
    held.finish();
    expect(await endOf(calls[1]!)).toBe('done');
    expect(encoder.lastError()).toBeUndefined();
  });

  test('closes its encoder', async () => {
    await queue().close();
    expect(held.closed).toBe(true);
  });
});
