import { expect, test } from 'vitest';
import { inkOn } from '../../../src/web/review/own-words.ts';

test.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#b7e4c7', '#000000'],
  ['#1f3d8a', '#ffffff'],
])('text on %s is %s', (color, ink) => {
  expect(inkOn(color)).toBe(ink);
});
