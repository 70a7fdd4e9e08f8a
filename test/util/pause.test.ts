import { expect, test } from 'vitest';
import { pause, sleep } from '../../src/util/pause.ts';

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
