import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packTexts } from '../../../src/indexes/binary/packed-texts.ts';
import { hashesOf, hashOfText, RecordsById } from '../../../src/indexes/store/records-by-id.ts';

const ID = fc.constantFrom('', 'a', 'b', 'ab', 'ü', 'doi:10.1000/1');

test('records are found by file and id, however many have them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), ID), { maxLength: 30 }), fc.nat(3), ID, (records, file, id) => {
      const table = new RecordsById(
        packTexts(records.map(([, each]) => each)),
        Uint32Array.from(records, ([each]) => each),
      );
      const expected = records.flatMap(([f, i], number) => (f === file && i === id ? [number] : []));
      expect(table.find(file, id)).toEqual(expected);
    }),
  );
});

test('packed texts have the hashes that the texts have', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
      expect([...hashesOf(packTexts(texts))]).toEqual(texts.map(hashOfText));
    }),
  );
});
