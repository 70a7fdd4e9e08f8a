import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_DEFINITION, type WatchDefinition } from '../../src/watch/definition.ts';
import type { WatchRun } from '../../src/watch/run.ts';
import { Watches } from '../../src/watch/watches.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { World } from './world.ts';

const BEES: WatchDefinition = { ...DEFAULT_DEFINITION, query: 'bees' };

/** A watch for bees, created when the index had an old paper about them. */
async function bees(changes: Partial<WatchDefinition> = {}, after?: string) {
  const index = await temporaryFolder();
  const world = new World();
  world.ingest([{ id: 'old', title: 'old bees' }]);
  const watches = new Watches(index);
  await watches.add('bees', { ...BEES, ...changes }, { engine: world.engine(), after });
  const run = async (answer?: (run: WatchRun) => Promise<void>) => {
    const ids: string[] = [];
    const done = await watches.run('bees', world.engine(), {
      clock: new FakeClock(),
      answer:
        answer ??
        (async ({ reports }) => {
          ids.push(...reports.flatMap(({ papers }) => papers.map(({ paper }) => paper.id)));
        }),
    });
    return { ...done, ids };
  };
  return { index, world, watches, run };
}

describe('a run', () => {
  test('reports what arrived since the watch was created, once', async () => {
    const { world, run } = await bees();
    expect((await run()).ids).toEqual([]);
    world.ingest([
      { id: 'new', title: 'new bees' },
      { id: 'wasps', title: 'new wasps' },
    ]);
    expect((await run()).ids).toEqual(['new']);
    expect((await run()).ids).toEqual([]);
    world.ingest([
      { id: 'new', title: 'new bees' },
      { id: 'newer', title: 'newer bees' },
    ]);
    expect((await run()).ids).toEqual(['newer']);
  });

  test('reports what was there if that is asked for', async () => {
    expect((await (await bees({}, 'all')).run()).ids).toEqual(['old']);
    expect((await (await bees({}, '2026-11-23T08:59:59Z')).run()).ids).toEqual(['old']);
    expect((await (await bees({}, '2026-11-23T09:00:00Z')).run()).ids).toEqual([]);
  });

  test('reports every paper for an index that had none', async () => {
    const watches = new Watches(await temporaryFolder());
    await watches.add('bees', BEES, { engine: new World().engine() });
    const world = new World();
    world.ingest([{ id: 'first', title: 'first bees' }]);
    expect((await watches.run('bees', world.engine())).found).toBe(1);
  });

  test('leaves weak matches out if strong ones are asked for', async () => {
    const { world, run, watches } = await bees({ minConfidence: 'strong' });
    world.ingest([
      { id: 'weak', title: 'weakly about bees' },
      { id: 'strong', title: 'about bees' },
    ]);
    expect((await run()).ids).toEqual(['strong']);
    await watches.edit('bees', (definition) => ({ ...definition, minConfidence: 'weak' }), {
      engine: world.engine(),
    });
    expect((await run()).ids).toEqual(['weak']);
  });

  test('reports a paper that becomes relevant later', async () => {
    const { world, run } = await bees();
    world.ingest([{ id: 'late', title: 'insects' }]);
    expect((await run()).ids).toEqual([]);
    world.ingest([{ id: 'other', title: 'wasps' }]);
    world.change('late', { title: 'insects such as bees' });
    expect((await run()).ids).toEqual(['late']);
  });

  test('knows a reported paper under its next id, and a merged one', async () => {
    const { world, run } = await bees();
    world.ingest([
      { id: 'a', title: 'bees a' },
      { id: 'b', title: 'bees b' },
    ]);
    expect((await run()).ids).toEqual(['a', 'b']);
    world.rename('a', 'doi:10.1/a');
    world.merge('b', 'old');
    expect((await run()).ids).toEqual([]);
    world.rename('doi:10.1/a', 'doi:10.1/aa');
    expect((await run()).ids).toEqual([]);
  });

  test('does not report a paper that merges with one that was there', async () => {
    const { world, run } = await bees();
    world.ingest([{ id: 'preprint', title: 'bees' }]);
    world.merge('preprint', 'old');
    expect((await run()).ids).toEqual([]);
  });

  test('reports again what was not answered, with the same number', async () => {
    const { world, run } = await bees();
    world.ingest([{ id: 'new', title: 'new bees' }]);
    const deliveries: string[] = [];
    const crash = async ({ reports }: WatchRun) => {
      deliveries.push(...reports.map(({ delivery }) => delivery));
      throw new Error('pulled plug');
    };
    await expect(run(crash)).rejects.toThrow('pulled plug');
    world.ingest([{ id: 'newer', title: 'newer bees' }]);
    await run(async ({ reports }) => {
      expect(reports.map(({ papers }) => papers.map(({ paper }) => paper.id))).toEqual([['new'], ['newer']]);
      deliveries.push(...reports.map(({ delivery }) => delivery));
    });
    expect(new Set(deliveries).size).toBe(2);
    expect((await run()).ids).toEqual([]);
  });

  test('keeps what no one waits for until someone does', async () => {
    const { world, run, watches } = await bees();
    world.ingest([{ id: 'new', title: 'new bees' }]);
    expect(await watches.run('bees', world.engine())).toMatchObject({ found: 1, reports: [], delivered: [] });
    expect((await run()).ids).toEqual(['new']);
  });

  test('reports each paper to one of two runs at once', async () => {
    const { world, run } = await bees();
    world.ingest(Array.from({ length: 20 }, (_, i) => ({ id: `n${i}`, title: `bees ${i}` })));
    const runs = await Promise.all([run(), run(), run()]);
    const ids = runs.flatMap((each) => each.ids);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  test('reports a paper that is gone by its title', async () => {
    const { world, run, watches } = await bees();
    world.ingest([{ id: 'new', title: 'new bees' }]);
    await watches.run('bees', world.engine());
    world.remove('new');
    await run(async ({ reports }) => {
      expect(reports[0]!.papers).toMatchObject([
        { isRemoved: true, paper: { id: 'new', title: 'new bees' } },
      ]);
    });
  });

  test('parts a long list into reports', async () => {
    const { world, run } = await bees();
    world.ingest(Array.from({ length: 1201 }, (_, i) => ({ id: `n${i}`, title: `bees ${i}` })));
    const lengths: number[] = [];
    await run(async ({ reports }) => {
      lengths.push(...reports.map(({ papers }) => papers.length));
    });
    expect(lengths).toEqual([500, 500, 201]);
  });

  test('reports what became of a reported paper, if changes are asked for', async () => {
    for (const changes of [true, false]) {
      const { world, run } = await bees({ changes });
      world.ingest([
        { id: 'good', title: 'good bees' },
        { id: 'bad', title: 'bad bees' },
      ]);
      expect((await run()).ids).toEqual(['good', 'bad']);
      world.change('bad', { status: { kind: 'retracted' } });
      world.change('old', { status: { kind: 'retracted' } });
      expect((await run()).ids).toEqual(changes ? ['bad'] : []);
      expect((await run()).ids).toEqual([]);
    }
  });

  test('writes one entry for a snapshot without news, however often it runs', async () => {
    const { world, run, watches } = await bees();
    for (let i = 0; i < 3; i++) await run();
    expect((await watches.history('bees')).map(({ value }) => value.kind)).toEqual(['created', 'nothing']);
    world.ingest([{ id: 'wasps', title: 'wasps' }]);
    for (let i = 0; i < 3; i++) await run();
    expect(await watches.history('bees')).toHaveLength(3);
  });
});

describe('a folder', () => {
  test('gets a file for each report, and none without news', async () => {
    const folder = join(await temporaryFolder(), 'news');
    const { world, run } = await bees({ delivery: { format: 'markdown', folder } });
    await run();
    await expect(stat(folder)).rejects.toThrow('ENOENT');
    world.ingest([{ id: 'new', title: 'new bees' }]);
    const { delivered, ids } = await run();
    expect(ids).toEqual([]);
    const [name, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/^bees-\d{8}T\d{6}Z-\d+\.md$/);
    expect(delivered).toMatchObject([{ place: join(folder, name!), papers: 1 }]);
    expect(await readFile(join(folder, name!), 'utf8')).toContain('**new bees**');
    await run();
    expect(await readdir(folder)).toEqual([name]);
  });

  test('that cannot be written gets the report later', async () => {
    const folder = join(await temporaryFolder(), 'news');
    const { world, run, watches } = await bees({ delivery: { format: 'json', folder: '/dev/null/news' } });
    world.ingest([{ id: 'new', title: 'new bees' }]);
    expect(await run()).toMatchObject({ found: 1, delivered: [], failed: [{ to: 'file' }] });
    expect((await watches.get('bees')).deliveries[0]!.failures.get('file')).toContain('/dev/null/news');
    await watches.edit('bees', ({ delivery, ...rest }) => ({ ...rest, delivery: { ...delivery, folder } }), {
      engine: new World().engine(),
    });
    expect(await run()).toMatchObject({ found: 0, failed: [], delivered: [{ papers: 1 }] });
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('gets what waited for an answer, once', async () => {
    const folder = join(await temporaryFolder(), 'news');
    const { world, run, watches } = await bees();
    world.ingest([{ id: 'new', title: 'new bees' }]);
    await watches.run('bees', world.engine());
    const options = { delivery: { folder, format: 'text' as const } };
    expect(await watches.run('bees', world.engine(), options)).toMatchObject({ delivered: [{ papers: 1 }] });
    expect((await run()).ids).toEqual([]);
  });
});

describe('a definition', () => {
  test.each([
    [{ query: '' }, 'asks for nothing'],
    [{ like: ['a'], unlike: ['a'] }, 'both like and unlike'],
    [{ query: 'a OR '.repeat(300) }, '256'],
    [{ minConfidence: 'good' }, 'minConfidence'],
    [{ delivery: { format: 'text', post: { url: 'ftp://example.org' } } }, 'not the address of a webhook'],
    [{ delivery: { format: 'text', post: { url: 'https://a:b@example.org' } } }, 'without a user'],
    [{ delivery: { format: 'eml', to: 'a\nBcc: b' } }, 'one line'],
    [{ filters: { colour: ['red'] } }, 'colour'],
    [{ like: ['no-such-paper'] }, 'no-such-paper'],
  ])('is refused: %o', async (wrong, problem) => {
    await expect(bees(wrong as never)).rejects.toThrow(problem);
  });

  test.each(['', '-a', 'Bees', 'a b', '../x', 'a.b', 'con', 'x'.repeat(65)])(
    'has no name %o',
    async (name) => {
      const watches = new Watches(await temporaryFolder());
      await expect(watches.add(name, BEES, { engine: new World().engine() })).rejects.toThrow(
        'cannot be the name',
      );
      await expect(watches.get(name)).rejects.toThrow('cannot be the name');
    },
  );

  test('is kept, changed and removed', async () => {
    const { index, watches, world } = await bees();
    await expect(watches.add('bees', BEES, { engine: world.engine() })).rejects.toThrow('already a watch');
    await watches.edit('bees', (definition) => ({ ...definition, query: 'wasps' }), {
      engine: world.engine(),
    });
    const again = new Watches(index);
    expect((await again.list()).map(({ name, definition }) => [name, definition.query])).toEqual([
      ['bees', 'wasps'],
    ]);
    await again.remove('bees');
    expect(await watches.list()).toEqual([]);
    const uses = [
      () => watches.get('bees'),
      () => watches.remove('bees'),
      () => watches.run('bees', world.engine()),
    ];
    for (const use of uses) await expect(use()).rejects.toThrow('There is no watch "bees"');
    expect((await watches.history('bees')).map(({ value }) => value.kind)).toEqual([
      'created',
      'edited',
      'removed',
    ]);
  });

  test('that is made again has reported nothing', async () => {
    const { watches, world, run } = await bees();
    world.ingest([{ id: 'new', title: 'new bees' }]);
    await run();
    await watches.remove('bees');
    await watches.add('bees', BEES, { engine: world.engine(), after: 'all' });
    expect((await run()).ids).toEqual(['old', 'new']);
  });

  test('has a secret that only its owner reads, and that is removed with it', async () => {
    const post = { url: 'http://127.0.0.1:1/hook' };
    const { watches } = await bees({ delivery: { format: 'text', post } });
    const secret = await watches.secret('bees');
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await watches.secret('bees')).toBe(secret);
    const file = watches.secretFile('bees');
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    await watches.remove('bees');
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });
});

test('a preview shows what a run would report, and reports nothing', async () => {
  const { watches, world, run } = await bees();
  world.ingest([{ id: 'new', title: 'new bees' }]);
  await watches.run('bees', world.engine());
  world.ingest([{ id: 'newer', title: 'newer bees' }]);
  for (let i = 0; i < 2; i++) {
    const { papers } = await watches.preview('bees', world.engine().snapshot);
    expect(papers.map(({ paper }) => paper.id)).toEqual(['new', 'newer']);
  }
  expect((await run()).ids).toEqual(['new', 'newer']);
});
