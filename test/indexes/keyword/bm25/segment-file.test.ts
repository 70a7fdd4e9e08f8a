import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../../../src/errors.ts';
import { packArrays } from '../../../../src/indexes/binary/arrays.ts';
import type { Segment } from '../../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import { parseSegment, serializeSegment } from '../../../../src/indexes/keyword/bm25/segment-file.ts';
import { SegmentWriter } from '../../../../src/indexes/keyword/bm25/segment-writer.ts';
import { TermDictionary } from '../../../../src/indexes/keyword/bm25/term-dictionary.ts';
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

/** Compares bytes: comparing numbers one by one takes seconds. */
function expectSame(segment: Segment, expected: Segment): void {
  expect(Object.keys(segment)).toEqual(Object.keys(expected));
  const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
    Buffer.from(buffer, byteOffset, byteLength);
  for (const name of Object.keys(expected) as (keyof Segment)[]) {
    expect(bytes(segment[name]).equals(bytes(expected[name])), name).toBe(true);
  }
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

  test('in the earlier layout, with all arrays as they are in memory, is read too', () => {
    fc.assert(
      fc.property(randomPapers(20), (papers) => {
        const segment = segmentOf(papers);
        const earlier = { ...segment, positionBlocks: new Uint32Array(1) };
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
