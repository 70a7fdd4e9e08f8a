import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstFrom, scoresOf } from '../../../../src/indexes/keyword/bm25/scored-documents.ts';
import { madeTerms } from './made-terms.ts';

test('scores some documents as all are scored', () => {
  const docs = fc.uniqueArray(fc.nat(299)).map((all) => Uint32Array.from(all).sort());
  fc.assert(
    fc.property(madeTerms(300), docs, ({ data, terms, scores }, some) => {
      expect(scoresOf(data, terms, some)).toEqual(Float64Array.from(some, (doc) => scores[doc]!));
    }),
  );
});

test('finds the first posting of a document or of a later one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200)), fc.nat(210), fc.nat(20), (all, doc, from) => {
      const docs = Uint32Array.from(all).sort();
      const start = Math.min(from, docs.length);
      const found = docs.subarray(start).findIndex((each) => each >= doc);
      expect(firstFrom(doc, docs, start, docs.length)).toBe(found === -1 ? docs.length : start + found);
    }),
  );
});
