import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topDocs } from '../../src/dense/top-docs.ts';

test('keeps the best of the listed documents, ties in their order', () => {
  const scores = Float32Array.of(1, 9, 5, 5, 5, 8);
  expect([...topDocs(Uint32Array.of(0, 2, 3, 4, 5), scores, 3)]).toEqual([5, 2, 3]);
  expect([...topDocs(Uint32Array.of(4, 5), scores, 10)]).toEqual([5, 4]);
  expect([...topDocs(Uint32Array.of(), scores, 3)]).toEqual([]);
  expect([...topDocs(Uint32Array.of(1), scores, 0)]).toEqual([]);
});

test('agrees with sorting', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 60 }),
      fc.nat(70),
      fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      (values, k, listed) => {
        const scores = Float32Array.from(values);
        const docs = Uint32Array.from(values.keys()).filter((doc) => listed[doc]!);
        const sorted = [...docs].sort((a, b) => scores[b]! - scores[a]! || a - b);
        expect([...topDocs(docs, scores, k)]).toEqual(sorted.slice(0, k));
      },
    ),
  );
});
