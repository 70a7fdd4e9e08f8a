import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCollection } from '../../../src/quality/evaluate/collection.ts';
import { compareRuns } from '../../../src/quality/evaluate/compare.ts';
import { evaluate, measureRun } from '../../../src/quality/evaluate/evaluate.ts';
import { parseRun } from '../../../src/quality/evaluate/run.ts';
import { collectionOf } from '../../support/collection.ts';
import { FakeSnapshot } from '../../support/fake-engine.ts';

/** The snapshot's ranking for any query: a, doi:10.1/x y, c. */
const snapshot = new FakeSnapshot();
const plain = { qrels: 'test', related: false };

describe('readCollection', () => {
  test('returns queries with a relevant paper, in the order of the file', async () => {
    const folder = await collectionOf(
      [
        { _id: 'z', text: 'Z' },
        { _id: 7, text: 'seven' },
        { _id: 'none', text: 'judged, nothing relevant' },
        { _id: 'unjudged', text: 'U' },
      ],
      { test: ['7\ta\t2', '7\tb\t-1', 'z\ta\t1', 'none\ta\t0', 'none\tb\t-1', 'no-such-query\ta\t1'] },
    );
    expect(await readCollection(folder, plain)).toEqual([
      { id: 'z', text: 'Z', doc: undefined, gains: new Map([['a', 1]]) },
      {
        id: '7',
        text: 'seven',
        doc: undefined,
        gains: new Map([
          ['a', 2],
          ['b', -1],
        ]),
      },
    ]);
  });

  test('keeps the first row of judgments without a header', async () => {
    const folder = await collectionOf([{ _id: 'q', text: 'Q' }], {});
    await writeFile(join(folder, 'qrels', 'test.tsv'), 'q\ta\t1\nq\tb\t2\n');
    const [query] = await readCollection(folder, plain);
    expect([...query!.gains]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  test("ignores judgments of a query's own paper", async () => {
    const folder = await collectionOf(
      [
        { _id: 'q', text: 'Q', metadata: { doc: 'a' } },
        { _id: 'c', text: 'C' },
        { _id: 'alone', text: 'A', metadata: { doc: 'a' } },
      ],
      { test: ['q\ta\t1', 'q\tc\t1', 'c\tc\t1', 'c\ta\t1', 'alone\ta\t1'] },
    );
    const judged = (await readCollection(folder, plain)).map(({ id, gains }) => [id, ...gains.keys()]);
    // The text query "c" is not the paper "c".
    expect(judged).toEqual([
      ['q', 'c'],
      ['c', 'c', 'a'],
    ]);
  });

  test('refuses to take a text query for the paper with its id when related papers are measured', async () => {
    const queries = [
      { _id: 'p', text: 'P', metadata: { doc: 'a' } },
      { _id: 'c', text: 'C' },
      { _id: 'unjudged', text: 'U' },
    ];
    const related = { qrels: 'test', related: true };
    const mixed = await collectionOf(queries, { test: ['p\tc\t1', 'c\ta\t1'] });
    await expect(readCollection(mixed, related)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/1 of 2 judged queries do not say .* query "c".*metadata\.doc/),
    });
    const papers = await collectionOf(queries, { test: ['p\tc\t1'] });
    expect(await readCollection(papers, related)).toHaveLength(1);
  });

  test.each([
    ['a row of another form', ['q\ta'], /test\.tsv, line 2: expected query id, paper id and gain/],
    ['a gain that is no number', ['q\ta\t1', 'q\tb\thigh'], /test\.tsv, line 3/],
    ['nothing relevant', ['q\ta\t0'], /No query of .* has a relevant paper in qrels\/test\.tsv/],
  ])('refuses %s', async (_, rows, message) => {
    const folder = await collectionOf([{ _id: 'q', text: 'Q' }], { test: rows });
    await expect(readCollection(folder, plain)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message),
    });
  });

  test('refuses a malformed query with its line, and missing files', async () => {
    const folder = await collectionOf([{ _id: 'q', text: 'Q' }, { _id: 'r' }], { test: ['q\ta\t1'] });
    await expect(readCollection(folder, plain)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/queries\.jsonl, line 2/),
    });
    await expect(readCollection(folder, { ...plain, qrels: 'dev' })).rejects.toMatchObject({
      code: 'NO_INPUT',
      message: expect.stringMatching(/dev\.tsv/),
    });
  });
});

describe('evaluate', () => {
  test('measures each query and the mean', async () => {
    const folder = await collectionOf(
      [
        { _id: 'q', text: 'Q' },
        { _id: 'r', text: 'R' },
      ],
      { test: ['q\tdoi:10.1/x y\t1', 'r\ta\t1', 'r\tmissing\t1'] },
    );
    const result = await evaluate(snapshot, folder, { mode: 'keyword' });
    const idealOfTwo = 1 + 1 / Math.log2(3);
    expect(result).toMatchObject({ mode: 'keyword', qrels: 'test', queries: 2 });
    expect(result.perQuery).toEqual([
      {
        id: 'q',
        'ndcg@10': 1 / Math.log2(3),
        map: 1 / 2,
        'mrr@10': 1 / 2,
        'recall@10': 1,
        'recall@100': 1,
        'success@1': 0,
      },
      {
        id: 'r',
        'ndcg@10': 1 / idealOfTwo,
        map: 1 / 2,
        'mrr@10': 1,
        'recall@10': 1 / 2,
        'recall@100': 1 / 2,
        'success@1': 1,
      },
    ]);
    expect(result.map).toBe(1 / 2);
    expect(result['mrr@10']).toBe((1 / 2 + 1) / 2);
    expect(snapshot.requests.at(-1)).toMatchObject({ query: 'R', mode: 'keyword', limit: 1001, offset: 0 });
  });

  test.each(['keyword', 'related'] as const)(
    "%s: removes a query's own paper from its answer",
    async (mode) => {
      const folder = await collectionOf([{ _id: 'q', text: 'Q', metadata: { doc: 'a' } }], {
        test: ['q\ta\t1', 'q\tdoi:10.1/x y\t1'],
      });
      const result = await evaluate(snapshot, folder, { mode, depth: 1 });
      expect(result['ndcg@10']).toBe(1);
    },
  );

  test('scores a refused query 0, and stops at other errors', async () => {
    const queries = [
      { _id: 'gone', text: 'Q', metadata: { doc: 'gone' } },
      { _id: 'a', text: 'crash', metadata: { doc: 'a' } },
    ];
    const folder = await collectionOf(queries, { test: ['gone\ta\t1', 'a\tc\t1'] });
    const { perQuery } = await evaluate(snapshot, folder, { mode: 'related' });
    // The third of all, the paper itself left out.
    expect(perQuery.map((query) => query['mrr@10'])).toEqual([0, 1 / 2]);
    await expect(evaluate(snapshot, folder, { mode: 'keyword' })).rejects.toThrow('secret detail');
  });

  test('refuses an index without papers of the collection', async () => {
    const folder = await collectionOf([{ _id: 'q', text: 'Q' }], { test: ['q\tnobody\t1'] });
    await expect(evaluate(snapshot, folder, { mode: 'hybrid' })).rejects.toThrow('none of the judged papers');
  });
});

describe('a run from elsewhere', () => {
  const queries = [
    { id: 'q', text: 'Q', doc: 'own', gains: new Map([['a', 1]]) },
    { id: 'r', text: 'R', doc: undefined, gains: new Map([['b', 1]]) },
  ];

  test("scores missing queries 0, and ignores unknown queries and a query's own paper", () => {
    const { run } = parseRun('q Q0 own 1 9 t\nq Q0 a 2 8 t\nother Q0 x 1 1 t\n', 'f');
    const measured = measureRun(run, queries);
    expect(measured.perQuery.map((query) => query['mrr@10'])).toEqual([1, 0]);
    expect(measured).toMatchObject({ queries: 2, map: 1 / 2 });
  });

  test('is compared query by query', () => {
    const first = measureRun(parseRun('q Q0 a 1 1 t\nr Q0 b 1 1 t', 'f').run, queries);
    const second = measureRun(parseRun('q Q0 x 1 2 t\nq Q0 a 2 1 t\nr Q0 b 1 1 t', 'f').run, queries);
    const comparison = compareRuns(first, second);
    // Only one query differs: either sign of it is as large.
    expect(comparison.map).toEqual({ difference: (1 - 1 / 2) / 2, p: 1 });
    expect(comparison['recall@10']).toEqual({ difference: 0, p: 1 });
  });
});
