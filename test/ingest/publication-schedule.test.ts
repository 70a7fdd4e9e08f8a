import { expect, test } from 'vitest';
import { isDue } from '../../src/ingest/publication-schedule.ts';

const MINUTE = 60_000;

test.each([
  ['nothing new', { encoded: 100, published: 100, sinceMs: 10 * MINUTE, tookMs: 10 }, false],
  ['the first vectors', { encoded: 1, published: 0, sinceMs: MINUTE, tookMs: 10 }, true],
  ['too soon', { encoded: 900, published: 0, sinceMs: 9_999, tookMs: 10 }, false],
  ['less than twice as many', { encoded: 199, published: 100, sinceMs: MINUTE, tookMs: 10 }, false],
  ['twice as many', { encoded: 200, published: 100, sinceMs: MINUTE, tookMs: 10 }, true],
  ['less than a quarter of all', { encoded: 749, published: 500, sinceMs: MINUTE, tookMs: 10 }, false],
  ['a quarter of all', { encoded: 750, published: 500, sinceMs: MINUTE, tookMs: 10 }, true],
  ['the last ones', { encoded: 1000, published: 999, sinceMs: MINUTE, tookMs: 10 }, true],
  ['a slow publication', { encoded: 1000, published: 0, sinceMs: 53_000, tookMs: 6_000 }, false],
  ['a slow publication, later', { encoded: 1000, published: 0, sinceMs: 54_000, tookMs: 6_000 }, true],
])('%s: %j', (_, state, due) => {
  expect(isDue({ total: 1000, ...state })).toBe(due);
});
