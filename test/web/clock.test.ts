import { expect, test } from 'vitest';
import { clockOf, formatDay, formatShortDay, formatTimes, zoneOf } from '../../src/web/clock.ts';

test.each([
  ['within a day', '2025-04-26T09:30:00-07:00', '2025-04-26T09:45:00-07:00', '09:30–09:45'],
  ['over midnight', '2025-04-26T23:30:00-07:00', '2025-04-27T00:30:00-07:00', '23:30 – Sun 27 Apr 00:30'],
  ['without an end', '2025-04-26T09:30:00', undefined, '09:30'],
  ['of a day', '2025-04-26', undefined, 'all day'],
  ['of days', '2025-04-26', '2025-04-27', 'until Sun 27 Apr'],
])('times %s', (_, start, end, expected) => {
  expect(formatTimes(start, end)).toBe(expected);
});

test('formats days in the time zone of the conference, whatever that of the reader', () => {
  expect(formatDay('2025-04-26')).toBe('Saturday 26 April 2025');
  expect(formatShortDay('2025-04-26')).toBe('Sat 26 Apr');
  expect(clockOf('2025-04-26T23:59:00+14:00')).toBe('23:59');
  expect(clockOf('2025-04-26')).toBeUndefined();
});

test.each([
  [['2025-04-26T09:30:00-07:00', '2025-04-27T09:30:00-07:00'], 'UTC−07:00'],
  [['2025-04-26T09:30:00+00:00'], 'UTC'],
  [['2025-04-26T09:30:00-07:00', '2025-04-27T09:30:00+02:00'], undefined],
  [['2025-04-26T09:30:00-07:00', '2025-04-27T09:30:00'], undefined],
  [['2025-04-26T09:30:00'], undefined],
  [[], undefined],
])('finds that the zone of %j is %s', (times, expected) => {
  expect(zoneOf(times)).toBe(expected);
});
