import { expect, test } from 'vitest';
import { inSteps, pause, sleep } from '../../src/util/pause.ts';

test('lets other work run before it continues', async () => {
  let ran = false;
  setImmediate(() => {
    ran = true;
  });
  await pause();
  expect(ran).toBe(true);
});

test('throws the reason of an aborted signal after the pause', async () => {
  const reason = new Error('stopped');
  await expect(pause(AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('ends a sleep early, without an error, when the signal is aborted', async () => {
  const abort = new AbortController();
  const slept = sleep(3_600_000, abort.signal);
  abort.abort();
  await expect(slept).resolves.toBeUndefined();
});

test('work in steps gives way to other work, and gives its result', async () => {
  const order: string[] = [];
  function* work() {
    order.push('first');
    yield;
    order.push('second');
    return 'done';
  }
  const doing = inSteps(work());
  order.push('other');
  expect(await doing).toBe('done');
  expect(order).toEqual(['first', 'other', 'second']);
});
