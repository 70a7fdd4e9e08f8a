import { describe, expect, test } from 'vitest';
import { firstDayOf } from '../../../src/papers/day.ts';
import { dayRangeOf, publicationDateOf } from '../../../src/papers/semantic-scholar/dates.ts';

describe('dayRangeOf', () => {
  test.each([
    ['2019', { from: 20190101, to: 20191231 }],
    ['2019-03', { from: 20190301, to: 20190331 }],
    ['2019-03-05', { from: 20190305, to: 20190305 }],
    ['2019-03-05:', { from: 20190305, to: undefined }],
    [':2015-01', { from: undefined, to: 20150131 }],
    ['2015:2020', { from: 20150101, to: 20201231 }],
    ['2016-03-05:2020-06-06', { from: 20160305, to: 20200606 }],
    ['', undefined],
    [':', undefined],
    ['2019-13', undefined],
    ['2019-1-1', undefined],
    ['next year', undefined],
    ['2020:2019', undefined],
    ['2019:2020:2021', undefined],
    ['2019-02-30x', undefined],
  ])('reads %j', (text, range) => {
    expect(dayRangeOf(text)).toEqual(range);
  });
});

describe('the day of a paper', () => {
  test.each([
    [{ date: '2021-03-04', year: 2021 }, '2021-03-04', 20210304],
    [{ date: '2021-03' }, null, 20210301],
    [{ year: 2021 }, null, 20210101],
    [{ session: { start: '2024-07-21T10:00:00-04:00' } }, '2024-07-21', 20240721],
    [{}, null, 0],
  ])('of %j', (paper, date, day) => {
    expect(publicationDateOf(paper)).toBe(date);
    expect(firstDayOf(paper)).toBe(day);
  });
});
