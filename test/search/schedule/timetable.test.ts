import { describe, expect, test } from 'vitest';
import type { PaperSession } from '../../../src/papers/paper.ts';
import { timetableOf } from '../../../src/search/schedule/timetable.ts';
import { paperOf } from '../../support/papers.ts';

const entry = (title: string, session: PaperSession, rank?: number) => ({
  paper: paperOf({ title, session }),
  rank,
});
const day = '2025-04-26T';

describe('timetableOf', () => {
  test('arranges by day, room, session and time', () => {
    const { days, withoutTime } = timetableOf([
      entry('a', { name: 'Oral 1', hall: 'Hall 10', start: `${day}09:00-07:00`, end: `${day}09:10-07:00` }),
      entry('b', { name: 'Oral 2', hall: 'Hall 2', start: `${day}09:00-07:00`, end: `${day}09:10-07:00` }),
      entry('c', { name: 'oral 1', hall: 'hall 10', start: `${day}09:10-07:00` }),
      entry('d', { hall: 'Hall 2', start: `${day}23:30-07:00`, end: '2025-04-27T00:30-07:00' }),
      entry('e', { start: '2025-04-27T08:00-07:00' }),
      entry('f', { name: 'Oral 1', hall: 'Hall 10', start: 'TBA' }),
    ]);
    const outline = days.map((each) => ({
      day: each.day,
      halls: each.halls.map(({ hall, sessions }) => [
        hall,
        sessions.map(({ name, start, end, talks }) => [name, start, end, talks.map(({ id }) => id).join()]),
      ]),
    }));
    expect(outline).toEqual([
      {
        day: '2025-04-26',
        halls: [
          [
            'Hall 2',
            [
              ['Oral 2', `${day}09:00:00-07:00`, `${day}09:10:00-07:00`, 'b'],
              [undefined, `${day}23:30:00-07:00`, '2025-04-27T00:30:00-07:00', 'd'],
            ],
          ],
          ['Hall 10', [['Oral 1', `${day}09:00:00-07:00`, `${day}09:10:00-07:00`, 'a,c']]],
        ],
      },
      { day: '2025-04-27', halls: [[undefined, [[undefined, '2025-04-27T08:00:00-07:00', undefined, 'e']]]] },
    ]);
    expect(withoutTime.map(({ id, hall }) => [id, hall])).toEqual([['f', 'Hall 10']]);
  });

  test('orders by time, and papers with the same slot by rank', () => {
    const slot = { name: 'Posters', hall: '1', start: `${day}10:00Z` };
    const entries = [
      entry('late', { ...slot, start: `${day}11:00Z` }, 1),
      entry('b', slot, 3),
      entry('a', slot, 2),
      entry('early', { ...slot, start: `${day}11:30+02:00` }, 4),
    ];
    const ids = (given: typeof entries) =>
      timetableOf(given).days[0]!.halls[0]!.sessions[0]!.talks.map(({ id }) => id);
    expect(ids(entries)).toEqual(['early', 'a', 'b', 'late']);
    expect(ids(entries.map(({ paper }) => ({ paper, rank: undefined })))).toEqual([
      'early',
      'b',
      'a',
      'late',
    ]);
  });

  test('reports clashes by rank on request', () => {
    const entries = [
      entry('a', { hall: '1', start: `${day}09:00Z`, end: `${day}10:00Z` }, 3),
      entry('b', { hall: '2', start: `${day}09:30Z`, end: `${day}10:00Z` }, 2),
      entry('c', { hall: '3', start: `${day}09:30Z`, end: `${day}10:00Z` }, 1),
    ];
    const clashes = (options = {}) =>
      timetableOf(entries, options).days[0]!.halls.map(({ sessions }) => sessions[0]!.talks[0]!.clashes?.ids);
    expect(clashes()).toEqual([undefined, undefined, undefined]);
    expect(clashes({ clashes: true })).toEqual([
      ['c', 'b'],
      ['c', 'a'],
      ['b', 'a'],
    ]);
  });
});
