import { describe, expect, test } from 'vitest';
import { counted, formatAuthors, formatSlot, formatYears } from '../../src/web/format.ts';
import { OWN_PATHS, paperPath, webUrl } from '../../src/web/paths.ts';

test.each([
  [0, '0 papers'],
  [1, '1 paper'],
  [20000, '20,000 papers'],
])('writes %d papers in words', (count, text) => expect(counted(count, 'paper')).toBe(text));

test('shows the first of many authors', () => {
  expect(formatAuthors(['A', 'B'], 2)).toBe('A, B');
  expect(formatAuthors(['A', 'B', 'C', 'D'], 2)).toBe('A, B and 2 more');
});

test.each([
  ['2018', '2018'],
  ['2018..', 'from 2018'],
  ['..2020', 'until 2020'],
  ['2018..2020', '2018–2020'],
  ['>=2018', '>=2018'],
])('formats the years %s', (years, text) => expect(formatYears(years)).toBe(text));

test.each([
  ['2025-04-26T00:54:00-07:00', '2025-04-26T01:06:00-07:00', 'Sat, 26 Apr 2025, 00:54–01:06'],
  [
    '2025-04-26T23:30:00+09:00',
    '2025-04-27T00:15:00+09:00',
    'Sat, 26 Apr 2025, 23:30 – Sun, 27 Apr 2025, 00:15',
  ],
  ['2025-04-26T09:00:00Z', undefined, 'Sat, 26 Apr 2025, 09:00'],
  ['soon', undefined, 'soon'],
  ['2025-13-45T09:00:00Z', undefined, '2025-13-45T09:00:00Z'],
  [undefined, undefined, undefined],
])('formats a talk from %s to %s in the local time of the conference', (start, end, text) => {
  expect(formatSlot(start, end)).toBe(text);
});

describe('links', () => {
  test.each([
    ['https://example.org/a b', 'https://example.org/a%20b'],
    ['http://example.org', 'http://example.org/'],
    ['javascript:alert(1)', undefined],
    [' JaVaScRiPt:alert(1)', undefined],
    ['data:text/html,<script>', undefined],
    ['//example.org', undefined],
    ['/paper/x', undefined],
    [undefined, undefined],
  ])('%s becomes %s', (url, expected) => expect(webUrl(url)).toBe(expected));

  test.each(['/', '/?q=a', '/collection', '/map?x', '/schedule', '/paper/10.1%2Fx'])(
    'treats %s as a link of the page',
    (path) => expect(path).toMatch(OWN_PATHS),
  );
  test.each(['/v1/papers/a.bib', '/docs', '/openapi.json', '/mapping', '/search?q=a', '//evil.example'])(
    'treats %s as a link of the server',
    (path) => expect(path).not.toMatch(OWN_PATHS),
  );
  test('encodes an id with slashes as one part of a path', () => {
    expect(paperPath('doi:10.1/x?y#z')).toBe('/paper/doi%3A10.1%2Fx%3Fy%23z');
  });
});
