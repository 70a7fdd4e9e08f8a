import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_GAP, PositionReader } from '../../../../src/indexes/keyword/bm25/positions.ts';
import type { Segment } from '../../../../src/indexes/keyword/bm25/segment.ts';
import { SegmentBuilder } from '../../../../src/indexes/keyword/bm25/segment-builder.ts';
import { TermDictionary } from '../../../../src/indexes/keyword/bm25/term-dictionary.ts';
import { TEXT_FIELDS } from '../../../../src/papers/fields.ts';
import { analyze } from '../../../../src/text/analyzer.ts';
import { paperOf } from '../../../support/papers.ts';
import { randomPapers } from '../../../support/random-papers.ts';

/** The positions of a posting, a list for each field. */
function readFields(segment: Segment, posting: number): number[][] {
  const reader = new PositionReader(segment);
  reader.read(posting);
  return Array.from(reader.ends, (end, field) =>
    reader.positions.slice(field === 0 ? 0 : reader.ends[field - 1]!, end),
  );
}

describe('positions', () => {
  test('are those of the words, through the fields, for every posting', () => {
    fc.assert(
      fc.property(randomPapers(30), (papers) => {
        const builder = new SegmentBuilder();
        for (const paper of papers) builder.add(paper);
        const segment = builder.finish();
        const terms = new TermDictionary(segment);
        for (const [doc, paper] of papers.entries()) {
          const expected = new Map<string, number[][]>();
          let base = 0;
          for (const [place, field] of TEXT_FIELDS.entries()) {
            const text = paper[field] ?? '';
            for (const value of typeof text === 'string' ? [text] : text) {
              const tokens = analyze(value);
              for (const { term, position } of tokens) {
                const fields = expected.get(term) ?? TEXT_FIELDS.map(() => []);
                fields[place]!.push(base + position);
                expected.set(term, fields);
              }
              base += Math.max(0, ...tokens.map(({ position }) => position)) + FIELD_GAP;
            }
          }
          for (const [term, fields] of expected) {
            const number = terms.find(term);
            let posting = segment.firstPosting[number]!;
            while (segment.docs[posting] !== doc) posting++;
            expect(readFields(segment, posting)).toEqual(fields.map((list) => list.sort((a, b) => a - b)));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('far into a long text take several bytes; none is left out, however many there are', () => {
    const builder = new SegmentBuilder();
    builder.add(
      paperOf({ title: '', abstract: `${'filler '.repeat(20_000)}needle${' word'.repeat(300)} needle` }),
    );
    const segment = builder.finish();
    const terms = new TermDictionary(segment);
    const of = (term: string) => readFields(segment, segment.firstPosting[terms.find(term)]!)[1];
    expect(of('needl')).toEqual([FIELD_GAP + 20_000, FIELD_GAP + 20_301]);
    expect(of('filler')).toEqual(Array.from({ length: 20_000 }, (_, i) => FIELD_GAP + i));
    expect(of('word')).toEqual(Array.from({ length: 300 }, (_, i) => FIELD_GAP + 20_001 + i));
  });
});
