import fc from 'fast-check';
import type { Paper } from '../../src/papers/paper.ts';
import { paperOf } from './papers.ts';

/** Few different words, so that terms are shared, repeated and tied; some hyphenated, some not ASCII. */
const WORD = fc.constantFrom(
  'model',
  'models',
  'learning',
  'learn',
  'graph',
  'graphs',
  'self-improvement',
  'selfimprovement',
  'self',
  'improvement',
  'state-of-the-art',
  'few-shot',
  'C++',
  '15.6%',
  'Müller',
  '学习',
  'σ',
  'the',
  'zebra',
);
const TEXT = fc.array(WORD, { maxLength: 12 }).map((words) => words.join(' '));

/** A paper with words in any field. @param id */
function randomPaper(id: fc.Arbitrary<string>): fc.Arbitrary<Paper> {
  return fc
    .record({
      id,
      title: TEXT,
      abstract: TEXT,
      authors: fc.array(WORD, { maxLength: 3 }),
      keywords: fc.array(WORD, { maxLength: 3 }),
      venue: fc.option(WORD, { nil: undefined }),
      year: fc.option(fc.integer({ min: 2019, max: 2023 }), { nil: undefined }),
      categories: fc.array(fc.constantFrom('cs.LG', 'CS.lg', 'stat.ML'), { maxLength: 2 }),
      session: fc.option(fc.record({ name: TEXT }), { nil: undefined }),
      urls: fc.constantFrom({}, { pdf: 'https://example.org/paper.pdf' }),
    })
    .map((fields) => paperOf(fields));
}

/** Papers with different ids, in the order of their ids. */
export function randomPapers(maxLength: number): fc.Arbitrary<Paper[]> {
  const id = fc.stringMatching(/^[a-f]{1,3}$/);
  return fc
    .uniqueArray(randomPaper(id), { selector: (paper) => paper.id, maxLength })
    .map((papers) => papers.sort((a, b) => (a.id < b.id ? -1 : 1)));
}

/** Queries of the same words. */
export const RANDOM_QUERY = fc.array(WORD, { maxLength: 6 }).map((words) => words.join(' '));
