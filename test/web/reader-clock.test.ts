import { expect, test } from 'vitest';
import type { PaperSession } from '../../src/papers/paper.ts';
import { timetableOf } from '../../src/search/schedule/timetable.ts';
import { hasOffset, onReaderClock } from '../../src/web/reader-clock.ts';
import { talksOf } from '../../src/web/talks.ts';
import { paperOf } from '../support/papers.ts';

const entry = (title: string, session: PaperSession, rank: number) => ({
  paper: paperOf({ title, session }),
  rank,
});
const timetable = timetableOf(
  [
    entry(
      'a',
      { name: 'Oral', hall: 'Hall 1', start: '2025-04-26T09:00+08:00', end: '2025-04-26T09:20+08:00' },
      2,
    ),
    entry('b', { name: 'Oral', hall: 'Hall 1', start: '2025-04-26T16:00+08:00' }, 1),
    entry('c', { name: 'Other', hall: 'Hall 2', start: '2025-04-26T16:00+08:00' }, 3),
    entry('d', { name: 'Expo', start: '2025-04-26' }, 4),
    entry('e', { name: 'Demo', start: '2025-04-26T10:00' }, 5),
    entry('f', { name: 'Lost' }, 6),
  ],
  { clashes: true },
);

test('moves talks to the time and the day of the reader', () => {
  const { days, withoutTime } = onReaderClock(timetable, 'America/Los_Angeles');
  const rows = days.map(({ day, halls }) => [
    day,
    halls.flatMap(({ sessions }) =>
      sessions.flatMap(({ talks }) => talks.map(({ id, start }) => `${id} ${start}`)),
    ),
  ]);
  expect(rows).toEqual([
    ['2025-04-25', ['a 2025-04-25T18:00:00-07:00']],
    [
      '2025-04-26',
      [
        'b 2025-04-26T01:00:00-07:00',
        'c 2025-04-26T01:00:00-07:00',
        // Where it is on the clock of the conference, or all day, it is not known when it is for the reader.
        'd 2025-04-26',
        'e 2025-04-26T10:00:00',
      ],
    ],
  ]);
  expect(withoutTime.map(({ id }) => id)).toEqual(['f']);
});

test('keeps everything else of a talk', () => {
  const before = talksOf(timetable);
  const after = talksOf(onReaderClock(timetable, 'Europe/Vienna'));
  const without = (talks: typeof before) =>
    talks.map((talk) => ({ ...talk, start: '', end: '' })).sort((a, b) => a.rank! - b.rank!);
  expect(without(after)).toEqual(without(before));
  expect(after.some(({ clashes }) => clashes !== undefined)).toBe(true);
});

test.each([
  ['2025-04-26T09:00:00+08:00', true],
  ['2025-04-26T09:00:00', false],
  ['2025-04-26', false],
  [undefined, false],
])('whether %s can be shown on other clocks is %s', (time, expected) => {
  expect(hasOffset(time)).toBe(expected);
});
