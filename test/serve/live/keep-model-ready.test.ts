import { expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { keepModelReady } from '../../../src/serve/live/keep-model-ready.ts';

test('loads the model until it runs and again when it fails, and reports each error once', async () => {
  const stop = new AbortController();
  const failed = new PaperSearchError('ENCODER_FAILED', 'It crashed.');
  let lastError: PaperSearchError | undefined = failed;
  let tries = 0;
  let looks = 0;
  const reported: unknown[] = [];
  await keepModelReady({
    lastError: () => {
      looks++;
      // Later it fails once more.
      if (looks === 6) lastError = failed;
      if (looks === 8) stop.abort();
      return lastError;
    },
    warmUp: async () => {
      tries++;
      if (tries < 3) throw failed;
      lastError = undefined;
    },
    onError: (error) => reported.push(error),
    signal: stop.signal,
    pauseMs: 1,
  });
  expect(tries).toBe(4);
  expect(reported).toEqual([failed]);
});
