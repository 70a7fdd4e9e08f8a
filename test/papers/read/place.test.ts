import { expect, test } from 'vitest';
import { placeText } from '../../../src/papers/read/place.ts';

test.each([
  [{ file: 'a.json' }, 'a.json'],
  [{ file: 'a.json', line: 3 }, 'a.json:3'],
  [{ file: 'a.json', line: 3, record: 2, field: 'year' }, 'a.json:3:year'],
  [{ file: 'a.json', record: 2, field: 'year' }, 'a.json:record 2:year'],
  [{ file: 'a.json', field: 'year' }, 'a.json:year'],
])('%o is %s', (place, text) => {
  expect(placeText(place)).toBe(text);
});
