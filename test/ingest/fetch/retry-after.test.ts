import { expect, test } from 'vitest';
import { retryAfterMs } from '../../../src/ingest/fetch/retry-after.ts';

const NOW = Date.parse('2026-03-02T10:00:00Z');

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['Mon, 02 Mar 2026 10:00:30 GMT', 30_000],
  ['Monday, 02-Mar-26 10:00:30 GMT', 30_000],
  ['Mon Mar  2 10:01:00 2026 GMT', 60_000],
  ['Sun, 01 Mar 2026 10:00:00 GMT', 0],
  ['', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  [null, undefined],
])('%j', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
