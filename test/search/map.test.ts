import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ingest } from '../../src/ingest/ingest.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { openIndex } from '../../src/search/open-index.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';

const TOPICS = ['machine translation', 'robot grasping', 'graph kernels'];
const records = Array.from({ length: 45 }, (_, n) => ({
  id: `p${String(n).padStart(2, '0')}`,
  title: `${TOPICS[n % 3]} study ${n}`,
  abstract: `All about ${TOPICS[n % 3]}.`,
  venue: n % 9 === 0 ? undefined : ['ACL', 'ICRA'][n % 2],
  year: 2000 + (n % 5),
}));

let snapshot: Snapshot;
let bare: Snapshot;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paper-search-test-'));
  const file = join(folder, 'a.jsonl');
  await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const encoder = new HashingEncoder();
  const open = async (index: string, corpusMap: boolean) => {
    await ingest([file], { index, encoder, corpusMap });
    return openIndex(index, { encoder });
  };
  const engines = [await open(join(folder, 'index'), true), await open(join(folder, 'bare'), false)] as const;
  snapshot = await engines[0].acquire();
  bare = await engines[1].acquire();
  return async () => {
    for (const engine of engines) await engine.close();
    await rm(folder, { recursive: true, force: true });
  };
});

/** The bounding box of some papers, slightly enlarged. */
async function boxAround(docs: readonly number[]): Promise<[number, number][]> {
  const { xs, ys } = await snapshot.map();
  const [left, right] = [
    Math.min(...docs.map((doc) => xs[doc]!)) - 1,
    Math.max(...docs.map((doc) => xs[doc]!)) + 1,
  ];
  const [top, bottom] = [
    Math.min(...docs.map((doc) => ys[doc]!)) - 1,
    Math.max(...docs.map((doc) => ys[doc]!)) + 1,
  ];
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

describe('the map of a snapshot', () => {
  test('returns the coordinates and colour values of every paper', async () => {
    const { xs, years, venueOf, venues, clusterOf, clusters } = await snapshot.map();
    expect(xs).toHaveLength(45);
    expect([...years]).toEqual(records.map(({ year }) => year));
    expect([...venueOf].map((venue) => venues[venue]?.value)).toEqual(records.map(({ venue }) => venue));
    expect(clusters.reduce((sum, { papers }) => sum + papers, 0)).toBe(45);
    expect(new Set(clusters.map(({ name }) => name)).size).toBe(clusters.length);
    // One topic is one cluster, except for one outlier.
    for (const topic of [0, 1, 2]) {
      const own = [...clusterOf].filter((_, doc) => doc % 3 === topic);
      const sizes = clusters.map((_, number) => own.filter((cluster) => cluster === number).length);
      expect(Math.max(...sizes)).toBeGreaterThanOrEqual(14);
    }
  });

  test('returns the relevant papers, the best first', async () => {
    const { points, scores, total } = await snapshot.mapHits({ query: 'robot grasping' });
    expect(total).toBe(15);
    expect(points.every((point) => point % 3 === 1)).toBe(true);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const { hits } = await snapshot.search({ query: 'robot grasping', limit: 15 });
    for (const [i, { paper }] of hits.entries()) {
      expect(await snapshot.mapPoint(points[i]!)).toEqual(paper);
    }
    await expect(snapshot.mapPoint(45)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('within: restricts search, facets and related papers to the polygon', async () => {
    const docs = records.flatMap((_, doc) => (doc % 3 === 1 && doc < 30 ? [doc] : []));
    const within = await boxAround(docs);
    const { xs, ys } = await snapshot.map();
    const [[left, top], , [right, bottom]] = within as [[number, number], unknown, [number, number]];
    const ids = records.flatMap(({ id }, doc) =>
      xs[doc]! > left && xs[doc]! < right && ys[doc]! > top && ys[doc]! < bottom ? [id] : [],
    );
    expect(ids.length).toBeLessThan(45);
    const all = await snapshot.search({ query: '', filters: { within }, limit: 50, facets: ['year'] });
    expect(all.hits.map(({ paper }) => paper.id).sort()).toEqual(ids);
    expect(all.facets!.papers).toBe(ids.length);
    const { hits } = await snapshot.related({ positive: ['p02'], filters: { within }, limit: 50 });
    expect(hits.length).toBeGreaterThan(0);
    for (const { paper } of hits) expect(ids).toContain(paper.id);
  });

  test('cluster: matches its name in any case', async () => {
    const { clusters } = await snapshot.map();
    const { name, papers } = clusters[0]!;
    const filters = { cluster: [name.toUpperCase()] };
    expect((await snapshot.search({ query: '', filters })).total).toBe(papers);
    expect((await snapshot.search({ query: '', filters: { cluster: ['none of them'] } })).total).toBe(0);
  });

  test.each([
    [
      'two corners',
      {
        within: [
          [1, 1],
          [2, 2],
        ] as [number, number][],
      },
    ],
    ['no corners', { within: 'here' as never }],
  ])('refuses %s', async (_, filters) => {
    await expect(snapshot.search({ query: 'x', filters })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('says how to make a map if the index has no map', async () => {
    const message = expect.stringContaining('paper-search ingest --corpus-map');
    await expect(bare.map()).rejects.toMatchObject({ code: 'NOT_FOUND', message });
    await expect(bare.mapHits({ query: 'robot' })).rejects.toMatchObject({ code: 'NOT_FOUND', message });
    const filters = {
      within: [
        [0, 0],
        [9, 0],
        [9, 9],
      ] as [number, number][],
    };
    await expect(bare.search({ query: '', filters })).rejects.toMatchObject({ code: 'BAD_REQUEST', message });
  });
});
