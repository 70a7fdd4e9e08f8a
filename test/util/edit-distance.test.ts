import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EditRows } from '../../src/util/edit-distance.ts';
import { distance } from '../reference/matching.ts';

test.each([
  ['', '', 2, 0],
  ['', 'ab', 2, 2],
  ['abc', '', 2, undefined],
  ['graph', 'graph', 0, 0],
  ['graph', 'grpah', 1, 1],
  ['graph', 'graphs', 1, 1],
  ['graph', 'raph', 1, 1],
  ['graph', 'grapt', 1, 1],
  ['graph', 'rgahp', 2, 2],
  ['graph', 'rgahp', 1, undefined],
  ['graph', 'rgpah', 2, 2],
  // No letter takes part in two edits: b cannot be inserted between a and c after they were exchanged.
  ['ca', 'abc', 3, 3],
  ['ca', 'abc', 2, undefined],
  ['kitten', 'sitting', 3, 3],
  ['kitten', 'sitting', 2, undefined],
])('returns the distance of %j and %j up to %d: %j', (a, b, max, expected) => {
  expect(new EditRows(a, max).compare(b).distance).toBe(expected);
  expect(new EditRows(b, max).compare(a).distance).toBe(expected);
});

test('returns the same distance for texts in order as for each alone, and prefixes that nothing near has', () => {
  const text = fc.stringMatching(/^[abc]{0,6}$/);
  fc.assert(
    fc.property(text, fc.array(text), fc.constantFrom(1, 2), (own, others, max) => {
      const rows = new EditRows(own, max);
      for (const other of others.sort()) {
        const { distance: found, farFrom } = rows.compare(other);
        expect(found).toBe(upTo(max, distance(own, other)));
        if (farFrom === undefined) continue;
        const far = others.filter((each) => each.startsWith(other.slice(0, farFrom)));
        expect(far.filter((each) => distance(own, each) <= max)).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test('returns the right distance whatever limit each comparison has', () => {
  const text = fc.stringMatching(/^[abc]{0,7}$/);
  fc.assert(
    fc.property(text, fc.array(fc.tuple(text, fc.nat(4))), (own, others) => {
      const rows = new EditRows(own, 4);
      for (const [other, max] of others) {
        expect(rows.compare(other, max).distance).toBe(upTo(max, distance(own, other)));
      }
    }),
  );
});

function upTo(max: number, value: number): number | undefined {
  return value <= max ? value : undefined;
}
