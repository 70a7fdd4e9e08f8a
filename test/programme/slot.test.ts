import { describe, expect, test } from 'vitest';
import { commonOffset, intervalOf, overlap, slotOf } from '../../src/programme/slot.ts';

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
  ])('an end %s', (_, start, end, expected) => {
    expect(slotOf({ start, end }).end?.text).toBe(expected);
  });

  test('takes what it cannot read for unknown', () => {
    expect(slotOf({ name: 'Posters', hall: 'Hall 1', start: 'TBA', end: '2025-04-26T11:00' })).toEqual({
      name: 'Posters',
      hall: 'Hall 1',
      start: undefined,
      end: undefined,
    });
  });
});

describe('intervalOf', () => {
  test('without an end is its beginning; without an hour, nothing', () => {
    const from = at('2025-04-26T10:00:00Z');
    expect(interval('2025-04-26T10:00:00Z')).toEqual({ from, to: from });
    expect(interval('2025-04-26')).toBeUndefined();
  });

  test('takes the assumed offset where none is given', () => {
    expect(interval('2025-04-26T10:00', '2025-04-26T11:00', 120)).toEqual({
      from: at('2025-04-26T08:00:00Z'),
      to: at('2025-04-26T09:00:00Z'),
    });
  });
});

test.each([
  ['one after the other', ['10:00', '11:00'], ['11:00', '12:00'], false],
  ['one within the other', ['10:00', '12:00'], ['10:30', '11:00'], true],
  ['partly', ['10:00', '11:00'], ['10:59', '12:00'], true],
  ['without an end, within', ['10:00', '11:00'], ['10:30', undefined], true],
  ['without an end, at the start', ['10:00', '11:00'], ['10:00', undefined], true],
  ['without an end, at the end', ['10:00', '11:00'], ['11:00', undefined], false],
  ['both without an end, together', ['10:00', undefined], ['10:00', undefined], true],
  ['both without an end, apart', ['10:00', undefined], ['10:01', undefined], false],
] as const)('overlap %s', (_, [startA, endA], [startB, endB], expected) => {
  const day = (time: string | undefined) => time && `2025-04-26T${time}Z`;
  const a = interval(day(startA)!, day(endA))!;
  const b = interval(day(startB)!, day(endB))!;
  expect(overlap(a, b)).toBe(expected);
  expect(overlap(b, a)).toBe(expected);
});

test('the common offset is that of most', () => {
  const slots = [
    '2025-04-26T10:00:00-07:00',
    '2025-04-26T10:00:00+02:00',
    '2025-04-26',
    '2025-04-27T09:00:00+02:00',
  ];
  expect(commonOffset(slots.map((start) => slotOf({ start })))).toBe(120);
  expect(commonOffset([])).toBe(0);
});
