import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { evaluateCollection } from '../../src/cli/evaluate-collection.ts';
import type { Snapshot } from '../../src/search/engine.ts';
import { collectionOf } from '../support/collection.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ id: 'a', title: 'Graph kernels for graphs' }),
  paperOf({ id: 'b', title: 'Graph networks and other things' }),
  paperOf({ id: 'c', title: 'Protein folding' }),
]);
vi.mock('../../src/cli/open-engine.ts', () => ({
  withSnapshot: (_place: object, use: (snapshot: Snapshot) => Promise<unknown>) => use(snapshot),
}));

async function measured(pool: object) {
  const folder = await collectionOf(
    [
      { _id: 'q', text: 'graph' },
      { _id: 'r', text: 'protein' },
    ],
    { test: ['q\tb\t1', 'r\tc\t1'] },
  );
  const file = join(folder, 'pool.json');
  await writeFile(file, JSON.stringify(pool));
  const notices: string[] = [];
  const counts: string[] = [];
  const results = await evaluateCollection(folder, {
    index: 'index',
    modes: ['keyword', 'semantic'],
    qrels: 'test',
    fusion: 'weighted-sum',
    pool: file,
    onNotice: (notice) => notices.push(notice.replace(file, 'FILE')),
    onProgress: ({ done, total }) => counts.push(`${done}/${total}`),
  });
  return { results, notices, counts };
}

test('ranks the pool alone, and reports what is not measured', async () => {
  const { results, notices, counts } = await measured({ q: ['b', 'c', 'gone'] });
  expect(results.map(({ queries, 'success@1': first }) => [queries, first])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(notices).toEqual([
    'FILE: 1 of 2 judged queries have no candidates and are not measured.',
    'FILE: 1 of 3 candidates are not in the index and are not ranked.',
  ]);
  expect(counts).toEqual(['1/2', '2/2']);
});

test('counts the queries of all modes', async () => {
  const { notices, counts } = await measured({ q: ['a', 'b'], r: ['c'] });
  expect(notices).toEqual([]);
  expect(counts).toEqual(['1/4', '2/4', '3/4', '4/4']);
});

test('refuses a pool of another collection', async () => {
  await expect(measured({ other: ['a'] })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('has candidates for no judged query'),
  });
});
