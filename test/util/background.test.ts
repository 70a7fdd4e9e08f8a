import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { giveWay, noteRequest, setBackground } from '../../src/util/background.ts';
import { pause } from '../../src/util/pause.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const backgroundSignal = () => {
  const { signal } = new AbortController();
  setBackground(signal, true);
  return signal;
};

/** Whether a wait has ended. */
function ended(waiting: Promise<void>) {
  const state = { done: false };
  waiting.then(() => {
    state.done = true;
  });
  return async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    return state.done;
  };
}

test('waits until the last request has ended', async () => {
  const [first, second] = [noteRequest(), noteRequest()];
  const done = ended(pause(backgroundSignal()));
  first();
  expect(await done()).toBe(false);
  second();
  expect(await done()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('waits for a tenth of a second at most, so that it ends under any load', async () => {
  const end = noteRequest();
  const done = ended(giveWay(backgroundSignal()));
  vi.advanceTimersByTime(99);
  expect(await done()).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await done()).toBe(true);
  end();
});

test('does not wait without requests, without a signal, or when someone waits for the work', async () => {
  const signal = backgroundSignal();
  expect(await ended(giveWay(signal))()).toBe(true);
  const end = noteRequest();
  expect(await ended(giveWay(undefined))()).toBe(true);
  expect(await ended(giveWay(new AbortController().signal))()).toBe(true);
  const waiting = ended(giveWay(signal));
  expect(await waiting()).toBe(false);
  setBackground(signal, false);
  expect(await waiting()).toBe(true);
  expect(await ended(giveWay(signal))()).toBe(true);
  end();
});
