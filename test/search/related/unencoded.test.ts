import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topDocuments } from '../../../src/indexes/top-documents.ts';
import { mergeByRank } from '../../../src/search/fuse/without-vectors.ts';
import { placeUnencoded } from '../../../src/search/related/unencoded.ts';

const distinct = (length: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: length, maxLength: length });

test('gives papers without a vector their ranks by keyword', () => {
  const cases = fc
    .integer({ min: 2, max: 30 })
    .chain((size) =>
      fc.record({
        words: distinct(size),
        similar: distinct(size),
        missing: fc.array(fc.nat(1), { minLength: size, maxLength: size }),
      }),
    )
    .filter(({ missing }) => missing.includes(0));
  fc.assert(
    fc.property(cases, ({ words, similar, missing }) => {
      const size = words.length;
      const similarities = Float64Array.from(similar, (value) => value / 10_000);
      const keyword = Float64Array.from(words, (value) => value / 10_000);
      const mask = Uint8Array.from(missing);
      const encoded = similarities.map((score, doc) => (mask[doc] === 1 ? Number.NEGATIVE_INFINITY : score));
      const fused = topDocuments(encoded, size).filter(({ score }) => score > Number.NEGATIVE_INFINITY);
      const wanted = mergeByRank(fused, topDocuments(keyword, size), mask).map(({ doc }) => doc);
      const before = similarities.slice();
      placeUnencoded(similarities, keyword, mask);
      expect(topDocuments(similarities, size).map(({ doc }) => doc)).toEqual(wanted);
      expect(similarities.filter((_, doc) => mask[doc] === 0)).toEqual(
        before.filter((_, doc) => mask[doc] === 0),
      );
    }),
  );
});
