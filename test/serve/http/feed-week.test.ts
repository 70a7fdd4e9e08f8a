import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFeed } from '@rowanmanning/feed-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ingest } from '../../../src/ingest/ingest.ts';
import { remove } from '../../../src/ingest/remove.ts';
import { openIndex } from '../../../src/search/open-index.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { listening } from '../../support/listening.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

/*
 * A week of arrivals: papers come in and change, also while a reader pages, and some are removed. The reader asks once a
 * day and follows the links to the next page.
 */

const READER = { headers: { accept: 'application/atom+xml' } };
const FEED = '/v1/search.atom?q=title:worms&limit=4';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Record {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly year: number;
}

/** Every third paper is about something else; years are in no order. */
const record = (n: number, version = 1): Record => ({
  id: `p${n}`,
  title: n % 3 === 0 ? `Birds in the trees, part ${n}` : `Worms in the soil, part ${n}`,
  abstract: `Version ${version}.`,
  year: 1990 + ((n * 7) % 30),
});
const isRelevant = (id: string) => Number(id.slice(1)) % 3 !== 0;

/** An index whose papers come in day by day, and a server of it, which is started again after every change. */
function library() {
  const options = { index: join(folder, 'index'), encoder: new HashingEncoder() };
  const present = new Map<string, Record>();
  let files = 0;
  let served: { readonly url: string; readonly stop: () => Promise<void> } | undefined;
  const stop = async () => {
    await served?.stop();
    served = undefined;
  };
  const start = async () => {
    const engine = await openIndex(options.index, { encoder: new HashingEncoder() });
    const { url, close } = await listening(createApp({ engine, page: undefined }));
    return {
      url,
      stop: async () => {
        close();
        await engine.close();
      },
    };
  };
  const read = async (file: string, records: readonly Record[]) => {
    await stop();
    await writeFile(join(folder, file), records.map((each) => JSON.stringify(each)).join('\n'));
    await ingest([join(folder, file)], options);
    for (const each of records) present.set(each.id, each);
  };
  return {
    present,
    stop,
    add: (...records: readonly Record[]) => read(`${files++}.jsonl`, records),
    /** Reads a new version of a file that was ingested before. */
    change: (nth: number, ...records: readonly Record[]) => read(`${nth}.jsonl`, records),
    remove: async (...ids: readonly string[]) => {
      await stop();
      await remove({ ids }, options);
      for (const id of ids) present.delete(id);
    },
    /** A page of the feed. */
    page: async (path: string) => {
      served ??= await start();
      const { url } = served;
      const text = await (await validatedFetch(url + path, READER)).text();
      // Each start has another port.
      const next = /rel="next" type="[^"]*" href="([^"]*)"/.exec(text)?.[1];
      const entries = parseFeed(text).items.map(({ id, updated }) => ({
        id: decodeURIComponent(id!.split('/').at(-1)!),
        updated: updated!.toISOString(),
      }));
      return { entries, next: next?.replaceAll('&amp;', '&').slice(url.length) };
    },
  };
}

test('a reader that pages gets every relevant paper of a week once, and every change', async () => {
  const { present, add, change, remove: take, page, stop } = library();
  /** What the reader has, with the version of each. */
  const read = new Map<string, string>();
  const news: string[][] = [];

  /** Reads all pages. @param between what happens while it reads the second page. */
  const poll = async (between: () => Promise<void> = async () => {}) => {
    const seen: string[] = [];
    const found: string[] = [];
    let path: string | undefined = FEED;
    for (let pages = 1; path !== undefined; pages++) {
      const { entries, next }: Awaited<ReturnType<typeof page>> = await page(path);
      for (const { id, updated } of entries) {
        seen.push(id);
        if (read.get(id) !== updated) found.push(id);
        read.set(id, updated);
      }
      if (pages === 2) await between();
      path = next;
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen.filter((id) => !isRelevant(id))).toEqual([]);
    news.push(found);
    return seen;
  };
  const relevant = () => [...present.keys()].filter(isRelevant).sort();

  // Day 1: thirty papers at once.
  await add(...Array.from({ length: 30 }, (_, n) => record(n + 1)));
  expect((await poll()).sort()).toEqual(relevant());
  // Day 2: three ingests.
  await add(record(31));
  await add(record(32), record(33));
  await add(record(34));
  expect((await poll()).slice(0, 3)).toEqual(['p34', 'p32', 'p31']);
  // Day 3: nothing.
  await poll();
  // Day 4: a paper arrives while the reader is between two pages. It gets all others, and that one a day later.
  await poll(() => add(record(35)));
  expect(read.has('p35')).toBe(false);
  // Day 5: changes, the same file again, and removals.
  await change(1, record(31, 2));
  await change(2, record(32), record(33));
  await take('p2', 'p34');
  await poll();
  expect(news.at(-1)!.sort()).toEqual(['p31', 'p35']);
  // Day 6: a removal ahead of the reader, and one of what it has read, between two pages.
  const before = relevant();
  const [first] = (await page(FEED)).entries;
  await poll(() => take(first!.id, 'p28'));
  expect(before.filter((id) => !read.has(id))).toEqual([]);
  // Day 7: a removed paper comes back, and older publications arrive.
  await add(record(2), record(40), record(41));
  await poll();
  expect(news.at(-1)!.sort()).toEqual(['p2', 'p40', 'p41']);

  // Nothing was missed, and each paper was new once; one that came back or changed, twice.
  expect(relevant().filter((id) => !read.has(id))).toEqual([]);
  const times = new Map<string, number>();
  for (const id of news.flat()) times.set(id, (times.get(id) ?? 0) + 1);
  expect([...times].filter(([, count]) => count > 1).sort()).toEqual([
    ['p2', 2],
    ['p31', 2],
  ]);
  expect(news[2]).toEqual([]);
  await stop();
}, 60_000);

test('a reader whose last paper is removed between two pages repeats some and misses none', async () => {
  const { add, remove: take, page, stop } = library();
  await rm(join(folder, 'index'), { recursive: true });
  await add(...Array.from({ length: 20 }, (_, n) => record(n + 1)));
  const first = await page(FEED);
  await take(first.entries.at(-1)!.id);
  const seen = new Set(first.entries.map(({ id }) => id));
  for (let path = first.next; path !== undefined; ) {
    const { entries, next } = await page(path);
    for (const { id } of entries) seen.add(id);
    path = next;
  }
  expect(seen.size).toBe(14);
  await stop();
}, 60_000);
