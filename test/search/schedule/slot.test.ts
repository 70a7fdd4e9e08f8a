import { describe, expect, test } from 'vitest';
import { commonOffset, intervalOf, slotOf } from '../../../src/search/schedule/slot.ts';

const interval = (start: string, end?: string, assumed = 0) => intervalOf(slotOf({ start, end }), assumed);
const at = (text: string) => Date.parse(text);

describe('slotOf', () => {
  test.each([
    ['over midnight', '2025-04-26T23:30:00Z', '2025-04-27T00:30:00Z', '2025-04-27T00:30:00+00:00'],
    ['before the start', '2025-04-26T23:30:00Z', '2025-04-26T00:30:00Z', undefined],
    ['at the start', '2025-04-26T23:30:00Z', '2025-04-26T23:30:00Z', undefined],
    [
      'later, on a clock behind',
      '2025-04-26T10:00:00+02:00',
      '2025-04-26T09:00:00Z',
      '2025-04-26T09:00:00+00:00',
    ],
    [
      'with the offset of the start',
      '2025-04-26T10:00:00-07:00',
      '2025-04-26T11:00',
      '2025-04-26T11:00:00-07:00',
    ],
    ['not a time', '2025-04-26T10:00:00-07:00', 'noon', undefined],
    ['a time after a day', '2025-04-26', '2025-04-26T11:00', undefined],
    ['a day after a day', '2025-04-26', '2025-04-27', '2025-04-27'],
  ])('reads an end %s', (_, start, end, expected) => {
    expect(slotOf({ start, end }).end?.text).toBe(expected);
  });

  test('treats times that it cannot parse as unknown', () => {
    expect(slotOf({ name: 'Posters', hall: 'Hall 1', start: 'TBA', end: '2025-04-26T11:00' })).toEqual({
      name: 'Posters',
      hall: 'Hall 1',
      start: undefined,
      end: undefined,
    });
  });
});

describe('intervalOf', () => {
  test('is its beginning without an end, and undefined without a time', () => {
    const from = at('2025-04-26T10:00:00Z');
    expect(interval('2025-04-26T10:00:00Z')).toEqual({ from, to: from });
    expect(interval('2025-04-26')).toBeUndefined();
  });

  test('uses the assumed offset if there is none', () => {
    expect(interval('2025-04-26T10:00', '2025-04-26T11:00', 120)).toEqual({
      from: at('2025-04-26T08:00:00Z'),
      to: at('2025-04-26T09:00:00Z'),
    });
  });
});

test('finds the most frequent offset', () => {
  const slots = [
    '2025-04-26T10:00:00-07:00',
    '2025-04-26T10:00:00+02:00',
    '2025-04-26',
    '2025-04-27T09:00:00+02:00',
  ];
  expect(commonOffset(slots.map((start) => slotOf({ start })))).toBe(120);
  expect(commonOffset([])).toBe(0);
});
