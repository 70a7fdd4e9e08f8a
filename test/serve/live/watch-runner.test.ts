import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WatchRunner } from '../../../src/serve/live/watch-runner.ts';
import { DEFAULT_DEFINITION } from '../../../src/watch/definition.ts';
import { Watches } from '../../../src/watch/watches.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { World } from '../../watch/world.ts';

async function setUp(folder: string, retryMs?: number) {
  const world = new World();
  const watches = new Watches(await temporaryFolder());
  const definition = { ...DEFAULT_DEFINITION, query: 'bees' };
  await watches.add('asked', definition, { engine: world.engine() });
  const delivery = { format: 'text' as const, folder };
  await watches.add('filed', { ...definition, delivery }, { engine: world.engine() });
  const said: string[] = [];
  const errors: string[] = [];
  const engine = {
    acquire: async () => world.engine().snapshot,
    warmUp: async () => {},
    close: async () => {},
  };
  const runner = new WatchRunner({
    watches,
    engine,
    say: (line) => said.push(line),
    onError: (reason) => errors.push(reason),
    retryMs,
  });
  onTestFinished(() => runner.close());
  return { world, watches, runner, said, errors };
}

test('delivers what is new after each change, and leaves the rest to who asks', async () => {
  const folder = join(await temporaryFolder(), 'news');
  const { world, watches, runner, said, errors } = await setUp(folder);
  world.ingest([{ id: 'a', title: 'bees a' }]);
  // Three changes at once are two runs: the second one begins after the last change.
  for (let i = 0; i < 3; i++) runner.trigger();
  await vi.waitFor(() => expect(said).toHaveLength(1));
  expect(said[0]).toContain('Watch filed: 1 papers to');
  world.ingest([{ id: 'b', title: 'bees b' }]);
  runner.trigger();
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(2));
  expect((await watches.get('asked')).deliveries).toEqual([]);
  expect(errors).toEqual([]);
});

test('tries again what could not be delivered', async () => {
  const { world, watches, runner, said, errors } = await setUp('/dev/null/news', 20);
  world.ingest([{ id: 'a', title: 'bees a' }]);
  runner.trigger();
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1));
  const folder = await temporaryFolder();
  const engine = world.engine();
  await watches.edit('filed', (before) => ({ ...before, delivery: { format: 'text', folder } }), { engine });
  await vi.waitFor(() => expect(said).toHaveLength(1));
  await runner.close();
  runner.trigger();
  expect(said).toHaveLength(1);
});
