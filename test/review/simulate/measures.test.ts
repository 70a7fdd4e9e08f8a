import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  averageTimeToDiscovery,
  foundInOrder,
  lossOf,
  measuresOf,
  ndcgOf,
  papersToRecall,
  recallCurveOf,
  relevantFoundAt,
  workSaved,
} from '../../../src/review/simulate/measures.ts';

/** What ASReview's own functions return; written by scripts/bench/screening/asreview-measures.py. */
interface Case {
  readonly name: string;
  readonly papers: number;
  readonly places: readonly number[];
  readonly recall: Readonly<Record<string, number>>;
  readonly wss: Readonly<Record<string, number>>;
  readonly atd: number;
  readonly loss: number;
  readonly ndcg: number;
}

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('asreview-measures.json', import.meta.url), 'utf8'),
);

const foundAt = (papers: number, places: readonly number[]) => {
  const found = new Uint8Array(papers);
  for (const place of places) found[place] = 1;
  return found;
};

test.each(cases)('measures as ASReview does: $name', ({ papers, places, recall, wss, atd, loss, ndcg }) => {
  const found = foundAt(papers, places);
  for (const [share, value] of Object.entries(recall)) {
    expect(relevantFoundAt(found, Number(share))).toBeCloseTo(value, 12);
  }
  for (const [share, value] of Object.entries(wss)) {
    expect(workSaved(found, Number(share))).toBeCloseTo(value, 12);
  }
  expect(averageTimeToDiscovery(found)).toBeCloseTo(atd, 10);
  expect(lossOf(found)).toBeCloseTo(loss, 12);
  expect(ndcgOf(found)).toBeCloseTo(ndcg, 12);
});

test('has recall after each paper', () => {
  expect(Array.from(recallCurveOf(foundAt(5, [1, 4])))).toEqual([0, 0.5, 0.5, 0.5, 1]);
});

test('puts includes that were not read at the end, and leaves known papers out', () => {
  const truth = Uint8Array.from([1, 0, 1, 0, 1, 0]);
  expect(Array.from(foundInOrder({ known: [0, 1], read: [3, 2] }, truth))).toEqual([0, 1, 0, 1]);
  expect(Array.from(foundInOrder({ known: [], read: [5, 4, 3, 2, 1, 0] }, truth))).toEqual([
    0, 1, 0, 1, 0, 1,
  ]);
});

test('counts the papers to a recall with the known ones', () => {
  const truth = Uint8Array.from([1, 0, 1, 0, 1, 0, 1, 0]);
  const run = { known: [0, 1], read: [2, 3, 4, 6] };
  expect(papersToRecall(run, truth, 0.5)).toBe(3);
  expect(papersToRecall(run, truth, 0.75)).toBe(5);
  expect(papersToRecall(run, truth, 0.76)).toBe(6);
  expect(papersToRecall({ known: [0, 1], read: [2] }, truth, 0.95)).toBe(8);
  expect(papersToRecall(run, truth, 0.25)).toBe(2);
});

test('does not want one more include because of a rounding error', () => {
  // 0.95 × 20 is 19 exactly, and 0.55 × 20 is 11.000000000000002.
  const truth = new Uint8Array(20).fill(1);
  const run = { known: [], read: Array.from(truth.keys()) };
  expect(papersToRecall(run, truth, 0.95)).toBe(19);
  expect(papersToRecall(run, truth, 0.55)).toBe(11);
});

test('stays within the ranges of the measures for any order', () => {
  const orders = fc
    .uniqueArray(fc.nat(60), { minLength: 1, maxLength: 30 })
    .map((places) => foundAt(62, places));
  fc.assert(
    fc.property(orders, (found) => {
      const truth = found;
      const run = { known: [], read: Array.from(found.keys()) };
      const { loss, ndcg, rrf10, wss95, atd, shareTo95 } = measuresOf(run, truth);
      for (const value of [loss, ndcg, rrf10, shareTo95]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }
      expect(Math.abs(wss95)).toBeLessThan(1);
      expect(atd).toBeGreaterThanOrEqual(1);
      expect(atd).toBeLessThanOrEqual(62);
    }),
  );
});
