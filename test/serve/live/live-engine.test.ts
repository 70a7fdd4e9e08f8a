import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import { type Snapshot, withSnapshot } from '../../../src/search/engine.ts';
import { OpenedSnapshot } from '../../../src/search/opened-snapshot.ts';
import { rerankersOf } from '../../../src/search/rerank/rerankers.ts';
import { LiveEngine, type LiveEngineOptions } from '../../../src/serve/live/live-engine.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

interface Live {
  readonly engine: LiveEngine;
  readonly encoder: HashingEncoder;
  readonly index: string;
  readonly errors: unknown[];
  /** Ingests papers of these titles. @returns the name of the new snapshot. */
  add(...titles: string[]): Promise<string>;
}

/** A live engine over a new index with one paper, "Gold". */
async function openLive(options: LiveEngineOptions = {}): Promise<Live> {
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
  const engine = await LiveEngine.open(index, {
    encoder,
    onError: (error) => errors.push(error),
    ...options,
  });
  onTestFinished(() => engine.close());
  return { engine, encoder, index, errors, add };
}

const idsIn = async (snapshot: Snapshot, query: string) =>
  (await snapshot.search({ query, mode: 'keyword' })).hits.map(({ paper }) => paper.id);
const idsOf = ({ engine }: Live, query: string) => withSnapshot(engine, (snapshot) => idsIn(snapshot, query));
/** The id of the current snapshot. */
const currentOf = ({ engine }: Live) => withSnapshot(engine, ({ id }) => id);

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

test('opens a new snapshot while requests run, and no request fails', async () => {
  const live = await openLive();
  let added = '';
  const adding = live.add('Silver').then((name) => {
    added = name;
  });
  const seen = new Set<string>();
  while (!seen.has('Silver')) {
    const [ids, { papers }] = await withSnapshot(live.engine, (snapshot) =>
      Promise.all([idsIn(snapshot, 'gold OR silver'), snapshot.stats()]),
    );
    expect(ids).toContain('Gold');
    expect(papers).toBe(ids.length);
    for (const id of ids) seen.add(id);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await adding;
  expect(await currentOf(live)).toBe(added);
  expect(live.errors).toEqual([]);
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

test('answers from the new snapshot after a refresh', async () => {
  const told: string[] = [];
  const live = await openLive({ onReplaced: ({ snapshot }) => told.push(snapshot) });
  const name = await live.add('Silver');
  await live.engine.refresh();
  expect(await idsOf(live, 'silver')).toEqual(['Silver']);
  await live.engine.refresh();
  expect(told).toEqual([name]);
});

test('keeps a snapshot in use unchanged, and closes it when the last request has released it', async () => {
  const live = await openLive();
  const [first, second] = [await live.engine.acquire(), await live.engine.acquire()];
  const papers = first.papers()[Symbol.asyncIterator]();
  expect(await papers.next()).toMatchObject({ value: { id: 'Gold' } });
  const added = await live.add('Amber');
  await live.engine.refresh();
  expect(await idsOf(live, 'amber')).toEqual(['Amber']);
  expect(await idsIn(second, 'amber')).toEqual([]);
  // "Amber" comes before "Gold", but this is the old snapshot.
  expect(await papers.next()).toMatchObject({ done: true });
  await first[Symbol.asyncDispose]();
  // Released twice by one holder, it is still held by the other.
  await first[Symbol.asyncDispose]();
  expect(await idsIn(second, 'gold')).toEqual(['Gold']);
  if (seesDescriptors) expect(openSnapshots(live.index).sort()).toEqual([second.id, added].sort());
  await second[Symbol.asyncDispose]();
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

test('answers a query that waits for the encoder while the snapshot is replaced', async () => {
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
  const searching = withSnapshot(live.engine, (snapshot) =>
    snapshot.search({ query: 'gold', mode: 'semantic' }),
  );
  await asked;
  await live.add('Silver');
  await live.engine.refresh();
  answer();
  expect((await searching).total).toBe(1);
});

test('uses one encoder and the same rerankers for every snapshot, and closes them at the end', async () => {
  const compared: string[] = [];
  let closed = 0;
  const rerankers = rerankersOf([
    {
      name: 'tiny',
      bonusName: 'reranker',
      needsVector: false,
      batchSize: 8,
      compare: async (_, candidates) => {
        compared.push(...candidates.map(({ paper }) => paper.id));
        return candidates.map(() => ({ bonus: 0 }));
      },
      close: async () => {
        closed++;
      },
    },
  ]);
  const live = await openLive({ rerankers });
  await live.engine.warmUp();
  await live.add('Silver');
  await live.engine.refresh();
  expect(live.encoder.closed).toBe(false);
  const { total } = await withSnapshot(live.engine, (snapshot) =>
    snapshot.search({ query: 'silver', mode: 'semantic', rerankBy: 'tiny' }),
  );
  expect(total).toBe(2);
  expect(live.encoder.encoded).toContain('silver');
  expect([compared.sort(), closed]).toEqual([['Gold', 'Silver'], 0]);
  await live.engine.close();
  expect([live.encoder.closed, closed]).toEqual([true, 1]);
  if (seesDescriptors) expect(openSnapshots(live.index)).toEqual([]);
  await expect(live.engine.acquire()).rejects.toMatchObject({ code: 'STOPPED' });
});

test('reads what the first answer of a new snapshot needs while the old one answers', async () => {
  const live = await openLive();
  const old = await currentOf(live);
  const preparing: string[] = [];
  const prepare = vi.spyOn(OpenedSnapshot.prototype, 'prepare').mockImplementation(async () => {
    preparing.push(await currentOf(live));
    throw new Error('The names of the authors cannot be read.');
  });
  onTestFinished(() => prepare.mockRestore());
  const added = await live.add('Silver');
  await live.engine.refresh();
  expect(preparing).toEqual([old]);
  // What could not be read is reported by a question that needs it.
  expect([await currentOf(live), live.errors]).toEqual([added, []]);
  expect(await idsOf(live, 'silver')).toEqual(['Silver']);
});

test('keeps the old snapshot when a new one cannot be opened, reports it once, and opens the next one', async () => {
  const live = await openLive();
  const snapshot = await currentOf(live);
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
  await live.engine.refresh();
  expect(await idsOf(live, 'silver')).toEqual(['Silver']);
  expect(live.errors).toHaveLength(1);
});

test('keeps serving an index whose folder has disappeared', async () => {
  const live = await openLive();
  await writeFile(join(live.index, 'CURRENT'), 'not a name\n');
  await live.engine.refresh();
  expect(live.errors).toMatchObject([{ code: 'INDEX_CORRUPT' }]);
  expect(await idsOf(live, 'gold')).toEqual(['Gold']);
});

test('closes the encoder when there is no index', async () => {
  const encoder = new HashingEncoder();
  const opening = LiveEngine.open(join(await temporaryFolder(), 'none'), { encoder });
  await expect(opening).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  expect(encoder.closed).toBe(true);
});

test('gives concurrent requests their own snapshots', async () => {
  const live = await openLive();
  const early = await live.engine.acquire();
  await live.add('Silver');
  await live.engine.refresh();
  const late = await live.engine.acquire();
  const totals = await Promise.all([early, late].map((snapshot) => snapshot.stats()));
  expect(totals.map(({ papers }) => papers)).toEqual([1, 2]);
});

test('releases the snapshot of a task that fails', async () => {
  const live = await openLive();
  const failing = withSnapshot(live.engine, () => {
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  const added = await live.add('Silver');
  await live.engine.refresh();
  if (seesDescriptors) await vi.waitFor(() => expect(openSnapshots(live.index)).toEqual([added]));
});

// A regression: these three answered from the newest snapshot instead of the one that the request holds.
test('answers the map from the snapshot of the request', async () => {
  const live = await openLive();
  // An index of ten papers has a map.
  await live.add(...Array.from({ length: 9 }, (_, n) => `Gold ${n}`));
  await live.engine.refresh();
  const held = await live.engine.acquire();
  await live.add('Aluminium');
  await live.engine.refresh();
  expect((await held.map()).xs).toHaveLength(10);
  expect((await held.mapHits({ query: 'gold', mode: 'keyword' })).total).toBe(10);
  expect((await held.mapPoint(0)).id).toBe('Gold');
  expect(await withSnapshot(live.engine, async (current) => (await current.mapPoint(0)).id)).toBe(
    'Aluminium',
  );
});

test('drops only the abandoned work of the aborted request', async () => {
  const live = await openLive();
  const signals: unknown[] = [];
  const encode = live.encoder.encode.bind(live.encoder);
  live.encoder.encode = (texts, options) => {
    signals.push(options?.signal);
    return encode(texts, options);
  };
  const { signal } = new AbortController();
  await withSnapshot(live.engine, (snapshot) => snapshot.search({ query: 'one', mode: 'semantic' }), {
    signal,
  });
  await withSnapshot(live.engine, (snapshot) => snapshot.search({ query: 'two', mode: 'semantic' }));
  expect(signals).toContain(signal);
  expect(signals).toContain(undefined);
});
