import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeDenseInput } from '../../scripts/bench/dense-input.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DIMENSION = 4;
const real = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);

function rowsOf(file: string): Float32Array {
  return new Float32Array(Uint8Array.from(readFileSync(file)).buffer);
}

test('has real vectors first, the last ones reserved as queries, then perturbed unit vectors', async () => {
  const file = join(await temporaryFolder(), 'vectors.f32');
  const { syntheticVectors, heldOut } = await writeDenseInput(file, real, DIMENSION, 5, 1);
  const rows = rowsOf(file);
  expect(rows.length).toBe(5 * DIMENSION);
  expect(rows.slice(0, 3 * DIMENSION)).toEqual(real.slice(0, 3 * DIMENSION));
  expect(heldOut).toEqual(real.slice(3 * DIMENSION));
  expect(syntheticVectors).toBe(2);
  for (const row of [3, 4]) {
    const copy = rows.slice(row * DIMENSION, (row + 1) * DIMENSION);
    expect(Math.hypot(...copy)).toBeCloseTo(1, 5);
    expect(Math.max(...copy)).toBeGreaterThan(0.7);
    expect(Math.max(...copy)).toBeLessThan(1);
  }
});

test('is the same every time', async () => {
  const folder = await temporaryFolder();
  const files = ['a', 'b'].map((name) => join(folder, name));
  for (const file of files) await writeDenseInput(file, real, DIMENSION, 9, 0);
  expect(rowsOf(files[0]!)).toEqual(rowsOf(files[1]!));
});

test('says what to do if there are no vectors', async () => {
  const file = join(await temporaryFolder(), 'vectors.f32');
  await expect(writeDenseInput(file, new Float32Array(0), DIMENSION, 5, 1)).rejects.toThrow('vectors.ts');
});
