import { expect, test } from 'vitest';
import { packMap, unpackMap } from '../../../src/indexes/map/corpus-map.ts';

const layout = {
  xs: Uint16Array.of(0, 5, 65_535),
  ys: Uint16Array.of(1, 2, 3),
  clusterOf: Uint8Array.of(1, 0, 1),
  peaks: [
    { x: 5, y: 2 },
    { x: 9, y: 9 },
  ],
  extent: 16.5,
  changes: 7,
};
const bytesOf = (terms: string[][]) => Uint8Array.from(Buffer.concat(packMap(layout, terms)));

test('reads a map as it was written', () => {
  const map = unpackMap(bytesOf([['machine translation', 'été'], []]), 3);
  expect(map).toMatchObject({ xs: layout.xs, ys: layout.ys, clusterOf: layout.clusterOf });
  expect(map).toMatchObject({ extent: 16.5, changes: 7 });
  expect(map.clusters).toEqual([
    { terms: ['machine translation', 'été'], x: 5, y: 2, papers: 1 },
    { terms: [], x: 9, y: 9, papers: 2 },
  ]);
});

test.each([
  ['of another number of papers', bytesOf([['a'], ['b']]), 4],
  ['with papers in clusters that are not there', bytesOf([['a']]), 3],
  ['cut short', bytesOf([['a'], ['b']]).slice(0, 100), 3],
])('reports a map %s as damaged', (_, bytes, papers) => {
  expect(() => unpackMap(bytes, papers)).toThrow(expect.objectContaining({ code: 'INDEX_CORRUPT' }));
});
