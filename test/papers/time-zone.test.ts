import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTimeZone, onClockOf } from '../../src/papers/time-zone.ts';

test.each([
  // A reader in California saved the page of a conference in Singapore.
  ['Asia/Singapore', '2025-04-26T01:18:00-07:00', '2025-04-26T16:18:00+08:00'],
  ['Asia/Singapore', '2025-04-25T22:30Z', '2025-04-26T06:30:00+08:00'],
  ['Europe/Vienna', '2024-07-22T07:00:00Z', '2024-07-22T09:00:00+02:00'],
  ['Europe/Vienna', '2024-12-22 07:00:00.250Z', '2024-12-22T08:00:00+01:00'],
  ['Asia/Kolkata', '2025-01-01T20:00:00+0000', '2025-01-02T01:30:00+05:30'],
  ['America/St_Johns', '2025-01-01T00:00:00Z', '2024-12-31T20:30:00-03:30'],
  ['UTC', '2025-04-26T01:18:00-07', '2025-04-26T08:18:00+00:00'],
  // Without an offset, it is a time of that clock.
  ['Asia/Singapore', '2025-04-26T09:30', '2025-04-26T09:30:00+08:00'],
  ['America/New_York', '2025-07-01T09:30:00', '2025-07-01T09:30:00-04:00'],
  ['America/New_York', '2025-12-01T09:30:00', '2025-12-01T09:30:00-05:00'],
  // On 2 November, 01:30 occurs twice; on 9 March, 02:30 does not occur.
  ['America/New_York', '2025-11-02T01:30:00', '2025-11-02T01:30:00-04:00'],
  ['America/New_York', '2025-03-09T02:30:00', '2025-03-09T02:30:00-05:00'],
  ['America/New_York', '2025-03-09T03:30:00', '2025-03-09T03:30:00-04:00'],
  ['Asia/Singapore', '2025-04-26', '2025-04-26'],
  ['Asia/Singapore', 'after lunch', 'after lunch'],
  ['Asia/Singapore', '2025-04-26T99:99:00Z', '2025-04-26T99:99:00Z'],
])('shows on the clock of %s that %s is %s', (zone, time, expected) => {
  expect(onClockOf(zone, time)).toBe(expected);
});

test('keeps the instant of every time with an offset', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('America/Los_Angeles', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kathmandu'),
      fc.integer({ min: 0, max: 2_000_000_000 }),
      (zone, seconds) => {
        const time = new Date(seconds * 1000).toISOString();
        expect(Date.parse(onClockOf(zone, time))).toBe(seconds * 1000);
      },
    ),
  );
});

test.each([
  ['Asia/Singapore', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ['+08:00', false],
  ['', false],
])('whether "%s" is a time zone is %s', (text, expected) => {
  expect(isTimeZone(text)).toBe(expected);
});
