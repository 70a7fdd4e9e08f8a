import { expect, test } from 'vitest';
import { placeIn } from '../../src/web/opened-list.ts';

const list = { url: '/?q=bees', ids: ['a', 'b', 'c'] };

test.each([
  ['a', 1, undefined, 'b'],
  ['b', 2, 'a', 'c'],
  ['c', 3, 'b', undefined],
])('finds %s and its neighbours in a list', (id, place, previous, next) => {
  expect(placeIn(list, id)).toEqual({ url: '/?q=bees', place, count: 3, previous, next });
});

test('knows no place of a paper that is not in the list, or without a list', () => {
  expect(placeIn(list, 'd')).toBeUndefined();
  expect(placeIn(undefined, 'a')).toBeUndefined();
});
