import type { KeptPaper } from '../../../src/collections/collection.ts';
import { keptPaper } from '../../../src/collections/collection.ts';
import type { Protocol, Suggestion } from '../../../src/review/review.ts';
import type { Progress } from '../../../src/review/service.ts';
import { paperOf } from '../../support/papers.ts';

export const PROTOCOL: Protocol = {
  question: 'Do school gardens change what children eat?',
  include: [{ name: 'garden', description: 'children grow food at school' }],
  exclude: [
    { name: 'adults', description: 'over 18 years' },
    { name: 'no outcome', description: '' },
  ],
  sources: [],
  reviewersPerPaper: 1,
  targetRecall: 0.95,
  randomEvery: 0,
  keywordOnly: true,
  highlights: [{ text: 'mice', for: false }],
};

export function kept(id: string, title: string, abstract: string): KeptPaper {
  return keptPaper(paperOf({ id, title, abstract, authors: ['Ann Lee'], venue: 'Plots', year: 2021 }));
}

export const GARDEN = kept(
  'a',
  'A school garden',
  'We compared a school garden with none. Mice were not asked.',
);

export function suggestionOf(shown: KeptPaper = GARDEN, rank = 1): Suggestion {
  return {
    paper: shown,
    stage: 'abstract',
    rank,
    chosenBy: 'rank',
    model: 'm1',
    reasons: {
      terms: [
        { term: 'school garden', weight: 1.25 },
        { term: 'mice', weight: -0.5 },
      ],
      spans: [{ field: 'abstract', start: 14, end: 27, for: true }],
      nearest: [{ id: 'b', title: 'Gardens at ten schools', included: true, similarity: 0.834 }],
    },
  };
}

export const PROGRESS: Progress = {
  abstract: { papers: 30, unread: 18, partly: 0, conflicts: 1, included: 5, excluded: 6 },
  fullText: { papers: 0, unread: 0, partly: 0, conflicts: 0, included: 0, excluded: 0 },
  own: { read: 12, included: 5, maybe: 1 },
  recall: {
    found: 5,
    screened: 12,
    poolSize: 30,
    target: 0.95,
    recall: 0.834,
    low: 0.52,
    high: 1,
    unseen: { estimate: 1, low: 0, high: 4.6 },
    workLeft: 6.2,
    rules: [
      { name: 'hypergeometric', stop: false, risk: 0.31, says: 'The recall may be below 95 %.' },
      { name: 'safe', stop: true, says: 'The last 10 papers were excluded.' },
    ],
  },
  curve: [
    { screened: 0, found: 0, recall: Number.NaN, low: 0, high: 1 },
    { screened: 4, found: 3, recall: 0.6, low: 0.3, high: 1 },
    { screened: 12, found: 5, recall: 0.834, low: 0.52, high: 1 },
  ],
};
