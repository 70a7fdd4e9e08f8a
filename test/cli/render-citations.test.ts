import { expect, test } from 'vitest';
import { renderCitations, renderSnowball } from '../../src/cli/render-citations.ts';
import type { CitationsResponse, SnowballResponse } from '../../src/search/citations/api.ts';
import { paperOf } from '../support/papers.ts';

const paper = paperOf({ title: 'Seed', id: 'seed' });
const answer = (fields: Partial<CitationsResponse>): CitationsResponse => ({
  paper,
  direction: 'references',
  sort: 'date',
  total: 0,
  outside: [],
  limit: 10,
  offset: 0,
  tookMs: 1,
  hits: [],
  ...fields,
});

test.each([
  [answer({}), '“Seed”: no source names the works that it cites.'],
  [answer({ direction: 'citations' }), '“Seed”: no paper of the index cites it.'],
  [answer({ outside: ['doi:10.1/x'] }), '“Seed” cites no paper of the index.'],
  [answer({ outside: ['doi:10.1/x'] }), 'Cited, but not in the index: doi:10.1/x'],
  [answer({ outside: Array.from({ length: 12 }, (_, n) => `doi:10.1/${n}`) }), 'doi:10.1/9, and 2 more'],
  [
    answer({ total: 1, hits: [{ rank: 1, paper: paperOf({ title: 'Other' }), citations: 1 }] }),
    'cited by 1 paper',
  ],
])('citations %#: %s', (response, text) => {
  expect(renderCitations([response])).toContain(text);
});

test('both directions follow each other', () => {
  const text = renderCitations([answer({}), answer({ direction: 'citations' })]);
  expect(text.split('\n\n')).toHaveLength(2);
});

test('snowball: each hit names the papers that led to it', () => {
  const via = ['a', 'b', 'c', 'd'].map((id) => ({ id, relation: 'cites' as const }));
  const response: SnowballResponse = {
    seeds: [paper],
    direction: 'forward',
    depth: 1,
    total: 1,
    outside: [
      { reference: 'doi:10.1/x', links: 2 },
      { reference: 'doi:10.1/y', links: 1 },
    ],
    limit: 10,
    offset: 0,
    tookMs: 1,
    hits: [{ rank: 1, paper: paperOf({ title: 'Hit' }), distance: 1, links: 5, via, citations: 0 }],
  };
  const text = renderSnowball(response);
  expect(text).toContain('forward from one paper: 1–1 of 1');
  expect(text).toContain('distance 1, cites a, cites b, cites c and 2 more; cited by 0 papers');
  expect(text).toContain('doi:10.1/x (2 of them), doi:10.1/y');
});
