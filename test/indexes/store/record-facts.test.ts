import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type RecordFacts,
  RecordFactsWriter,
  StoredRecordFacts,
} from '../../../src/indexes/store/record-facts.ts';

const FACTS: fc.Arbitrary<RecordFacts> = fc.record({
  id: fc.string({ unit: 'grapheme' }),
  isGiven: fc.boolean(),
  file: fc.constantFrom('a.jsonl', 'b.jsonl', '<stdin>'),
  externalIds: fc.array(fc.constantFrom('doi:10.1000/1', 'arxiv:2101.11408', 'doi:10.1000/ü'), {
    maxLength: 3,
  }),
  isPreprint: fc.boolean(),
  titleHash: fc.integer(),
  isAuthored: fc.boolean(),
  year: fc.option(fc.integer({ min: -3000, max: 3000 }), { nil: undefined }),
  format: fc.constantFrom('json', 'bibtex'),
  number: fc.nat(),
  hasAbstract: fc.boolean(),
});

const bytesOf = (papers: readonly (readonly RecordFacts[])[]) => {
  const writer = new RecordFactsWriter();
  for (const records of papers) writer.add(records);
  return new Uint8Array(Buffer.concat(writer.finish()));
};

test('facts of records are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.array(FACTS, { maxLength: 3 }), { maxLength: 8 }), (papers) => {
      const stored = new StoredRecordFacts(bytesOf(papers), papers.length);
      expect(papers.map((_, doc) => stored.of(doc))).toEqual(papers);
    }),
  );
});

test('facts that are copied are those that are written', () => {
  const papers = fc.array(fc.array(FACTS, { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(papers, fc.array(fc.nat(7)), (before, positions) => {
      const stored = new StoredRecordFacts(bytesOf(before), before.length);
      const writer = new RecordFactsWriter();
      const after: (readonly RecordFacts[])[] = [];
      for (const position of positions) {
        const count = Math.min(2, before.length - position);
        if (count > 0) writer.addKept(stored, position, count);
        else writer.add(before[0]!);
        after.push(...(count > 0 ? before.slice(position, position + count) : [before[0]!]));
      }
      expect(new Uint8Array(Buffer.concat(writer.finish()))).toEqual(bytesOf(after));
    }),
  );
});

test('facts that do not fit the papers are refused', () => {
  const [facts] = fc.sample(FACTS, { numRuns: 1, seed: 1 }) as [RecordFacts];
  const expected = expect.objectContaining({ code: 'INDEX_CORRUPT' });
  expect(() => new StoredRecordFacts(bytesOf([[facts]]), 2)).toThrow(expected);
  expect(() => new StoredRecordFacts(bytesOf([[facts]]).subarray(0, 40), 1)).toThrow(expected);
});
