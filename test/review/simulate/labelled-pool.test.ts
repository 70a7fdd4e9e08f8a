import { expect, test } from 'vitest';
import type { PooledPaper } from '../../../src/review/pool/pool.ts';
import type { MatchedLabels } from '../../../src/review/records/labels/match.ts';
import { includedBy, labelledPool } from '../../../src/review/simulate/labelled-pool.ts';

const pooled = (id: string, more: Partial<PooledPaper> = {}): PooledPaper => ({
  paper: {
    id,
    title: `Title of ${id}`,
    abstract: '',
    authors: [],
    authorNames: [],
    keywords: [],
    categories: [],
    urls: {},
    externalIds: {},
    source: { file: 'a.csv', format: 'csv', record: 1 },
  },
  records: 1,
  removed: false,
  ...more,
});

test('has the labelled papers with their vectors and scores, in the order of the pool', () => {
  const papers = [pooled('a', { prior: 2 }), pooled('b'), pooled('c', { removed: true }), pooled('d')];
  const values = Float32Array.from([1, 0, 0.6, 0.8, 0, 1, -1, 0]);
  const vectors = { values, dimensions: 2, model: 'm' };
  const included = new Map([
    ['d', true],
    ['c', true],
    ['a', false],
  ]);
  const pool = labelledPool({ papers, vectors }, included, false);
  expect(pool).toMatchObject({ ids: ['a', 'd'], unlabelled: 1, truth: Uint8Array.from([0, 1]) });
  expect(pool.input.texts.titles).toEqual(['Title of a', 'Title of d']);
  expect(pool.input.vectors!.values).toEqual(Float32Array.from([1, 0, -1, 0]));
  expect(pool.input.prior).toEqual(Float64Array.from([2, 0]));
  expect(labelledPool({ papers, vectors }, included, true).input.vectors).toBeUndefined();
});

const row = (paper: string, decision: 'include' | 'exclude' | 'maybe', stage = 'abstract') =>
  ({ paper, row: { decision, stage } }) as MatchedLabels['labels'][number];
const matched = (...labels: MatchedLabels['labels']): MatchedLabels => ({
  labels,
  unmatched: [],
  problems: [],
});

test('counts a paper as included if one reviewer includes it, and no maybe', () => {
  const labels = matched(
    row('a', 'include'),
    row('a', 'exclude'),
    row('b', 'exclude'),
    row('b', 'include'),
    row('c', 'exclude'),
    row('d', 'maybe'),
    row('e', 'include', 'full-text'),
  );
  expect(Object.fromEntries(includedBy(labels, false, ['a', 'b', 'c', 'd', 'e']))).toEqual({
    a: true,
    b: true,
    c: false,
  });
});

test('excludes the others where the file says so', () => {
  const included = includedBy(matched(row('a', 'include')), true, ['a', 'b']);
  expect(Object.fromEntries(included)).toEqual({ a: true, b: false });
});
