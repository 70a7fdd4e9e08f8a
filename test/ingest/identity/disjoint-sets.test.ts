import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DisjointSets } from '../../../src/ingest/identity/disjoint-sets.ts';

test('sets are listed in the order of their first members, and hold every place once', () => {
  const place = fc.nat({ max: 19 });
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { maxLength: 30 }), (pairs) => {
      const sets = new DisjointSets(20);
      for (const [a, b] of pairs) sets.join(a, b);
      const expected: number[][] = [];
      for (let at = 0; at < 20; at++) {
        const known = expected.find(([first]) => sets.find(first!) === sets.find(at));
        if (known) known.push(at);
        else expected.push([at]);
      }
      const lists = sets.all();
      expect([...lists]).toEqual(expected);
      expect(expected.map((_, n) => [lists.sizeOf(n), lists.firstOf(n)])).toEqual(
        expected.map((list) => [list.length, list[0]]),
      );
    }),
  );
});

test('no places make no sets', () => {
  expect([...new DisjointSets(0).all()]).toEqual([]);
});
