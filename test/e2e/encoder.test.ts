import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { encoderOf } from '../../scripts/load/encoder-killer.ts';
import type { createProcessEncoder } from '../../src/encode/process-encoder.ts';
import { runCli, startServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { validatedFetch } from '../support/validated-fetch.ts';

// The built server with the real model, whose process is killed from outside.
let server: Awaited<ReturnType<typeof startServer>>;

async function ask(query: string, mode: string) {
  const parameters = new URLSearchParams({ q: query, mode, fallback: 'false' });
  const response = await validatedFetch(`${server.url}/search?${parameters}`);
  return { status: response.status, body: JSON.parse(await response.text()) };
}
/** The encoder's process, once it has answered. */
async function encoder(): Promise<number> {
  const pid = await encoderOf(server.child.pid!);
  expect(pid).toBeDefined();
  return pid!;
}

test('answers a clear 503 to queries of a killed encoder, answers others, and replaces the encoder', async () => {
  const index = join(await temporaryFolder(), 'index');
  expect((await runCli(['ingest', 'data', '--index', index])).exitCode).toBe(0);
  server = await startServer(['--index', index]);
  onTestFinished(async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  });
  const seen = new Set<number>();
  for (let round = 0; round < 3; round++) {
    // A different query in each round: a repeated one would be answered from the cache.
    expect(await ask(`learning dynamics ${round}`, 'semantic')).toMatchObject({ status: 200 });
    const victim = await encoder();
    expect(seen).not.toContain(victim);
    seen.add(victim);

    // Stopped first, so that the queries certainly wait for it.
    process.kill(victim, 'SIGSTOP');
    const waiting = ['semantic', 'hybrid'].map((mode) => ask(`self-improvement ${round}`, mode));
    expect(await ask(`self-improvement ${round}`, 'keyword')).toMatchObject({ status: 200 });
    process.kill(victim, 'SIGKILL');
    for (const { status, body } of await Promise.all(waiting)) {
      expect(status).toBe(503);
      expect(body).toMatchObject({
        error: { code: 'ENCODER_FAILED', message: expect.stringContaining('again') },
      });
    }
    expect(await ask(`self-improvement ${round}`, 'keyword')).toMatchObject({ status: 200 });
    // The same queries: a failure is not cached.
    for (const mode of ['semantic', 'hybrid']) {
      await vi.waitFor(
        async () => expect((await ask(`self-improvement ${round}`, mode)).status).toBe(200),
        60_000,
      );
    }
  }
});

test('fails the texts of an encoder that makes no progress, and replaces the encoder', async () => {
  const built = new URL('../../dist/encode/process-encoder.js', import.meta.url).href;
  const module = (await import(built)) as { readonly createProcessEncoder: typeof createProcessEncoder };
  const encoder = module.createProcessEncoder({ longestSilenceMs: 8000 });
  onTestFinished(() => encoder.close());
  await encoder.encode(['a text']);
  process.kill((await encoderOf(process.pid))!, 'SIGSTOP');
  await expect(encoder.encode(['another text'])).rejects.toMatchObject({
    code: 'ENCODER_FAILED',
    message: expect.stringContaining('said nothing for 8 seconds'),
  });
  expect(await encoder.encode(['another text'])).toHaveLength(encoder.model.dimension);
});
