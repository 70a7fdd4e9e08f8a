import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, isDay, parseSessionTime } from '../../../src/search/schedule/session-time.ts';

describe('parseSessionTime', () => {
  test.each([
    ['2025-04-26T00:30:00-07:00', '2025-04-26T00:30:00-07:00', '2025-04-26', '2025-04-26T07:30:00Z'],
    ['2025-04-26T23:30:00+05:30', '2025-04-26T23:30:00+05:30', '2025-04-26', '2025-04-26T18:00:00Z'],
    ['2025-04-26 09:00', '2025-04-26T09:00:00', '2025-04-26', '2025-04-26T09:00:00Z'],
    ['2025-04-26t09:00:01.250z', '2025-04-26T09:00:01+00:00', '2025-04-26', '2025-04-26T09:00:01Z'],
    ['2025-04-26T01:00+0900', '2025-04-26T01:00:00+09:00', '2025-04-26', '2025-04-25T16:00:00Z'],
    ['2024-02-29T01:00:00-03', '2024-02-29T01:00:00-03:00', '2024-02-29', '2024-02-29T04:00:00Z'],
  ])('%s', (text, tidied, day, instant) => {
    const time = parseSessionTime(text)!;
    expect(time).toMatchObject({ text: tidied, day });
    expect(instantOf(time, 0)).toBe(Date.parse(instant));
  });

  test('has no instant for a day without a time', () => {
    const time = parseSessionTime('2025-04-26')!;
    expect(time).toEqual({ text: '2025-04-26', day: '2025-04-26' });
    expect(instantOf(time, 0)).toBeUndefined();
  });

  test('uses the assumed offset for a time without one', () => {
    expect(instantOf(parseSessionTime('2025-04-26T09:00:00')!, -420)).toBe(
      Date.parse('2025-04-26T09:00:00-07:00'),
    );
  });

  test.each([
    undefined,
    '',
    'TBA',
    'Sat 26 Apr',
    '2025-02-29',
    '2025-04-31T09:00:00Z',
    '2025-13-01',
    '2025-04-26T24:00:00Z',
    '2025-04-26T09:60:00Z',
    '2025-04-26T09:00:00+15:00',
    '2025-04-26T09:00:00 PDT',
    '2025-04-26T09',
    '2025-4-26',
  ])('does not parse %s', (text) => {
    expect(parseSessionTime(text)).toBeUndefined();
  });

  test('accepts any text, and every instant with any offset', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseSessionTime(text);
      }),
    );
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: -840, max: 840 }),
        (date, offset) => {
          const clock = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
          const size = Math.abs(offset);
          const two = (value: number) => String(value).padStart(2, '0');
          const text = `${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
          const time = parseSessionTime(text)!;
          expect(time.text).toBe(text);
          expect(instantOf(time, 0)).toBe(Math.floor(date.getTime() / 1000) * 1000);
        },
      ),
    );
  });
});

test.each([
  ['2025-04-26', true],
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['2025-04-26T00:00', false],
  ['0000-00-00', false],
])('%s is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
