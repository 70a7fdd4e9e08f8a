import { expect, test } from 'vitest';
import { hasBoundary, relevantOnPage, summaryOf } from '../../src/web/relevance.ts';

const page = (total: number, relevant: number | undefined, offset = 0) => ({
  total,
  relevant,
  offset,
  hits: Array.from({ length: Math.max(0, Math.min(10, total - offset)) }),
});

test.each([
  [page(0, 0), 'No papers found.'],
  [page(1, 1), '1 paper'],
  [page(7, 7), '7 papers'],
  [page(7, 2), '7 papers, 2 of them relevant'],
  [page(7, 0), '7 papers'],
  [page(12, undefined), '1–10 of 12 papers'],
  [page(12, 12, 10), '11–12 of 12 papers'],
  [page(8659, 119), '1–10 of 119 relevant papers'],
  [page(8659, 119, 110), '111–119 of 119 relevant papers'],
  [page(8659, 111, 110), '111 of 111 relevant papers'],
  [page(8659, 119, 120), '121–130 of 8,659 papers, after the 119 relevant'],
  [page(8659, 0), '1–10 of 8,659 papers'],
  [page(12, 12, 20), '12 papers, none on this page'],
])('%o is summarised as %s', (list, summary) => {
  expect(summaryOf(list)).toBe(summary);
});

test.each([
  [page(8659, 119), 10],
  [page(8659, 119, 110), 9],
  [page(8659, 119, 120), 0],
  [page(12, undefined, 10), 2],
])('%o has %i relevant papers', (list, relevant) => {
  expect(relevantOnPage(list)).toBe(relevant);
});

test('a list has a boundary only between relevant papers and others', () => {
  expect(hasBoundary({ total: 9, relevant: 3 })).toBe(true);
  for (const relevant of [0, 9, undefined]) expect(hasBoundary({ total: 9, relevant })).toBe(false);
});
