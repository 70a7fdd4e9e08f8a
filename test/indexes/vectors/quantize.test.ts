import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantize, quantizeQuery } from '../../../src/indexes/vectors/quantize.ts';

const vectors = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 })
  // Components so small that their squares vanish are not in any embedding.
  .map((values) => Float32Array.from(values, (value) => (Math.abs(value) < 1e-6 ? 0 : value)));

test('gives the largest component the largest code', () => {
  const codes = new Int8Array(4);
  const { scale, error } = quantize(Float32Array.of(0.5, -1, 0, 0.25), codes);
  expect([...codes]).toEqual([64, -127, 0, 32]);
  expect(scale).toBe(Math.fround(1 / 127));
  expect(error).toBeCloseTo(Math.hypot(0.5 - 64 / 127, 0.25 - 32 / 127), 7);
});

test('gives a zero vector codes, scale and error of zero', () => {
  const codes = new Int8Array(3);
  expect(quantize(new Float32Array(3), codes)).toEqual({ scale: 0, error: 0 });
  expect([...codes]).toEqual([0, 0, 0]);
});

test.each([
  ['of documents', quantize, (length: number) => new Int8Array(length), 127],
  ['of queries', quantizeQuery, (length: number) => new Int16Array(length), 32767],
] as const)(
  'codes %s miss no component by more than half a step, and the error says by how much',
  (_, quantized, allocate, largest) => {
    fc.assert(
      fc.property(vectors, (vector) => {
        const codes = allocate(vector.length);
        const { scale, error } = quantized(vector, codes as Int8Array & Int16Array);
        const misses = Array.from(vector, (component, i) => component - codes[i]! * scale);
        for (const miss of misses) expect(Math.abs(miss)).toBeLessThanOrEqual(0.5001 * scale + 1e-9);
        expect(error).toBeCloseTo(Math.hypot(...misses), 9);
        for (const code of codes) expect(Math.abs(code)).toBeLessThanOrEqual(largest);
      }),
    );
  },
);

test('makes a long query coarse enough for sums of 32 bits', () => {
  const codes = new Int16Array(2048);
  quantizeQuery(new Float32Array(2048).fill(1), codes);
  expect(codes[0]! * 127 * 2048).toBeLessThan(2 ** 31);
  expect(codes[0]! * 127 * 2048).toBeGreaterThan(2 ** 30);
});
