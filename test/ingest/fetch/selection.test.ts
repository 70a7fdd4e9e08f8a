import { describe, expect, test } from 'vitest';
import { checkSelection, daysBefore, firstDay, lastDay } from '../../../src/ingest/fetch/selection.ts';

test.each([
  ['2024', '2024-01-01', '2024-12-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2023-02', '2023-02-01', '2023-02-28'],
  ['2024-12', '2024-12-01', '2024-12-31'],
  ['2024-05-06', '2024-05-06', '2024-05-06'],
])('%s begins and ends', (text, first, last) => {
  expect([firstDay(text), lastDay(text)]).toEqual([first, last]);
});

test('subtracts days across the end of a year', () => {
  expect(daysBefore('2026-01-03', 7)).toBe('2025-12-27');
});

describe('a selection', () => {
  const TAKES = ['query', 'from', 'until', 'changedSince', 'limit'] as const;

  test('of what the service takes', () => {
    const given = { query: 'a', from: '2024', until: '2024-02', limit: 5 };
    expect(checkSelection('service', TAKES, given)).toEqual(given);
  });

  test.each([
    [{ venue: 'ICLR' }, /"service" takes no --venue. It takes --query, .*--changed-since/],
    [{ query: '' }, /query/],
    [{ from: '24' }, /Expected YYYY-MM-DD, YYYY-MM or YYYY/],
    [{ from: '2024-13' }, /calendar/],
    [{ until: '2023-02-29' }, /calendar/],
    [{ from: '2024-06', until: '2024-05' }, /--from 2024-06 is after --until 2024-05/],
    [{ changedSince: '2024' }, /changedSince/],
    [{ limit: 0 }, /limit/],
    [{ unknown: 1 }, /unknown/],
  ])('refuses %j', (given, message) => {
    expect(() => checkSelection('service', TAKES, given)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST', message: expect.stringMatching(message) }),
    );
  });
});
