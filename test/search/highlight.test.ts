import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightsOf } from '../../src/search/highlight.ts';
import { analyze } from '../../src/text/analyzer.ts';
import { paperOf } from '../support/papers.ts';

const terms = (query: string) => new Set(analyze(query).map(({ term }) => term));

test('highlights whole words of the original text, and a compound once', () => {
  const paper = paperOf({
    title: 'On “self-improvement,” and SELF improving',
    abstract: 'Hüyük’s models improve by 15.6%.',
  });
  expect(
    highlightsOf(paper, terms('self-improvement huyuk 15.6%')).map(({ field, text }) => [field, text]),
  ).toEqual([
    ['title', 'self-improvement'],
    ['title', 'SELF'],
    ['title', 'improving'],
    ['abstract', 'Hüyük’s'],
    ['abstract', 'improve'],
    ['abstract', '15.6%'],
  ]);
});

test('returns ordered, separate spans with their exact text for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (abstract, query) => {
      const found = highlightsOf(
        paperOf({ title: 'T', abstract }),
        terms(`${query} ${abstract.slice(0, 20)}`),
      );
      let end = 0;
      for (const highlight of found.filter(({ field }) => field === 'abstract')) {
        expect(highlight.start).toBeGreaterThanOrEqual(end);
        expect(highlight.text).toBe(abstract.slice(highlight.start, highlight.end));
        end = highlight.end;
      }
    }),
  );
});
