import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../../../src/errors.ts';
import {
  codePlaces,
  packPositions,
  skipCodes,
  unpackAll,
} from '../../../../src/indexes/keyword/bm25/position-codes.ts';
import { positionStartsOf, skipPositions } from '../../../../src/indexes/keyword/bm25/positions.ts';
import { POSITION_BLOCK, type Segment } from '../../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentWriter } from '../../../../src/indexes/keyword/bm25/segment-writer.ts';

const FIELDS = 5;

/** Differences of all lengths as codes: of one byte, two, and five. */
const STEP = fc.oneof(fc.nat(300), fc.nat(5000), fc.nat(3_000_000));
const COUNT = fc.oneof(fc.nat(2), fc.constantFrom(1, 3, 7, 15, 63, 90));
/** Some postings of a term, with frequencies beyond what their bits hold. */
const SEGMENT = fc
  .array(fc.tuple(fc.tuple(COUNT, COUNT, COUNT, COUNT, COUNT), STEP, fc.boolean()), { maxLength: 60 })
  .map((postings) => {
    const writer = new SegmentWriter();
    writer.beginTerm('term');
    for (const [doc, [counts, step, isSingle]] of postings.entries()) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (isSingle || total === 0) writer.addSingle(doc, doc % FIELDS, 100 + step);
      else
        writer.addPosting(
          doc,
          counts,
          Array.from({ length: total }, (_, n) => 100 + n * step),
        );
    }
    return writer.finish(new Uint16Array(postings.length * FIELDS));
  });

function coded({ frequencies, positions }: Segment) {
  return { frequencies, codes: packPositions({ frequencies, positions }) };
}

describe('positions as codes', () => {
  test('are unpacked to what was packed, with the same places of blocks', () => {
    fc.assert(
      fc.property(SEGMENT, (segment) => {
        const unpacked = unpackAll(coded(segment));
        expect(Buffer.compare(unpacked.positions, segment.positions)).toBe(0);
        expect(unpacked.positionBlocks).toEqual(positionStartsOf(segment, POSITION_BLOCK));
      }),
    );
  });

  test('begin where one posting after another ends, in both forms, however many are skipped at once', () => {
    fc.assert(
      fc.property(SEGMENT, fc.integer({ min: 1, max: 9 }), (segment, every) => {
        const { frequencies, codes } = coded(segment);
        const ends = [0];
        const inMemory = [0];
        for (const [posting, packed] of frequencies.entries()) {
          ends.push(skipCodes({ frequencies, codes }, ends[posting]!, posting, posting + 1));
          inMemory.push(skipPositions(segment, inMemory[posting]!, packed));
        }
        expect(ends.at(-1)).toBe(codes.length);
        for (let from = 0; from < frequencies.length; from += 7)
          expect(skipCodes({ frequencies, codes }, ends[from]!, from, frequencies.length)).toBe(codes.length);
        const { marks, starts, bytes } = codePlaces({ frequencies, codes }, every);
        const nth = (list: number[]) => list.slice(0, -1).filter((_, posting) => posting % every === 0);
        expect([...marks]).toEqual(nth(ends));
        expect([...starts]).toEqual(nth(inMemory));
        expect(bytes).toBe(segment.positions.length);
      }),
    );
  });

  test('that end too early or too late are an error, and never read on and on', () => {
    const many = new Uint16Array(500).fill(1);
    for (const codes of [new Uint8Array(499), new Uint8Array(501), new Uint8Array(300).fill(255)])
      expect(() => codePlaces({ frequencies: many, codes }, 8)).toThrow(PaperSearchError);
    // A full field that says that it has four billion more.
    const frequencies = Uint16Array.of(63);
    expect(() => unpackAll({ frequencies, codes: new Uint8Array(9).fill(255) })).toThrow(PaperSearchError);
  });
});
