import { expect, test } from 'vitest';
import { Growable } from '../../../src/indexes/binary/growable.ts';

test('hands over its values, without a copy where its memory is full, and is empty then', () => {
  const full = new Growable(Uint32Array, 3);
  for (const value of [7, 8, 9]) full.push(value);
  const { array } = full;
  expect(full.take()).toBe(array);
  expect(full.length).toBe(0);
  full.push(1);
  expect([...full.view()]).toEqual([1]);
  const half = new Growable(Uint8Array, 4);
  half.append(Uint8Array.of(1, 2, 3), 1);
  expect([...half.take()]).toEqual([2, 3]);
  expect([...half.take()]).toEqual([]);
});
