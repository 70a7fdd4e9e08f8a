import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type Label,
  type LearnerInput,
  preparePool,
  preparePoolInSteps,
  rankPool,
  withoutVectors,
} from '../../../src/review/learn/learner.ts';
import { papers } from './papers.ts';

const SIZE = 60;
const plain = preparePool(papers(SIZE));
const withVectors = preparePool(papers(SIZE, 1, true));
const prior = preparePool({ ...papers(SIZE), prior: Float64Array.from({ length: SIZE }, (_, row) => -row) });

const someLabels = fc.uniqueArray(fc.record({ row: fc.nat(SIZE - 1), included: fc.boolean() }), {
  selector: ({ row }) => row,
  maxLength: 30,
});

const include = (row: number): Label => ({ row, included: true });
const exclude = (row: number): Label => ({ row, included: false });
const pool = (titles: string[], abstracts = titles.map(() => '')): LearnerInput => ({
  texts: { titles, abstracts },
});

describe('rankPool', () => {
  it.each([
    ['words', plain],
    ['words and vectors', withVectors],
  ])('ranks the papers of the topic of the includes first, by %s', (_, known) => {
    const { order } = rankPool(known, [include(0), include(3), exclude(1), exclude(2)]);
    expect(order).toHaveLength(SIZE - 4);
    const first = Array.from(order.slice(0, 18), (row) => row % 3);
    expect(first.filter((topic) => topic === 0).length).toBeGreaterThanOrEqual(16);
  });

  test.each([
    ['words', plain],
    ['words and vectors', withVectors],
    ['words and a prior', prior],
  ])('gives the same ranking for the same labels in any order, by %s', (_, known) => {
    fc.assert(
      fc.property(someLabels, fc.gen(), (labels, gen) => {
        const other = [...labels].sort(() => gen(fc.integer, { min: -1, max: 1 }));
        expect(rankPool(known, other)).toEqual(rankPool(known, labels));
      }),
      { numRuns: 30 },
    );
  });

  test('gives exactly the ranking before a label that was taken back', () => {
    fc.assert(
      fc.property(someLabels, (labels) => {
        const before = rankPool(withVectors, labels);
        const free = before.order[0];
        if (free !== undefined) rankPool(withVectors, [...labels, include(free)]);
        expect(rankPool(withVectors, labels)).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test('gives the rows without a label, each once, by descending score and then by row', () => {
    fc.assert(
      fc.property(someLabels, (labels) => {
        const { order, scores } = rankPool(plain, labels);
        const labelled = labels.map(({ row }) => row);
        expect([...order, ...labelled].sort((a, b) => a - b)).toEqual([...scores.keys()]);
        expect(scores.every(Number.isFinite)).toBe(true);
        for (let i = 1; i < order.length; i++) {
          const drop = scores[order[i - 1]!]! - scores[order[i]!]!;
          expect(drop > 0 || (drop === 0 && order[i - 1]! < order[i]!)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('accepts any texts and labels', () => {
    const text = fc.oneof(
      fc.constant(''),
      fc.constant('the of and'),
      fc.string({ unit: 'grapheme' }),
      fc.lorem(),
    );
    const anyPool = fc.array(fc.tuple(text, text, fc.option(fc.boolean())), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(anyPool, (rows) => {
        const known = preparePool(
          pool(
            rows.map(([title]) => title),
            rows.map(([, abstract]) => abstract),
          ),
        );
        const labels = rows.flatMap(([, , included], row) => (included === null ? [] : [{ row, included }]));
        const { scores, order } = rankPool(known, labels);
        expect(scores.every(Number.isFinite)).toBe(true);
        expect(order).toHaveLength(rows.length - labels.length);
      }),
      { numRuns: 100 },
    );
  });

  it('ranks identical papers by row', () => {
    const known = preparePool(pool(['statins', 'agile', 'statins', 'statins', 'agile']));
    expect([...rankPool(known, [include(0), exclude(1)]).order]).toEqual([2, 3, 4]);
  });

  it('returns an empty order when all papers are labelled, and for an empty pool', () => {
    const known = preparePool(pool(['statins', 'agile']));
    expect(rankPool(known, [include(0), exclude(1)]).order).toHaveLength(0);
    expect(rankPool(preparePool(pool([])), []).order).toHaveLength(0);
  });
});

describe('rankPool before there are labels of both kinds', () => {
  it('ranks by the prior', () => {
    expect([...rankPool(prior, []).order.slice(0, 4)]).toEqual([0, 1, 2, 3]);
    expect([...rankPool(prior, [exclude(1)]).order.slice(0, 3)]).toEqual([0, 2, 3]);
    expect([...rankPool(prior, [include(1)]).order.slice(0, 3)]).toEqual([0, 2, 3]);
  });

  it('ranks by closeness to the includes', () => {
    const first = rankPool(plain, [include(0), include(3)]).order.slice(0, 12);
    expect(Array.from(first, (row) => row % 3).filter((topic) => topic === 0).length).toBeGreaterThanOrEqual(
      11,
    );
  });

  it('ranks papers like the excludes last', () => {
    const last = rankPool(plain, [exclude(0), exclude(3)]).order.slice(-12);
    expect(Array.from(last, (row) => row % 3).filter((topic) => topic === 0).length).toBeGreaterThanOrEqual(
      11,
    );
  });

  it('shuffles by the seed', () => {
    const first = rankPool(plain, []).order;
    expect(rankPool(plain, []).order).toEqual(first);
    expect(rankPool(plain, [], { seed: 2 }).order).not.toEqual(first);
  });
});

describe('rankPool with labels that cannot be', () => {
  it.each([-1, SIZE, 1.5, Number.NaN])('refuses row %s', (row) => {
    expect(() => rankPool(plain, [include(row)])).toThrow(/rows 0 to 59/);
  });

  it('refuses two labels of one row', () => {
    expect(() => rankPool(plain, [include(1), exclude(1)])).toThrow('Row 1 has two labels');
  });
});

describe('preparePool', () => {
  it('gives in steps what it gives at once', () => {
    const steps = preparePoolInSteps(papers(SIZE, 1, true));
    let count = 1;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    expect(count).toBeGreaterThan(2);
    const { words, vectors } = step.value;
    expect({ words, vectors }).toEqual({ words: withVectors.words, vectors: withVectors.vectors });
    const labels = [include(0), exclude(1), exclude(2), include(3)];
    expect(rankPool(step.value, labels)).toEqual(rankPool(withVectors, labels));
  });

  it('gives without vectors what it gives for texts alone', () => {
    const labels = [include(0), exclude(1), exclude(2), include(3)];
    const { texts } = papers(SIZE, 1, true);
    expect(rankPool(withoutVectors(withVectors), labels)).toEqual(rankPool(preparePool({ texts }), labels));
  });

  it.each([
    ['abstracts', { texts: { titles: ['a', 'b'], abstracts: ['a'] } }],
    ['keywords', { texts: { titles: ['a'], abstracts: ['a'], keywords: [] } }],
    ['vectors', { ...pool(['a']), vectors: { values: new Float32Array(3), dimensions: 2 } }],
    ['prior', { ...pool(['a']), prior: new Float64Array(2) }],
  ])('refuses %s of another number of papers', (what, input) => {
    expect(() => preparePool(input)).toThrow(new RegExp(`but ${what} of`));
  });
});
