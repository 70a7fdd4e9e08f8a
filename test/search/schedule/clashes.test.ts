import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperSession } from '../../../src/papers/paper.ts';
import { clashesOf } from '../../../src/search/schedule/clashes.ts';
import { type Interval, intervalOf, slotOf } from '../../../src/search/schedule/slot.ts';

const placed = (...sessions: PaperSession[]) =>
  sessions.map((session, i) => ({ id: String(i), slot: slotOf(session) }));
const day = '2025-04-26T';

/** Written differently from the source: a paper without a known end lasts a millisecond. */
const endOf = ({ from, to }: Interval) => Math.max(to, from + 1);
const overlap = (a: Interval, b: Interval) => Math.max(a.from, b.from) < Math.min(endOf(a), endOf(b));

describe('clashesOf', () => {
  test.each([
    ['one after the other', ['10:00', '11:00'], ['11:00', '12:00'], false],
    ['one within the other', ['10:00', '12:00'], ['10:30', '11:00'], true],
    ['partly', ['10:00', '11:00'], ['10:59', '12:00'], true],
    ['without an end, within', ['10:00', '11:00'], ['10:30', undefined], true],
    ['without an end, at the start', ['10:00', '11:00'], ['10:00', undefined], true],
    ['without an end, at the end', ['10:00', '11:00'], ['11:00', undefined], false],
    ['both without an end, together', ['10:00', undefined], ['10:00', undefined], true],
    ['both without an end, apart', ['10:00', undefined], ['10:01', undefined], false],
  ] as const)('%s', (_, [startA, endA], [startB, endB], clash) => {
    const at = (time: string | undefined) => time && `${day}${time}Z`;
    const a = { hall: '1', start: at(startA), end: at(endA) };
    const b = { hall: '2', start: at(startB), end: at(endB) };
    for (const pair of [placed(a, b), placed(b, a)]) {
      expect(clashesOf(pair).map((told) => told !== undefined)).toEqual([clash, clash]);
    }
  });

  test('returns the papers at the same time in other places, the most wanted first', () => {
    const talks = placed(
      { hall: '1', start: `${day}10:00Z`, end: `${day}11:00Z` },
      { hall: '2', start: `${day}10:30Z`, end: `${day}11:30Z` },
      { hall: '3', start: `${day}11:00Z`, end: `${day}12:00Z` },
      { hall: '4', start: `${day}10:59Z` },
    );
    expect(clashesOf(talks)).toEqual([
      { count: 2, ids: ['1', '3'] },
      { count: 3, ids: ['0', '2', '3'] },
      { count: 1, ids: ['1'] },
      { count: 2, ids: ['0', '1'] },
    ]);
  });

  test.each([
    ['posters of one session', { name: 'Posters', hall: 'A' }, { name: 'posters', hall: 'A' }, false],
    ['two sessions in one hall', { name: 'Posters', hall: 'A' }, { name: 'Oral', hall: 'A' }, true],
    ['two that say no place', {}, {}, true],
  ])('%s', (_, first, second, clash) => {
    const time = { start: `${day}10:00Z`, end: `${day}11:00Z` };
    const [told] = clashesOf(placed({ ...first, ...time }, { ...second, ...time }));
    expect(told !== undefined).toBe(clash);
  });

  test('compares instants in different time zones', () => {
    const [told] = clashesOf(
      placed({ hall: '1', start: `${day}10:00:00+02:00` }, { hall: '2', start: `${day}01:00:00-07:00` }),
    );
    expect(told?.ids).toEqual(['1']);
  });

  test('ignores papers with only a day or without a time', () => {
    const talks = placed(
      { hall: '1', start: '2025-04-26' },
      { hall: '2', start: '2025-04-26' },
      { hall: '3' },
    );
    expect(clashesOf(talks)).toEqual([undefined, undefined, undefined]);
  });

  test('continues over midnight', () => {
    const talks = placed(
      { hall: '1', start: `${day}23:30Z`, end: '2025-04-27T00:30Z' },
      { hall: '2', start: '2025-04-27T00:00Z', end: '2025-04-27T01:00Z' },
    );
    expect(clashesOf(talks).map((told) => told?.ids)).toEqual([['1'], ['0']]);
  });

  test('counts all clashes and returns ten', () => {
    const talks = placed(
      ...Array.from({ length: 15 }, (_, i) => ({
        hall: String(i),
        start: `${day}10:00Z`,
        end: `${day}11:00Z`,
      })),
    );
    expect(clashesOf(talks)[14]).toEqual({
      count: 14,
      ids: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    });
  });

  test('agrees with comparing every pair', () => {
    const session = fc
      .record({
        hall: fc.integer({ min: 0, max: 20 }),
        start: fc.integer({ min: 0, max: 59 }),
        minutes: fc.integer({ min: 0, max: 30 }),
      })
      .map(({ hall, start, minutes }) => ({
        hall: String(hall),
        start: new Date(Date.UTC(2025, 3, 26, 10, start)).toISOString(),
        end: minutes > 0 ? new Date(Date.UTC(2025, 3, 26, 10, start + minutes)).toISOString() : undefined,
      }));
    fc.assert(
      fc.property(fc.array(session, { maxLength: 25 }), (sessions) => {
        const talks = placed(...sessions);
        const intervals = talks.map(({ slot }) => intervalOf(slot, 0)!);
        const expected = talks.map((a, i) => {
          const others = talks.filter((b, j) => {
            const [x, y] = [intervals[i]!, intervals[j]!];
            const together = a.slot.hall === b.slot.hall && x.from === y.from && x.to === y.to;
            return i !== j && !together && overlap(x, y);
          });
          return others.length > 0
            ? { count: others.length, ids: others.slice(0, 10).map(({ id }) => id) }
            : undefined;
        });
        expect(clashesOf(talks)).toEqual(expected);
      }),
    );
  });
});
