import { describe, expect, test } from 'vitest';
import { type EarlierLayout, layOut, type MapLayout } from '../../../src/indexes/map/lay-out.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { clusteredVectors } from '../../support/vectors.ts';

const DIMENSION = 24;
const vectors = clusteredVectors(120, DIMENSION, { centres: 5, spread: 0.25 });

/** The first so many papers. */
function memoryOf(count: number): CodeMemory {
  const memory = new CodeMemory(count, DIMENSION);
  for (let doc = 0; doc < count; doc++) {
    memory.encode(doc, vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION));
  }
  return memory;
}

function earlierOf(layout: MapLayout, count: number, gone = 0): EarlierLayout {
  const longer = <T extends Uint8Array | Uint16Array>(values: T, empty: T) => {
    empty.set(values);
    return empty;
  };
  return {
    ...layout,
    xs: longer(layout.xs, new Uint16Array(count)),
    ys: longer(layout.ys, new Uint16Array(count)),
    clusterOf: longer(layout.clusterOf, new Uint8Array(count)),
    known: new Uint8Array(count).fill(1, 0, layout.xs.length),
    gone,
  };
}

const first = layOut(memoryOf(100));

describe('layOut', () => {
  test('fits the map, with a margin, and numbers clusters by size', () => {
    const { xs, ys, clusterOf, peaks, changes } = first;
    const [low, high] = [Math.min(...xs, ...ys), Math.max(...xs, ...ys)];
    expect(low).toBeCloseTo(0.02 * 65_535, -2);
    expect(high).toBeCloseTo(0.98 * 65_535, -2);
    expect(changes).toBe(0);
    expect(peaks).toHaveLength(5);
    const sizes = peaks.map((_, cluster) => clusterOf.filter((each) => each === cluster).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100);
  });

  test('leaves the others where they are when a few papers are added', () => {
    const layout = layOut(memoryOf(105), earlierOf(first, 105));
    expect(layout.xs.subarray(0, 100)).toEqual(first.xs);
    expect(layout.ys.subarray(0, 100)).toEqual(first.ys);
    expect(layout.clusterOf.subarray(0, 100)).toEqual(first.clusterOf);
    expect(layout.peaks).toEqual(first.peaks);
    expect(layout.changes).toBe(5);
  });

  test.each([
    ['many new papers', 115, 0, 1],
    ['few, after others', 105, 0, 6],
    ['many that went', 100, 11, 0],
  ])('arranges all papers again after %s', (_, count, gone, changes) => {
    const layout = layOut(memoryOf(count), earlierOf({ ...first, changes }, count, gone));
    expect(layout.changes).toBe(0);
    expect(layout.xs.subarray(0, 100)).not.toEqual(first.xs);
  });

  test('looks as before when it is arranged again', () => {
    const layout = layOut(memoryOf(110), earlierOf({ ...first, changes: 50 }, 110));
    // Neither turned nor flipped: left of the middle stays left.
    const same = first.xs.filter((x, doc) => x < 32_768 === layout.xs[doc]! < 32_768).length;
    expect(same).toBeGreaterThan(75);
  });
});
