import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzedFields } from '../../../../src/indexes/keyword/analyzed-fields.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import { paperOf } from '../../../support/papers.ts';
import { segmentBytes } from '../../../support/segment-bytes.ts';

/** Texts with all that the tokenizer treats in a way of its own. */
const PIECE = fc.constantFrom(
  'Graph graphs GRAPH the of',
  'self-improvement state-of-the-art a-a-a few-shot',
  "Müller's naïve ﬁne Straße don't",
  '15.6% 1,000 GPT-4 C++ C# 3D',
  '$\\alpha$-stable \\emph{models} x_2 --- ``quoted"',
  '深層学習 모델 модель',
  "l'analyse des réseaux",
);
const TEXT = fc
  .array(fc.oneof(PIECE, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 8 })
  .map((pieces) => pieces.join(' '))
  // UTF-8 has no place for half a surrogate pair, and papers have none.
  .map((text) => text.replace(/\p{Cs}/gu, ''));
const PAPER = fc
  .record({
    title: TEXT,
    abstract: TEXT,
    authors: fc.array(TEXT, { maxLength: 3 }),
    keywords: fc.array(TEXT, { maxLength: 3 }),
    venue: TEXT,
    language: fc.constantFrom('en', 'de', 'fr', 'xx'),
  })
  .map((fields) => paperOf(fields));

test('inverts texts that it reads itself as it does the tokens of the analyser', () => {
  fc.assert(
    fc.property(fc.array(PAPER, { maxLength: 6 }), (papers) => {
      const reading = new SegmentBuilder();
      const given = new SegmentBuilder();
      for (const paper of papers) {
        reading.add(paper);
        given.add(paper, analyzedFields(paper));
      }
      expect(segmentBytes(reading.finish())).toBe(segmentBytes(given.finish()));
    }),
    { numRuns: 200 },
  );
});

test('knows words apart by all of their letters, however many there are', () => {
  const letters = 'abcdefghij';
  const word = (i: number) => `w${[...String(i)].map((digit) => letters[Number(digit)]).join('')}z`;
  const papers = Array.from({ length: 40 }, (_, doc) =>
    paperOf({
      title: `Paper ${doc}`,
      abstract: Array.from({ length: 500 }, (__, i) => word(doc * 400 + i)).join(' '),
    }),
  );
  const reading = new SegmentBuilder();
  const given = new SegmentBuilder();
  for (const paper of papers) {
    reading.add(paper);
    given.add(paper, analyzedFields(paper));
  }
  expect(segmentBytes(reading.finish())).toBe(segmentBytes(given.finish()));
});
