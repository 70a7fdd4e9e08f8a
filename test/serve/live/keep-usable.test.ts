import { expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { keepUsable } from '../../../src/serve/live/keep-usable.ts';

test('the model is tried until it runs, and again when it fails; each reason is told once', async () => {
  const stop = new AbortController();
  const failed = new PaperSearchError('ENCODER_FAILED', 'It crashed.');
  let trouble: PaperSearchError | undefined = failed;
  let tries = 0;
  let looks = 0;
  const told: unknown[] = [];
  await keepUsable({
    trouble: () => {
      looks++;
      // Later it fails once more.
      if (looks === 6) trouble = failed;
      if (looks === 8) stop.abort();
      return trouble;
    },
    warmUp: async () => {
      tries++;
      if (tries < 3) throw failed;
      trouble = undefined;
    },
    onTrouble: (error) => told.push(error),
    signal: stop.signal,
    pauseMs: 1,
  });
  expect(tries).toBe(4);
  expect(told).toEqual([failed]);
});
