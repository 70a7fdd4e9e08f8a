import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesInMemory } from '../../../../src/indexes/binary/stored-bytes.ts';
import { BigramFinder, unitedPostings } from '../../../../src/indexes/keyword/bm25/bigrams.ts';
import { frequencyIn, packFrequencies } from '../../../../src/indexes/keyword/bm25/frequencies.ts';
import { PositionReader } from '../../../../src/indexes/keyword/bm25/positions.ts';
import type { Postings } from '../../../../src/indexes/keyword/bm25/postings.ts';
import type { Segment } from '../../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import { openSegment, serializeSegment } from '../../../../src/indexes/keyword/bm25/segment-file.ts';
import { TermDictionary } from '../../../../src/indexes/keyword/bm25/term-dictionary.ts';
import { TEXT_FIELDS } from '../../../../src/papers/fields.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { paperOf } from '../../../support/papers.ts';
import { randomPapers } from '../../../support/random-papers.ts';

function segmentOf(papers: readonly Paper[]): Segment {
  const builder = new SegmentBuilder();
  for (const paper of papers) builder.add(paper);
  return builder.finish();
}

/** For each document with the term, its positions in each field. */
function occurrences(segment: Segment, term: number): Map<number, number[][]> {
  const reader = new PositionReader(segment);
  const found = new Map<number, number[][]>();
  for (let posting = segment.firstPosting[term]!; posting < segment.firstPosting[term + 1]!; posting++) {
    reader.read(posting);
    const { positions, ends } = reader;
    const fields = Array.from(ends, (end, field) => positions.slice(field === 0 ? 0 : ends[field - 1]!, end));
    found.set(segment.docs[posting]!, fields);
  }
  return found;
}

/** The postings of a bigram by comparing all positions with all others. */
function plainBigram(segment: Segment, first: number, second: number, distance: number) {
  const before = occurrences(segment, first);
  const after = occurrences(segment, second);
  const both = [...before.keys()].filter((doc) => after.has(doc));
  const postings = both.flatMap((doc) => {
    const counts = before
      .get(doc)!
      .map(
        (positions, field) =>
          positions.filter((at) => after.get(doc)![field]!.includes(at + distance)).length,
      );
    return counts.some((count) => count > 0) ? [{ doc, packed: packFrequencies(counts) }] : [];
  });
  return {
    docs: postings.map(({ doc }) => doc),
    frequencies: postings.map(({ packed }) => packed),
    withBoth: both.length,
  };
}

test('the postings of bigrams are those of comparing all positions, for words of any frequency', () => {
  // Enough papers that a rare word is looked up among those of a common one instead of walking over both.
  const common = Array.from({ length: 40 }, (_, i) =>
    paperOf({
      title: '',
      abstract: `graph model ${'filler '.repeat(i)}graph ${i === 7 ? 'zebra' : 'model'}`,
    }),
  );
  fc.assert(
    fc.property(randomPapers(12), fc.boolean(), (random, withCommon) => {
      const segment = segmentOf(withCommon ? [...random, ...common] : random);
      const finder = new BigramFinder(segment);
      const terms = Math.min(segment.termEnds.length, 12);
      for (let first = 0; first < terms; first++) {
        for (let second = 0; second < terms; second++) {
          for (const distance of [1, 2, 9]) {
            const { docs, frequencies, withBoth } = finder.postings(first, second, distance);
            expect({ docs: [...docs], frequencies: [...frequencies], withBoth }).toEqual(
              plainBigram(segment, first, second, distance),
            );
          }
        }
      }
    }),
    { numRuns: 15 },
  );
});

test('the postings of bigrams in a memory of WebAssembly are those without it', () => {
  // Long lists of both kinds, so that pairs come in several pieces, and papers with a word so often that its bits are full.
  const common = Array.from({ length: 9000 }, (_, i) =>
    paperOf({
      title: i % 3 === 0 ? 'graph model' : 'model',
      abstract: `${'graph model '.repeat(i % 1500 === 0 ? 70 : i % 4)}${i % 700 === 0 ? 'zebra' : ''} graph`,
      keywords: i % 5 === 0 ? ['graph model', 'model graph', 'graph'] : [],
      venue: i % 11 === 0 ? 'graph model' : undefined,
    }),
  );
  const segment = segmentOf(common);
  expectSameBigrams(
    segment,
    ['graph', 'model', 'zebra'].map((term) => new TermDictionary(segment).find(term)),
  );
  fc.assert(
    fc.property(randomPapers(20), (papers) => {
      const random = segmentOf([...papers, paperOf({ title: 'graph model' })]);
      expectSameBigrams(random, [...Array(Math.min(random.termEnds.length, 12)).keys()]);
    }),
    { numRuns: 30 },
  );
});

/** Compares a segment with the same one as it is read from a file, in a memory of WebAssembly. */
function expectSameBigrams(segment: Segment, terms: readonly number[]): void {
  const bytes = new Uint8Array(Buffer.concat(serializeSegment(segment)));
  const opened = openSegment(bytesInMemory('index', bytes), 0)!;
  expect(opened.kernel).toBeDefined();
  const [plain, fast] = [new BigramFinder(segment), new BigramFinder(opened)];
  for (const first of terms) {
    for (const second of terms) {
      for (const distance of [1, 2]) {
        const expected = plain.postings(first, second, distance);
        const found = fast.postings(first, second, distance);
        expect(found.withBoth).toBe(expected.withBoth);
        expect(Buffer.compare(bytesOf(found.docs), bytesOf(expected.docs))).toBe(0);
        expect(Buffer.compare(bytesOf(found.frequencies), bytesOf(expected.frequencies))).toBe(0);
        const except = expected.docs.filter((_, n) => n % 3 === 0);
        for (const most of [0, 1, expected.docs.length - except.length - 1])
          expect(fast.hasMoreThan(most, first, second, distance, except)).toBe(
            plain.hasMoreThan(most, first, second, distance, except),
          );
      }
    }
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

test('a bigram is in more papers than a number exactly if so many are found', () => {
  fc.assert(
    fc.property(randomPapers(12), fc.uniqueArray(fc.nat(11)), fc.nat(6), (papers, list, most) => {
      const segment = segmentOf(papers);
      const finder = new BigramFinder(segment);
      const except = Uint32Array.from(list).sort();
      for (let term = 1; term < Math.min(segment.termEnds.length, 12); term++) {
        const { docs } = finder.postings(term - 1, term, 1);
        const others = docs.filter((doc) => !except.includes(doc));
        expect(finder.hasMoreThan(most, term - 1, term, 1, except)).toBe(others.length > most);
      }
    }),
    { numRuns: 30 },
  );
});

test('papers with both words or with the two as one are counted once', () => {
  fc.assert(
    fc.property(randomPapers(12), fc.uniqueArray(fc.nat(11)), (papers, list) => {
      const segment = segmentOf(papers);
      const finder = new BigramFinder(segment);
      const joined = Uint32Array.from(list.filter((doc) => doc < papers.length)).sort();
      const docsOf = (term: number) => new Set(occurrences(segment, term).keys());
      for (let term = 1; term < Math.min(segment.termEnds.length, 12); term++) {
        const [first, second] = [docsOf(term - 1), docsOf(term)];
        const both = [...first].filter((doc) => second.has(doc));
        const { withBoth } = finder.postings(term - 1, term, 1);
        expect(finder.either(term - 1, term, withBoth, joined)).toBe(new Set([...both, ...joined]).size);
      }
      expect(finder.either(-1, 0, 0, joined)).toBe(joined.length);
    }),
    { numRuns: 30 },
  );
});

test('lists of postings are united with the largest frequency in each field', () => {
  const postings = fc
    .uniqueArray(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 65_535 })), { selector: ([doc]) => doc })
    .map((pairs) => pairs.sort(([a], [b]) => a - b))
    .map(
      (pairs): Postings => ({
        docs: Uint32Array.from(pairs, ([doc]) => doc),
        frequencies: Uint16Array.from(pairs, ([, packed]) => packed),
      }),
    );
  fc.assert(
    fc.property(fc.array(postings, { maxLength: 4 }), (lists) => {
      const expected = new Map<number, number>();
      for (const { docs, frequencies } of lists) {
        for (const [i, doc] of docs.entries()) {
          const known = expected.get(doc) ?? 0;
          const largest = TEXT_FIELDS.map((_, field) =>
            Math.max(frequencyIn(known, field), frequencyIn(frequencies[i]!, field)),
          );
          expected.set(doc, packFrequencies(largest));
        }
      }
      const { docs, frequencies } = unitedPostings(lists, 21);
      expect(Array.from(docs, (doc, i) => [doc, frequencies[i]])).toEqual(
        [...expected].sort(([a], [b]) => a - b),
      );
    }),
  );
});
