import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EditRows } from '../../src/util/edit-distance.ts';
import { distance } from '../reference/matching.ts';

test('texts that come in order are compared as one by one, and beginnings that are far are told', () => {
  const text = fc.stringMatching(/^[abc]{0,6}$/);
  fc.assert(
    fc.property(text, fc.array(text), fc.constantFrom(1, 2), (own, others, most) => {
      const rows = new EditRows(own, most);
      for (const other of others.sort()) {
        const { isNear, farFrom } = rows.compare(other);
        expect(isNear).toBe(distance(own, other) <= most);
        if (farFrom === undefined) continue;
        const far = others.filter((each) => each.startsWith(other.slice(0, farFrom)));
        expect(far.filter((each) => distance(own, each) <= most)).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['kitten', 'sitten', 1, true],
  ['abc', 'acb', 1, true],
  ['ca', 'abc', 2, false],
  ['', 'ab', 2, true],
  ['abc', '', 2, false],
])('"%s" and "%s", %i edits: %s', (a, b, most, isNear) => {
  expect(new EditRows(a, most).compare(b).isNear).toBe(isNear);
  expect(new EditRows(b, most).compare(a).isNear).toBe(isNear);
});
