import { expect, test } from 'vitest';
import { inLibrary, withoutLibrary } from '../../src/web/library.ts';

const LIBRARY = '/libraries/vision';

test.each([
  ['/', '/libraries/vision/'],
  ['/?q=a', '/libraries/vision/?q=a'],
  ['/paper/a%2Fb', '/libraries/vision/paper/a%2Fb'],
  ['/v1/search.atom', '/libraries/vision/v1/search.atom'],
  // In a library already, or elsewhere.
  ['/libraries/vision/map', '/libraries/vision/map'],
  ['/libraries/other/', '/libraries/other/'],
  ['//example.org/x', '//example.org/x'],
  ['https://example.org/x', 'https://example.org/x'],
  ['#main', '#main'],
])('inLibrary(%s) is %s', (path, expected) => {
  expect(inLibrary(path, LIBRARY)).toBe(expected);
});

test.each([
  ['/libraries/vision', '/'],
  ['/libraries/vision/', '/'],
  ['/libraries/vision?q=a', '/?q=a'],
  ['/libraries/vision/?q=a', '/?q=a'],
  ['/libraries/vision/paper/a%2Fb', '/paper/a%2Fb'],
])('withoutLibrary(%s) is %s', (path, expected) => {
  expect(withoutLibrary(path, LIBRARY)).toBe(expected);
});
