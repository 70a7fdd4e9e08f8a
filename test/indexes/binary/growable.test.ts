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

test('has room where it is extended, and does not copy what is nearly full', () => {
  const values = new Growable(Uint16Array, 8);
  values.push(1);
  const from = values.extend(6);
  expect([from, values.length]).toEqual([1, 7]);
  values.array.set([2, 3, 4, 5, 6, 7], from);
  const { array } = values;
  const taken = values.take();
  expect([...taken]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(taken.buffer).toBe(array.buffer);
  expect(values.extend(3)).toBe(0);
  expect(values.array.length).toBeGreaterThanOrEqual(3);
});
