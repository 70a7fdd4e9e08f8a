import { expect, test } from 'vitest';
import { serve } from '../../src/server/serve.ts';
import { FakeSearcher } from '../support/fake-searcher.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

const start = (port = 0) => serve({ searcher: new FakeSearcher(), host: '127.0.0.1', port });

test('listens on the address it names and stops', async () => {
  const { url, stop } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await validatedFetch(`${url}/health`)).status).toBe(200);
  await stop();
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

test('a taken port is an error that says what to do', async () => {
  const { url, stop } = await start();
  await expect(start(Number(new URL(url).port))).rejects.toMatchObject({
    message: expect.stringContaining('--port'),
  });
  await stop();
});
