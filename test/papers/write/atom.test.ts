import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOf } from '../../../src/papers/day.ts';
import { paperPage, publishedInstant } from '../../../src/papers/write/atom.ts';
import { paperOf } from '../../support/papers.ts';

test.each([
  [{ date: '2024-12-03' }, '2024-12-03T00:00:00Z'],
  [{ date: '2024-12' }, '2024-12-01T00:00:00Z'],
  [{ year: 2024 }, '2024-01-01T00:00:00Z'],
  [{ year: 2025, date: '2024-12-03' }, '2024-12-03T00:00:00Z'],
  [{ session: { start: '2025-04-26T01:18:00+02:00' } }, '2025-04-26T00:00:00Z'],
  [{ date: '2023-02-31' }, '2023-02-28T00:00:00Z'],
  [{ date: '2023-45-01' }, '2023-12-01T00:00:00Z'],
  [{}, '0001-01-01T00:00:00Z'],
])('%j was published %s', (fields, instant) => {
  expect(publishedInstant(paperOf({ title: 'T', ...fields }))).toBe(instant);
  expect(Number.isNaN(Date.parse(instant))).toBe(false);
});

test('sorts instants like dates', () => {
  const part = (most: number) =>
    fc.integer({ min: 0, max: most }).map((each) => String(each).padStart(2, '0'));
  const date = fc
    .tuple(fc.integer({ min: 1000, max: 2100 }), part(99), part(99))
    .map((parts) => parts.join('-'));
  fc.assert(
    fc.property(date, date, (one, other) => {
      const [a, b] = [one, other]
        .map((each) => paperOf({ title: 'T', date: each }))
        .sort((x, y) => dateOf(x) - dateOf(y));
      expect(publishedInstant(a!) <= publishedInstant(b!)).toBe(true);
    }),
  );
});

test('returns the URL of a paper for any id', () => {
  const paper = paperOf({ title: 'T', id: 'doi:10.1/a b"<' });
  expect(paperPage(paper, 'http://a.org')).toBe('http://a.org/paper/doi%3A10.1%2Fa%20b%22%3C');
});
