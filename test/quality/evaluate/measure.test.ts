import { cp, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { collectionNames, readTestCollection } from '../../../scripts/eval/collections.ts';
import { measureCollection } from '../../../scripts/eval/measure.ts';
import { collectionOf } from '../../support/collection.ts';
import { FakeSnapshot } from '../../support/fake-engine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('measures all systems on related papers, and all judgments except those for tuning', async () => {
  const queries = [{ _id: 'q', text: 'Q', metadata: { doc: 'a' } }];
  const folder = await collectionOf(queries, {
    test: ['q\tdoi:10.1/x y\t1'],
    cocited: ['q\tc\t1'],
    train: ['q\tc\t1'],
  });
  await writeFile(join(folder, 'corpus.jsonl'), '');
  expect(collectionNames(dirname(folder))).toContain(basename(folder));
  const collection = await readTestCollection(dirname(folder), basename(folder));
  expect([...collection.judged.keys()]).toEqual(['test', 'cocited']);

  const snapshot = new FakeSnapshot();
  const record = await measureCollection(snapshot, collection, 50, () => {});
  expect(record.judgments.map(({ qrels, queries }) => [qrels, queries])).toEqual([
    ['test', 1],
    ['cocited', 1],
  ]);
  const [first, second] = record.judgments;
  expect(first!.systems.map(({ system, means }) => [system, means['mrr@10']])).toEqual([
    ['keyword', 1],
    ['semantic', 1],
    ['hybrid', 1],
    ['hybrid-first', 1],
    ['verifier', 1],
    ['hybrid-rrf', 1],
    ['related', 1],
  ]);
  expect(second!.systems[0]).toMatchObject({ means: { 'mrr@10': 1 / 2 }, ndcgPerQuery: '0.6309' });
  expect(first!.gain).toEqual({ over: 'keyword', difference: 0, p: 1 });
  // Asked once for both judgments.
  expect(snapshot.requests.map(({ mode, fusion }) => fusion ?? mode)).toEqual([
    'keyword',
    'semantic',
    'hybrid',
    'hybrid',
    'hybrid',
    'reciprocal-rank',
  ]);
});

test('skips the system for related papers when queries are not papers', async () => {
  const folder = await collectionOf([{ _id: 'q', text: 'Q' }], { test: ['q\ta\t1'] });
  await writeFile(join(folder, 'corpus.jsonl'), '');
  const collection = await readTestCollection(dirname(folder), basename(folder));
  const record = await measureCollection(new FakeSnapshot(), collection, 50, () => {});
  expect(record.judgments[0]!.systems.map(({ system }) => system)).not.toContain('related');
});

test('says what is missing', async () => {
  expect(() => collectionNames('nowhere')).toThrow('PAPER_SEARCH_COLLECTIONS');
  await expect(readTestCollection('test', 'eval')).rejects.toThrow('There is no collection "eval"');
});

test('does not report queries that weights were tuned on', async () => {
  const parent = await temporaryFolder();
  const ids = ['k1', 'k2', 'k3', 'k4'];
  const queries = ids.map((id) => ({ _id: id, text: id }));
  for (const name of ['conference-keywords', 'other']) {
    const folder = await collectionOf(queries, { test: ids.map((id) => `${id}\ta\t1`) });
    await writeFile(join(folder, 'corpus.jsonl'), '');
    await cp(folder, join(parent, name), { recursive: true });
  }
  const reported = async (name: string) =>
    (await readTestCollection(parent, name)).judged.get('test')!.map(({ id }) => id);
  expect(await reported('conference-keywords')).toEqual(['k2', 'k4']);
  expect(await reported('other')).toEqual(ids);
});

test('measures another engine, alone and fused by rank with semantic search', async () => {
  const queries = [{ _id: 'q', text: 'Q' }];
  const folder = await collectionOf(queries, { test: ['q\tc\t1'] });
  await writeFile(join(folder, 'corpus.jsonl'), '');
  const collection = await readTestCollection(dirname(folder), basename(folder));
  const other = async () => new Map([['q', [{ id: 'c', score: 2 }]]]);
  const [judged] = (await measureCollection(new FakeSnapshot(), collection, 50, () => {}, other)).judgments;
  const of = (name: string) => judged!.systems.find(({ system }) => system === name)!.means['mrr@10'];
  expect(of('bm25s')).toBe(1);
  // The fake snapshot ranks it third: 1 / 61 + 1 / 63 is more than 1 / 61.
  expect([of('semantic'), of('bm25s-rrf')]).toEqual([1 / 3, 1]);
  expect(judged!.overBm25s!.difference).toBeCloseTo(1 / Math.log2(4) - 1, 12);
  expect(judged!.overPlainFusion!.difference).toBeCloseTo(1 / Math.log2(4) - 1, 12);
});
