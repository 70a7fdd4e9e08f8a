import { AsyncResource } from 'node:async_hooks';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import type { OneSnapshot } from '../../../src/search/api.ts';
import { LiveSearcher, type LiveSearcherOptions } from '../../../src/serve/live/live-searcher.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Live {
  readonly searcher: LiveSearcher;
  readonly encoder: HashingEncoder;
  readonly index: string;
  readonly errors: unknown[];
  /** Ingests papers of these titles. @returns the name of the new snapshot. */
  add(...titles: string[]): Promise<string>;
}

/** A searcher over a new index with one paper, "Gold". */
async function openLive(options: LiveSearcherOptions = {}): Promise<Live> {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const add = async (...titles: string[]) => {
    const file = join(folder, 'papers.jsonl');
    for (const title of titles) await appendFile(file, `${JSON.stringify({ id: title, title })}\n`);
    return (await ingest([file], { index, encoder: new HashingEncoder() })).snapshot;
  };
  await add('Gold');
  const encoder = new HashingEncoder();
  const errors: unknown[] = [];
  const searcher = await LiveSearcher.open(index, {
    encoder,
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => searcher.close());
  return { searcher, encoder, index, errors, add };
}

const idsOf = async ({ searcher }: Live, query: string) =>
  (await searcher.search({ query, mode: 'keyword' })).hits.map(({ paper }) => paper.id);

/** The snapshots of an index that this process has files of open. */
function openSnapshots(index: string): string[] {
  const files = readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // The descriptor that listed the folder.
      return [];
    }
  });
  const inside = files.filter((file) => file.startsWith(`${index}/`));
  return [...new Set(inside.map((file) => file.slice(index.length + 1).split('/')[0]!))];
}
const seesDescriptors = existsSync('/proc/self/fd');

test('the watch brings a new snapshot in while requests run, and none of them fails', async () => {
  const live = await openLive();
  let added = '';
  const adding = live.add('Silver').then((name) => {
    added = name;
  });
  const seen = new Set<string>();
  while (!seen.has('Silver')) {
    const [ids, { papers }] = await Promise.all([idsOf(live, 'gold OR silver'), live.searcher.stats()]);
    expect(ids).toContain('Gold');
    expect(papers).toBeGreaterThanOrEqual(ids.length);
    for (const id of ids) seen.add(id);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await adding;
  expect((await live.searcher.stats()).snapshot).toBe(added);
  expect(live.errors).toEqual([]);
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

test('after a refresh, the next request is answered from the new snapshot', async () => {
  const told: string[] = [];
  const live = await openLive({ onSnapshot: ({ snapshot }) => told.push(snapshot) });
  const name = await live.add('Silver');
  await live.searcher.refresh();
  expect(await idsOf(live, 'silver')).toEqual(['Silver']);
  await live.searcher.refresh();
  expect(told).toEqual([name]);
});

test('a request that has begun ends in the snapshot that it began in, which is closed then', async () => {
  const live = await openLive();
  const { snapshot: old } = await live.searcher.stats();
  const papers = live.searcher.papers()[Symbol.asyncIterator]();
  expect(await papers.next()).toMatchObject({ value: { id: 'Gold' } });
  const added = await live.add('Amber');
  await live.searcher.refresh();
  expect(await idsOf(live, 'amber')).toEqual(['Amber']);
  if (seesDescriptors) expect(openSnapshots(live.index).sort()).toEqual([old, added].sort());
  // "Amber" comes before "Gold", but this is the old snapshot.
  expect(await papers.next()).toMatchObject({ done: true });
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

test('a question waits for the encoder while the snapshot is replaced', async () => {
  const live = await openLive();
  const encode = live.encoder.encode.bind(live.encoder);
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    live.encoder.encode = async (...question) => {
      resolve();
      await new Promise<void>((go) => {
        answer = go;
      });
      return encode(...question);
    };
  });
  const searching = live.searcher.search({ query: 'gold', mode: 'semantic' });
  await asked;
  await live.add('Silver');
  await live.searcher.refresh();
  answer();
  expect((await searching).total).toBe(1);
});

test('every snapshot is asked with the same encoder, which is closed at the end', async () => {
  const live = await openLive();
  await live.searcher.warmUp();
  await live.add('Silver');
  await live.searcher.refresh();
  expect(live.encoder.closed).toBe(false);
  expect((await live.searcher.search({ query: 'silver', mode: 'semantic' })).total).toBe(2);
  expect(live.encoder.encoded).toContain('silver');
  await live.searcher.close();
  expect(live.encoder.closed).toBe(true);
  if (seesDescriptors) expect(openSnapshots(live.index)).toEqual([]);
  await expect(live.searcher.search({ query: 'silver' })).rejects.toThrow();
});

test('a snapshot that cannot be opened leaves the old one in use, is told once, and the next one is taken', async () => {
  const live = await openLive();
  const { snapshot } = await live.searcher.stats();
  const damaged = '0123456789abcdef';
  await cp(join(live.index, snapshot), join(live.index, damaged), { recursive: true });
  const lexical = await readFile(join(live.index, damaged, 'lexical.bin'));
  lexical[lexical.length >> 1]! ^= 1;
  await writeFile(join(live.index, damaged, 'lexical.bin'), lexical);
  await writeFile(join(live.index, 'CURRENT'), `${damaged}\n`);
  await vi.waitFor(() => expect(live.errors).toMatchObject([{ code: 'INDEX_CORRUPT' }]), 10_000);
  expect(await idsOf(live, 'gold')).toEqual(['Gold']);
  if (seesDescriptors) expect(openSnapshots(live.index)).toEqual([snapshot]);

  await writeFile(join(live.index, 'CURRENT'), `${snapshot}\n`);
  await live.add('Silver');
  await live.searcher.refresh();
  expect(await idsOf(live, 'silver')).toEqual(['Silver']);
  expect(live.errors).toHaveLength(1);
});

test('an index that is gone goes on being served', async () => {
  const live = await openLive();
  await writeFile(join(live.index, 'CURRENT'), 'not a name\n');
  await live.searcher.refresh();
  expect(live.errors).toMatchObject([{ code: 'INDEX_CORRUPT' }]);
  expect(await idsOf(live, 'gold')).toEqual(['Gold']);
});

test('without an index, the encoder is closed', async () => {
  const encoder = new HashingEncoder();
  const opening = LiveSearcher.open(join(await temporaryFolder(), 'none'), { encoder });
  await expect(opening).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  expect(encoder.closed).toBe(true);
});

test('a task on one snapshot ends in it, and the next one is on the new snapshot', async () => {
  const live = await openLive();
  const { searcher } = live;
  const idsIn = async (snapshot: OneSnapshot) => {
    const ids: string[] = [];
    for await (const { id } of snapshot.papers()) ids.push(id);
    return ids;
  };
  const first = await searcher.onSnapshot(async (snapshot) => snapshot);
  const added = await searcher.onSnapshot(async (snapshot) => {
    expect(snapshot).toBe(first);
    const name = await live.add('Silver');
    await searcher.refresh();
    expect(await idsIn(snapshot)).toEqual(['Gold']);
    expect((await snapshot.stats()).snapshot).not.toBe(name);
    return name;
  });
  await searcher.onSnapshot(async (snapshot) => {
    expect(snapshot).not.toBe(first);
    expect(await idsIn(snapshot)).toEqual(['Gold', 'Silver']);
    expect((await snapshot.stats()).snapshot).toBe(added);
  });
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

test('a task within a snapshot is answered by that one alone, until it is over', async () => {
  const live = await openLive();
  const { searcher } = live;
  const { snapshot: old } = await searcher.stats();
  let later = async () => '';
  const added = await searcher.withinSnapshot(async (snapshot) => {
    expect(snapshot).toBe(old);
    const name = await live.add('Silver');
    await searcher.refresh();
    expect(await idsOf(live, 'silver')).toEqual([]);
    await expect(searcher.paper('Silver')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await searcher.withinSnapshot(async (inner) => expect(inner).toBe(old));
    expect((await searcher.stats()).snapshot).toBe(old);
    later = AsyncResource.bind(async () => (await searcher.stats()).snapshot);
    return name;
  });
  expect(await searcher.withinSnapshot(async (snapshot) => snapshot)).toBe(added);
  expect(await idsOf(live, 'silver')).toEqual(['Silver']);
  expect(await later()).toBe(added);
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

test('tasks at the same time each have their own snapshot', async () => {
  const live = await openLive();
  const { searcher } = live;
  let go = () => {};
  const refreshed = new Promise<void>((resolve) => {
    go = resolve;
  });
  const total = async () => (await searcher.stats()).papers;
  const early = searcher.withinSnapshot(async () => {
    await refreshed;
    return total();
  });
  await live.add('Silver');
  await searcher.refresh();
  const late = searcher.withinSnapshot(total);
  go();
  expect(await Promise.all([early, late])).toEqual([1, 2]);
});

test('a task within a snapshot that fails lets go of it', async () => {
  const live = await openLive();
  const failing = live.searcher.withinSnapshot(async () => {
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  const added = await live.add('Silver');
  await live.searcher.refresh();
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

// These three answer from the newest snapshot instead of the one that the task holds.
test.fails.each([
  ['map', ({ searcher }: Live) => searcher.map()],
  ['mapHits', ({ searcher }: Live) => searcher.mapHits({ query: 'gold', mode: 'keyword' })],
  ['mapPaper', ({ searcher }: Live) => searcher.mapPaper(0)],
])('%s answers from the snapshot that the task holds', async (_, ask) => {
  const live = await openLive();
  // An index of ten papers has a map.
  await live.add(...Array.from({ length: 9 }, (_, n) => `Gold ${n}`));
  await live.searcher.refresh();
  await live.searcher.withinSnapshot(async (held) => {
    await live.add('Zinc');
    await live.searcher.refresh();
    expect((await ask(live)).snapshot).toBe(held);
  });
});
