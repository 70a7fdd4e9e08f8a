import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/analysis/analyzer.ts';
import { FIELD_GAP, positionsOf } from '../../../src/lexical/bm25/positions.ts';
import { SegmentBuilder } from '../../../src/lexical/bm25/segment-builder.ts';
import { TermDictionary } from '../../../src/lexical/bm25/term-dictionary.ts';
import { TEXT_FIELDS } from '../../../src/types.ts';
import { paperOf } from '../../support/papers.ts';
import { randomPapers } from '../../support/random-papers.ts';

describe('positions', () => {
  test('are those of the words, through the fields, for every posting', () => {
    fc.assert(
      fc.property(randomPapers(30), (papers) => {
        const builder = new SegmentBuilder();
        for (const paper of papers) builder.add(paper);
        const segment = builder.finish();
        const terms = new TermDictionary(segment);
        for (const [doc, paper] of papers.entries()) {
          const expected = new Map<string, number[]>();
          let base = 0;
          for (const field of TEXT_FIELDS) {
            const text = paper[field] ?? '';
            const tokens = analyze(typeof text === 'string' ? text : text.join('\n'));
            for (const { term, position } of tokens)
              expected.set(term, [...(expected.get(term) ?? []), base + position]);
            base += (tokens.at(-1)?.position ?? 0) + FIELD_GAP;
          }
          for (const [term, positions] of expected) {
            const number = terms.find(term);
            let posting = segment.firstPosting[number]!;
            while (segment.docs[posting] !== doc) posting++;
            expect(positionsOf(segment, posting)).toEqual(positions.sort((a, b) => a - b));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('far into a long text take several bytes; occurrences beyond what a posting counts are left out', () => {
    const builder = new SegmentBuilder();
    builder.add(
      paperOf({ title: '', abstract: `${'filler '.repeat(20_000)}needle${' word'.repeat(300)} needle` }),
    );
    const segment = builder.finish();
    const terms = new TermDictionary(segment);
    const of = (term: string) => positionsOf(segment, segment.firstPosting[terms.find(term)]!);
    expect(of('needl')).toEqual([FIELD_GAP + 20_000, FIELD_GAP + 20_301]);
    expect(of('filler')).toEqual(Array.from({ length: 63 }, (_, i) => FIELD_GAP + i));
  });
});
