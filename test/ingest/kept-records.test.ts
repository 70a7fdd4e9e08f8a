import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type RecordFacts,
  RecordFactsWriter,
  StoredRecordFacts,
} from '../../src/indexes/store/record-facts.ts';
import { KeptRecords } from '../../src/ingest/kept-records.ts';

const RECORD = fc.record({
  id: fc.constantFrom('a', 'b'),
  file: fc.constantFrom('x', 'y', 'z'),
  number: fc.nat(3),
});

function factsOf(papers: readonly (readonly Pick<RecordFacts, 'id' | 'file' | 'number'>[])[]) {
  const writer = new RecordFactsWriter();
  const rest = { isGiven: true, externalIds: [], isPreprint: false, titleHash: 1, isAuthored: true };
  const said = { ...rest, year: undefined, format: 'json', hasAbstract: true };
  for (const records of papers) writer.add(records.map((record) => ({ ...said, ...record })));
  return new StoredRecordFacts(new Uint8Array(Buffer.concat(writer.finish())), papers.length);
}

test('records are found, changed and removed as in a list of objects', () => {
  const papers = fc.array(fc.array(RECORD, { minLength: 1, maxLength: 3 }), { maxLength: 6 });
  fc.assert(
    fc.property(papers, fc.nat(3), fc.nat(3), (made, changed, removed) => {
      const make = ({ id, file, number }: RecordFacts, doc: number, nth: number) => {
        return { id, file, number, doc, nth, note: '' };
      };
      const kept = new KeptRecords(factsOf(made), make);
      let model = made.flatMap((records, doc) =>
        records.map((record, nth) => ({ ...record, doc, nth, note: '' })),
      );
      for (const list of [
        kept.filter(({ number }) => number === changed),
        model.filter(({ number }) => number === changed),
      ])
        for (const record of list) record.note = 'changed';
      const gone = model.filter(({ number }) => number === removed);
      expect(kept.remove(({ number }) => number === removed)).toBe(gone.length);
      model = model.filter(({ number }) => number !== removed);

      expect([...kept.lessened()]).toEqual(gone.map(({ doc }) => doc));
      expect(kept.size).toBe(model.length);
      expect(kept.files()).toEqual([...new Set(model.map(({ file }) => file))]);
      for (const id of ['a', 'b', 'c'])
        for (const file of ['x', 'y', 'w'])
          expect(kept.find(file, id)).toEqual(
            model.filter((record) => record.id === id && record.file === file),
          );
      for (const doc of made.keys()) {
        const expected = model.filter((record) => record.doc === doc);
        expect(kept.peekOf(doc)).toEqual(expected);
        expect(kept.of(doc)).toEqual(expected);
      }
      expect([...kept]).toEqual(model);
      expect([...kept.made].length).toBe(model.length);
    }),
  );
});
