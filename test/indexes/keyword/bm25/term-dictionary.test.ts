import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SegmentWriter } from '../../../../src/indexes/keyword/bm25/segment-writer.ts';
import { TermDictionary } from '../../../../src/indexes/keyword/bm25/term-dictionary.ts';

test('finds every term by its text, in order, and no other', () => {
  const term = fc.oneof(
    fc.stringMatching(/^[ab]{1,4}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(term), term, (list, other) => {
      // UTF-8 has no place for half a surrogate pair, and no term has one.
      const terms = list.filter((text) => !/\p{Cs}/u.test(text)).sort();
      const writer = new SegmentWriter();
      for (const text of terms) {
        writer.beginTerm(text);
        writer.addPosting(0, [1, 0, 0, 0, 0], [0]);
      }
      const dictionary = new TermDictionary(writer.finish(new Uint16Array(5)));
      expect(terms.map((text) => dictionary.find(text))).toEqual([...terms.keys()]);
      expect(terms.map((_, number) => dictionary.term(number))).toEqual(terms);
      expect(dictionary.find(other)).toBe(terms.indexOf(other));
      const before = terms.filter((text) => text < other).length;
      expect(dictionary.lowerBound(other)).toBe(before);
      for (let from = 0; from <= before; from++) expect(dictionary.lowerBound(other, from)).toBe(before);
    }),
  );
});
