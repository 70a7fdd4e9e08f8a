import { describe, expect, test } from 'vitest';
import { parseSlot, placeSlot } from '../../../src/papers/read/session-page/slot.ts';

describe('parseSlot and placeSlot', () => {
  test.each([
    ['Sat 26 Apr 12:30 a.m. PDT — 2 a.m. PDT', '2025-04-26T00:30:00-07:00', '2025-04-26T02:00:00-07:00'],
    ['Sat 26 April 0:30 - 0:42 PDT', '2025-04-26T00:30:00-07:00', '2025-04-26T00:42:00-07:00'],
    ['Thu 24 Apr 7:30 - 7:42 p.m. SGT', '2025-04-24T19:30:00+08:00', '2025-04-24T19:42:00+08:00'],
    ['Wed 10 Dec 11 a.m. PST — 2 p.m. PST', '2025-12-10T11:00:00-08:00', '2025-12-10T14:00:00-08:00'],
    ['Fri 25 Apr 11:50 p.m. - 12:02 a.m. CEST', '2025-04-25T23:50:00+02:00', '2025-04-26T00:02:00+02:00'],
    ['Wed 31 Dec 23:50 - 0:10 UTC', '2025-12-31T23:50:00+00:00', '2026-01-01T00:10:00+00:00'],
    ['Sat 26 April 1:30 PDT', '2025-04-26T01:30:00-07:00', undefined],
    ['Sat 26 April 1:30 - PDT', '2025-04-26T01:30:00-07:00', undefined],
    ['Fri, Apr 25th, 2025 noon to 1 pm UTC+5:30', '2025-04-25T12:00:00+05:30', '2025-04-25T13:00:00+05:30'],
    ['Thu 24 Apr 11:30 - 12:30 p.m. PDT', '2025-04-24T11:30:00-07:00', '2025-04-24T12:30:00-07:00'],
    ['Thu 24 Apr 11:30 - 1 a.m. PDT', '2025-04-24T23:30:00-07:00', '2025-04-25T01:00:00-07:00'],
    ['Thu 24 Apr 9 - 10 a.m. PDT', '2025-04-24T09:00:00-07:00', '2025-04-24T10:00:00-07:00'],
    ['Thu 24 April 10:30 - 10:42 +08', '2025-04-24T10:30:00+08:00', '2025-04-24T10:42:00+08:00'],
    ['Thu 24 April 10:30 − 10:42 (PDT)', '2025-04-24T10:30:00-07:00', '2025-04-24T10:42:00-07:00'],
    ['Thu 24 April 10:30 (GMT−7)', '2025-04-24T10:30:00-07:00', undefined],
    ['Thursday, April 24 at 10:30 AM PDT', '2025-04-24T10:30:00-07:00', undefined],
    [
      'Thu 24 Apr 10 p.m. PDT — Fri 25 Apr 1 a.m. PDT',
      '2025-04-24T22:00:00-07:00',
      '2025-04-25T01:00:00-07:00',
    ],
    ['[ Sat 26 April 9:00 ]', '2025-04-26T09:00:00', undefined],
  ])('%s', (line, start, end) => {
    const slot = parseSlot(line)!;
    expect(placeSlot(slot, 2025)).toEqual({ times: { start, end }, doubts: [] });
  });

  test.each([
    'Learning Dynamics of LLM Finetuning',
    'May we 3D print it?',
    'On 26 April 2025 at 9:00 the model was released.',
    'Sat 26 April',
    'decision 2 10',
    'augmented 3 4',
    'Sat 26 April 10',
    'Sat 26 April 25:99 PDT',
    '',
  ])('%s is not a slot', (line) => {
    expect(parseSlot(line)).toBeUndefined();
  });

  test('a weekday that the date does not have is a doubt', () => {
    expect(placeSlot(parseSlot('Sat 26 April 0:30 PDT')!, 2024).doubts).toEqual(['weekday']);
  });

  test('a day that the year does not have gives no time', () => {
    expect(placeSlot(parseSlot('29 Feb 10:00 UTC')!, 2025)).toEqual({
      times: undefined,
      doubts: ['no-such-day'],
    });
    expect(placeSlot(parseSlot('29 Feb 10:00 UTC')!, 2024).times?.start).toBe('2024-02-29T10:00:00+00:00');
  });

  test('an unknown zone keeps the local time', () => {
    const placed = placeSlot(parseSlot('Sat 26 April 0:30 XYZ')!, 2025);
    expect(placed).toEqual({ times: { start: '2025-04-26T00:30:00', end: undefined }, doubts: ['zone'] });
  });
});
