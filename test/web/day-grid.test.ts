import { expect, test } from 'vitest';
import type { PaperSession } from '../../src/papers/paper.ts';
import { timetableOf } from '../../src/search/schedule/timetable.ts';
import { gridOf } from '../../src/web/day-grid.ts';
import { talksOf } from '../../src/web/talks.ts';
import { paperOf } from '../support/papers.ts';

const entry = (title: string, session: PaperSession) => ({ paper: paperOf({ title, session }) });
const day = '2025-04-26T';
const timetable = timetableOf([
  entry('a', { name: 'Oral', hall: 'Hall 1', start: `${day}09:00Z` }),
  entry('b', { name: 'Oral', hall: 'Hall 1', start: `${day}09:50Z` }),
  entry('c', { name: 'Oral', hall: 'Hall 1', start: `${day}10:10Z` }),
  entry('d', { name: 'Posters', hall: 'Hall 2', start: `${day}10:00Z` }),
  entry('e', { name: 'Demos', hall: 'Hall 2', start: `${day}10:00Z` }),
  entry('f', { name: 'Expo', hall: 'Hall 2', start: '2025-04-26' }),
  entry('g', { name: 'Oral' }),
]);

test('has a row for the papers that begin within an hour, and a column for each room', () => {
  const rows = gridOf(timetable.days[0]!).map(({ hour, cells }) => [
    hour,
    ...cells.map((parts) =>
      parts.map(({ session, talks }) => `${session}: ${talks.map(({ id }) => id).join(' ')}`),
    ),
  ]);
  expect(rows).toEqual([
    [undefined, [], ['Expo: f']],
    ['09:00', ['Oral: a b'], []],
    ['10:00', ['Oral: c'], ['Posters: d', 'Demos: e']],
  ]);
});

test('lists all papers of a timetable, those without a time last', () => {
  expect(talksOf(timetable).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'f', 'd', 'e', 'g']);
});
