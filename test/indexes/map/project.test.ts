import { describe, expect, test } from 'vitest';
import { nearestNeighbours } from '../../../src/indexes/map/neighbours.ts';
import { principalCoordinates } from '../../../src/indexes/map/principal-axes.ts';
import { place, project } from '../../../src/indexes/map/project.ts';
import { CodeMemory } from '../../../src/indexes/vectors/code-memory.ts';
import { clusteredVectors } from '../../support/vectors.ts';

const DIMENSION = 24;

function memoryOf(vectors: Float32Array, dimension = DIMENSION): CodeMemory {
  const memory = new CodeMemory(vectors.length / dimension, dimension);
  for (let doc = 0; doc < memory.count; doc++) {
    memory.encode(doc, vectors.subarray(doc * dimension, (doc + 1) * dimension));
  }
  return memory;
}

const blobs = (count: number) => memoryOf(clusteredVectors(count, DIMENSION, { centres: 4, spread: 0.25 }));

/** The mean share of the k nearest by vector that are among the k nearest on the map. */
function kept(memory: CodeMemory, positions: Float32Array, k = 10): number {
  const { docs } = nearestNeighbours(memory, memory.everyDoc, memory.everyDoc, k);
  let common = 0;
  for (let doc = 0; doc < memory.count; doc++) {
    const distance = (other: number) =>
      Math.hypot(
        positions[2 * other]! - positions[2 * doc]!,
        positions[2 * other + 1]! - positions[2 * doc + 1]!,
      );
    const near = [...memory.everyDoc.keys()]
      .filter((other) => other !== doc)
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, k);
    const wanted = new Set(docs.subarray(doc * k, (doc + 1) * k));
    common += near.filter((other) => wanted.has(other)).length;
  }
  return common / (k * memory.count);
}

describe('nearestNeighbours', () => {
  test('finds the same as comparing all vectors', () => {
    const vectors = clusteredVectors(60, DIMENSION);
    const memory = memoryOf(vectors);
    const among = memory.everyDoc.filter((doc) => doc % 2 === 0);
    const { docs, distances } = nearestNeighbours(memory, memory.everyDoc, among, 5);
    const row = (doc: number) => vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);
    for (let doc = 0; doc < 60; doc++) {
      const exact = [...among]
        .filter((other) => other !== doc)
        .map((other) => 1 - row(doc).reduce((sum, value, d) => sum + value * row(other)[d]!, 0))
        .sort((a, b) => a - b);
      for (let rank = 0; rank < 5; rank++) {
        expect(distances[doc * 5 + rank]).toBeCloseTo(exact[rank]!, 1);
        expect(docs[doc * 5 + rank]! % 2).toBe(0);
        expect(docs[doc * 5 + rank]).not.toBe(doc);
      }
    }
  });
});

describe('principalCoordinates', () => {
  test('finds the axes along which the vectors vary', () => {
    // Along the third component far, along the first a little, else not at all.
    const vectors = new Float32Array(40 * 4);
    for (let row = 0; row < 40; row++) {
      vectors[4 * row] = 0.1 * (row % 2);
      vectors[4 * row + 2] = row / 40;
    }
    const memory = memoryOf(vectors, 4);
    const coordinates = principalCoordinates(memory, memory.everyDoc);
    const spread = (axis: number) => {
      const values = [...coordinates].filter((_, i) => i % 2 === axis);
      return Math.max(...values) - Math.min(...values);
    };
    expect(spread(0)).toBeCloseTo(39 / 40, 1);
    expect(spread(1)).toBeCloseTo(0.1, 1);
    // With the sign that makes the largest part of the axis positive.
    expect(coordinates[2 * 39]).toBeGreaterThan(coordinates[0]!);
  });
});

describe('project', () => {
  test('gives the same positions for the same vectors, and others for others', () => {
    const first = project(blobs(120));
    expect(project(blobs(120))).toEqual(first);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(project(blobs(121)).subarray(0, 240)).not.toEqual(first);
  });

  test('keeps more neighbours than the principal axes do', () => {
    const memory = memoryOf(clusteredVectors(200, DIMENSION, { centres: 12, spread: 0.4 }));
    const linear = kept(memory, principalCoordinates(memory, memory.everyDoc));
    expect(kept(memory, project(memory))).toBeGreaterThan(linear + 0.05);
  });

  test.each([
    ['copies of one vector', new Float32Array(12 * DIMENSION).fill(1 / Math.sqrt(DIMENSION))],
    ['zero vectors', new Float32Array(12 * DIMENSION)],
    ['two', clusteredVectors(2, DIMENSION)],
  ])('has a place for each of %s', (_, vectors) => {
    expect(project(memoryOf(vectors)).every(Number.isFinite)).toBe(true);
  });
});

describe('place', () => {
  test('leaves the others where they are, and places a paper near similar ones', () => {
    const memory = blobs(120);
    const positions = project(memory);
    const known = new Uint8Array(120).fill(1);
    const wanted = [3, 50, 119];
    const before = positions.slice();
    for (const doc of wanted) {
      known[doc] = 0;
      before.fill(1e6, 2 * doc, 2 * doc + 2);
    }
    const placed = place(memory, { positions: before, known });
    for (let doc = 0; doc < 120; doc++) {
      if (known[doc] === 1) {
        expect(placed.subarray(2 * doc, 2 * doc + 2)).toEqual(positions.subarray(2 * doc, 2 * doc + 2));
      }
    }
    const { docs } = nearestNeighbours(memory, memory.everyDoc, memory.everyDoc, 1);
    for (const doc of wanted) {
      const near = docs[doc]!;
      const away = Math.hypot(
        placed[2 * doc]! - positions[2 * near]!,
        placed[2 * doc + 1]! - positions[2 * near + 1]!,
      );
      expect(away).toBeLessThan(3);
    }
  });
});
