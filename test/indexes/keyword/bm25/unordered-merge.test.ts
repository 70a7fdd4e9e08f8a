import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptSegments } from '../../../../src/indexes/keyword/bm25/kept-segments.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { paperOf } from '../../../support/papers.ts';
import { segmentBytes } from '../../../support/segment-bytes.ts';

const WORD = fc.constantFrom(
  'graph',
  'neural',
  'few-shot',
  'self-improvement',
  'C++',
  '深層学習',
  'réseaux',
  'zero',
);
const PAPER = fc
  .record({
    title: fc.array(WORD, { maxLength: 4 }).map((words) => words.join(' ')),
    // So often that a field is full.
    abstract: fc.array(WORD, { maxLength: 90 }).map((words) => words.join(' ')),
    language: fc.constantFrom('en', 'fr'),
  })
  .map((fields) => paperOf(fields));

function segmentOf(papers: readonly Paper[]) {
  const builder = new SegmentBuilder();
  for (const paper of papers) builder.add(paper);
  return builder.finish();
}

test('gives the segment of the papers in their new order, byte for byte', () => {
  /** Papers of segments, each with a number that it is sorted by, or left out. */
  const SEGMENTS = fc.array(
    fc.array(fc.record({ paper: PAPER, key: fc.double({ noNaN: true }), stays: fc.boolean() }), {
      maxLength: 12,
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(SEGMENTS, (segments) => {
      const staying = segments.flat().filter(({ stays }) => stays);
      const sorted = staying.toSorted((a, b) => a.key - b.key);
      const kept = new KeptSegments();
      for (const entries of segments) kept.add(segmentOf(entries.map(({ paper }) => paper)));
      const positions = Int32Array.from(segments.flat(), (entry) => sorted.indexOf(entry));
      const parts = kept.arrange(positions, sorted.length);
      const expected = segmentOf(sorted.map(({ paper }) => paper));
      expect(Buffer.concat(parts).toString('base64')).toBe(segmentBytes(expected));
    }),
    { numRuns: 150 },
  );
});

test('sorts the postings of frequent words in many documents', () => {
  const DOCUMENTS = 5000;
  const papers = Array.from({ length: DOCUMENTS }, (_, n) =>
    paperOf({ title: 'Graph', abstract: n % 3 === 0 ? `neural ${n}` : `few-shot graph ${n % 50}` }),
  );
  // Each number once, as 7 and 5,000 have no common divisor; one that is left out is not among them.
  const positions = Int32Array.from(papers, (_, n) => (n * 7) % DOCUMENTS);
  const ordered: Paper[] = [];
  positions.forEach((position, n) => {
    ordered[position] = papers[n]!;
  });
  const kept = new KeptSegments();
  for (let n = 0; n < DOCUMENTS; n += 2000) kept.add(segmentOf(papers.slice(n, n + 2000)));
  const parts = kept.arrange(positions, DOCUMENTS);
  expect(Buffer.concat(parts).toString('base64')).toBe(segmentBytes(segmentOf(ordered)));
});
