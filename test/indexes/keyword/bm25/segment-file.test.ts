import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../../../src/errors.ts';
import { type NamedArrays, packArrays, unpackArrays } from '../../../../src/indexes/binary/arrays.ts';
import { bytesInMemory } from '../../../../src/indexes/binary/stored-bytes.ts';
import { PositionReader, positionsStart } from '../../../../src/indexes/keyword/bm25/positions.ts';
import { PAGE } from '../../../../src/indexes/keyword/bm25/posting-pages.ts';
import { POSITION_BLOCK, type Segment } from '../../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import {
  openSegment,
  parseSegment,
  serializeSegment,
} from '../../../../src/indexes/keyword/bm25/segment-file.ts';
import { SegmentWriter } from '../../../../src/indexes/keyword/bm25/segment-writer.ts';
import { TermDictionary } from '../../../../src/indexes/keyword/bm25/term-dictionary.ts';
import { checksumOf } from '../../../../src/indexes/store/checksum.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { randomPapers } from '../../../support/random-papers.ts';

function segmentOf(papers: readonly Paper[]): Segment {
  const builder = new SegmentBuilder();
  for (const paper of papers) builder.add(paper);
  return builder.finish();
}

/** A copy at the beginning of its memory, as typed arrays over it need. */
function bytesOf(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The arrays of a segment, with all of its postings loaded. */
function arraysOf({ load, locate, positionCodes: _, kernel: __, ...arrays }: Segment) {
  load(0, arrays.docs.length);
  for (let posting = 0; posting < arrays.docs.length; posting += POSITION_BLOCK) locate(posting);
  return arrays;
}

/** A view, not a copy. */
function viewOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Compares bytes: comparing numbers one by one takes seconds. */
function expectSame(segment: Segment, expected: Segment): void {
  expect(Object.keys(segment)).toEqual(Object.keys(expected));
  const arrays = arraysOf(segment);
  for (const [name, array] of Object.entries(arraysOf(expected))) {
    const found = viewOf(arrays[name as keyof typeof arrays]);
    expect(found.equals(viewOf(array)), name).toBe(true);
  }
}

/** A segment that is read by page. */
function opened(bytes: Uint8Array): Segment {
  return openSegment(bytesInMemory('index', bytes))!;
}

function positionsAt(segment: Segment, posting: number): number[] {
  const reader = new PositionReader(segment);
  reader.read(posting);
  return [...reader.positions];
}

/** A segment of terms with so many postings in a row, some with more positions than their bits can count. */
function longSegment(lengths: readonly number[]): Segment {
  const writer = new SegmentWriter();
  let documents = 1;
  for (const [term, length] of lengths.entries()) {
    writer.beginTerm(String.fromCharCode(97 + term));
    let doc = -1;
    for (let i = 0; i < length; i++) {
      doc += 1 + ((i * 7919 + term) % 13);
      const abstract = i % 97 === 0 ? 70 : 1;
      const places = Array.from({ length: abstract + 1 }, (_, n) => n * (1 + (i % 300)));
      if (i % 5 === 0) writer.addPosting(doc, [1, abstract, 0, 0, 0], places);
      else writer.addSingle(doc, i % 2, i % 1000);
    }
    documents = Math.max(documents, doc + 1);
  }
  return writer.finish(new Uint16Array(documents * 5));
}

/** A file as versions before `position-codes.ts` wrote it: positions as they are, and a table of seven columns. */
function earlierFile(segment: Segment): Uint8Array {
  const {
    positionCodes: _,
    sizes,
    checksum,
    pageTable,
    ...arrays
  } = unpackArrays<NamedArrays>('keyword index', bytesOf(serializeSegment(segment)));
  const { positions } = segment;
  const pages = pageTable!.length / 8;
  const table = Uint32Array.from({ length: pages * 7 }, (_, at) => {
    const row = Math.floor(at / 7) * 8;
    if (at % 7 !== 6) return pageTable![row + (at % 7)]!;
    return checksumOf(positions.subarray(pageTable![row + 2], pageTable![row + 10] ?? positions.length));
  });
  const all = {
    sizes: sizes!.slice(0, 4),
    ...arrays,
    positions,
    pageTable: table,
    checksum: checksum!.slice(),
  };
  const parts = packArrays('keyword index', all);
  all.checksum[0] = Object.entries(all).reduce(
    (sum, [name, array]) =>
      ['positions', 'documents.bits', 'frequencies.bits', 'checksum'].includes(name)
        ? sum
        : checksumOf(viewOf(array), sum),
    checksumOf(parts[0]!),
  );
  return bytesOf(parts);
}

const POSTING = fc.record({
  gap: fc.integer({ min: 1, max: 100 }),
  counts: fc.tuple(
    fc.constantFrom(0, 1, 14, 15, 300),
    fc.constantFrom(1, 2, 63, 64, 700),
    fc.constantFrom(0, 7, 8),
    fc.constantFrom(0, 3),
    fc.constantFrom(0, 1, 2),
  ),
  step: fc.integer({ min: 1, max: 100_000 }),
});
const TERM = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
  .map((text) => text.replace(/\p{Cs}/gu, '?'));
/** Segments with what texts seldom have: long lists, large numbers, frequencies beyond what their bits hold. */
const WILD = fc
  .tuple(
    fc.uniqueArray(TERM, { maxLength: 4 }),
    fc.array(fc.array(POSTING, { minLength: 1, maxLength: 12 }), { minLength: 4, maxLength: 4 }),
    fc.nat(9),
  )
  .map(([terms, lists, further]) => {
    const writer = new SegmentWriter();
    let documents = further;
    for (const [i, term] of terms.sort().entries()) {
      writer.beginTerm(term);
      let doc = -1;
      for (const { gap, counts, step } of lists[i]!) {
        doc += gap;
        const total = counts.reduce<number>((sum, count) => sum + count, 0);
        writer.addPosting(
          doc,
          counts,
          Array.from({ length: total }, (_, n) => n * step),
        );
      }
      documents = Math.max(documents, doc + 1);
    }
    return writer.finish(Uint16Array.from({ length: documents * 5 }, (_, n) => (n * 7919) % 65_536));
  });

describe('a segment in a file', () => {
  test('is read as it was written, whatever it contains', () => {
    fc.assert(
      fc.property(fc.oneof(WILD, randomPapers(20).map(segmentOf)), (segment) => {
        expectSame(parseSegment(bytesOf(serializeSegment(segment))), segment);
      }),
      { numRuns: 40 },
    );
  });

  test('has the postings that are loaded, whatever was loaded before, and nothing of other pages', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(9), fc.nat(PAGE), fc.nat(3 * PAGE)), { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(2 * PAGE)), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (lengths, pieces, isStored) => {
          const expected = longSegment(lengths.map((length) => length + 1));
          const written = bytesOf(serializeSegment(expected));
          const segment = isStored ? opened(written) : parseSegment(written);
          const { length } = expected.docs;
          for (const [at, size] of pieces) {
            const start = at % length;
            const end = Math.min(start + size + 1, length);
            segment.load(start, end);
            expect(viewOf(segment.docs.subarray(start, end))).toEqual(
              viewOf(expected.docs.subarray(start, end)),
            );
            expect(viewOf(segment.frequencies.subarray(start, end))).toEqual(
              viewOf(expected.frequencies.subarray(start, end)),
            );
            for (const posting of [start, end - 1]) {
              expect(positionsStart(segment, posting)).toBe(positionsStart(expected, posting));
              expect(positionsAt(segment, posting)).toEqual(positionsAt(expected, posting));
            }
          }
          const first = Math.min(...pieces.map(([at]) => at % length));
          const untouched = segment.docs.subarray(0, Math.floor(first / PAGE) * PAGE);
          expect(untouched.every((doc) => doc === 0)).toBe(true);
          expectSame(segment, expected);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('of which a byte is damaged has what was written, or the damage is reported, when it is opened or read', () => {
    fc.assert(
      fc.property(
        randomPapers(20).map(segmentOf),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (segment, at, bits) => {
          const bytes = bytesOf(serializeSegment(segment));
          bytes[at % bytes.length]! ^= bits;
          try {
            // A file without a table of pages is read whole, and checked as a whole.
            const found = openSegment(bytesInMemory('index', bytes));
            if (found) expectSame(found, segment);
          } catch (error) {
            expect(error).toMatchObject({ code: 'INDEX_CORRUPT' });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with positions as they are in memory, as earlier versions wrote it, is read too', () => {
    fc.assert(
      fc.property(fc.oneof(WILD, randomPapers(20).map(segmentOf)), (segment) => {
        const bytes = earlierFile(segment);
        expectSame(parseSegment(bytes), segment);
        if (segment.docs.length > 0) expectSame(opened(bytes), segment);
      }),
      { numRuns: 30 },
    );
    const long = longSegment([9, 3 * PAGE, PAGE - 1]);
    expectSame(opened(earlierFile(long)), long);
  });

  test('without places of pages, as earlier versions wrote it, is read too', () => {
    fc.assert(
      fc.property(randomPapers(20).map(segmentOf), (segment) => {
        const { pageTable, ...arrays } = unpackArrays<NamedArrays>('keyword index', earlierFile(segment));
        expect(pageTable).toBeDefined();
        expect(openSegment(bytesInMemory('index', bytesOf(packArrays('keyword index', arrays))))).toBe(
          undefined,
        );
        expectSame(parseSegment(bytesOf(packArrays('keyword index', arrays))), segment);
      }),
      { numRuns: 10 },
    );
  });

  test('in the earlier layout, with all arrays as they are in memory, is read too', () => {
    fc.assert(
      fc.property(randomPapers(20), (papers) => {
        const segment = segmentOf(papers);
        const earlier = { ...arraysOf(segment), positionBlocks: new Uint32Array(1) };
        expectSame(parseSegment(bytesOf(packArrays('keyword index', earlier))), segment);
      }),
      { numRuns: 15 },
    );
  });

  test('is reported as corrupt, or can be searched, whatever bytes of it are damaged', () => {
    fc.assert(
      fc.property(
        randomPapers(20),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat(), { nil: undefined }),
        (papers, changes, cut) => {
          const whole = bytesOf(serializeSegment(segmentOf(papers)));
          const bytes = cut === undefined ? whole : whole.slice(0, cut % whole.length);
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
          let segment: Segment;
          try {
            segment = parseSegment(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(PaperSearchError);
            expect((error as PaperSearchError).code).toBe('INDEX_CORRUPT');
            return;
          }
          const { docs, frequencies, firstPosting, fieldLengths } = segment;
          try {
            segment.load(0, docs.length);
          } catch (error) {
            expect((error as PaperSearchError).code).toBe('INDEX_CORRUPT');
          }
          expect(docs.every((doc) => doc < fieldLengths.length / 5)).toBe(true);
          expect(docs.length).toBe(frequencies.length);
          expect(firstPosting.at(-1)).toBe(docs.length);
          const terms = new TermDictionary(segment);
          expect(terms.find('no such term at all')).toBe(-1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
