import { expect, test } from 'vitest';
import { columnMap } from '../../src/cli/options.ts';

test.each([
  ['title=Titel', { title: 'Titel' }],
  ['title=Titel,abstract=Kurze Fassung', { title: 'Titel', abstract: 'Kurze Fassung' }],
  ['title=Titel, deutsch,year=a=b', { title: 'Titel, deutsch', year: 'a=b' }],
])('--map %s', (text, columns) => {
  expect(columnMap(text)).toEqual(columns);
});

test('--map given twice is merged, and the later value wins', () => {
  expect(columnMap('title=B,doi=D', { title: 'A', year: 'Y' })).toEqual({ title: 'B', year: 'Y', doi: 'D' });
});

test.each(['', 'title', 'title=', '=Titel', 'headline=Titel', 'title=A,headline=B', 'Title=A'])(
  '--map "%s" is refused, with the fields there are',
  (text) => {
    expect(() => columnMap(text)).toThrow(/is not FIELD=HEADING\. The fields are id, title, abstract/);
  },
);
