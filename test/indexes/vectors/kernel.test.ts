import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../../../scripts/build-kernel.ts';
import { COARSE_KERNEL } from '../../../src/indexes/vectors/coarse-kernel.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { KERNEL } from '../../../src/indexes/vectors/kernel.ts';
import { WORK_KERNEL } from '../../../src/indexes/vectors/work-kernel.ts';

test.each([
  ['kernel.wat', KERNEL],
  ['coarse.wat', COARSE_KERNEL],
  ['work.wat', WORK_KERNEL],
])('has the assembled module of %s', async (file, kernel) => {
  const source = fileURLToPath(new URL(`../../../src/indexes/vectors/${file}`, import.meta.url));
  expect(kernel).toBe(Buffer.from(await assemble(source)).toString('base64'));
});

/** Documents, codes from all of a byte's range but -128, and a list of some of the documents. */
const filled = fc
  .record({
    count: fc.integer({ min: 1, max: 12 }),
    dimension: fc.constantFrom(1, 16, 63, 64, 65, 128, 384),
    seed: fc.integer(),
    step: fc.float({ min: Math.fround(1e-6), max: 1, noNaN: true }),
  })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      list: fc.subarray(
        Array.from({ length: shape.count }, (_, doc) => doc),
        { minLength: 1 },
      ),
    }),
  )
  .map(({ shape, list }) => {
    const memory = new CodeMemory(shape.count, shape.dimension);
    let state = shape.seed;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state >>> 8;
    };
    for (let doc = 0; doc < shape.count; doc++) {
      for (let i = 0; i < shape.dimension; i++) memory.codes[doc * memory.stride + i] = (next() % 255) - 127;
      memory.scales[doc] = next() / 2 ** 24;
    }
    for (let i = 0; i < shape.dimension; i++) memory.query[i] = (next() % 65535) - 32767;
    memory.list.set(list);
    return { memory, list, step: shape.step };
  });

test('writes scores as sums of integers times the scales, only for documents in the list', () => {
  fc.assert(
    fc.property(filled, ({ memory, list, step }) => {
      const { codes, stride, query, scales, scores } = memory;
      scores.fill(Number.NEGATIVE_INFINITY);
      memory.score(memory.list.subarray(0, list.length), step);
      const expected = new Float32Array(memory.count).fill(Number.NEGATIVE_INFINITY);
      for (const doc of list) {
        const dot = query.reduce((sum, value, i) => sum + value * codes[doc * stride + i]!, 0);
        expected[doc] = Math.fround(Math.fround(dot) * scales[doc]!) * Math.fround(step);
      }
      expect([...scores]).toEqual([...expected]);
    }),
  );
});

test.each([
  [0, -1],
  [3, 0.25],
  [16, 0.5],
  [30, 0.9],
  [40, 2],
])('finds with nextAbove what a loop finds from %d on (%d)', (from, bound) => {
  const memory = new CodeMemory(40, 1);
  for (let doc = 0; doc < 40; doc++) memory.scores[doc] = ((doc * 17) % 40) / 40;
  const above = memory.scores.findIndex((score, doc) => doc >= from && score > bound);
  expect(memory.nextAbove(from, bound)).toBe(above < 0 ? 40 : above);
});

test('reads rows beyond 2 GiB', () => {
  const memory = new CodeMemory(6_000_000, 384);
  const doc = memory.count - 1;
  memory.codes.set([1, 2, 3], doc * memory.stride);
  memory.query.set([100, 10, 1]);
  memory.scales[doc] = 2;
  memory.score(memory.everyDoc.subarray(doc), 0.5);
  expect(memory.scores[doc]).toBe(123);
});
