import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { renderRelated } from '../../src/cli/render-related.ts';
import type { RelatedResponse } from '../../src/search/api.ts';
import { paperOf } from '../support/papers.ts';

const hit = (rank: number, level: 'strong' | 'weak' | 'none') => ({
  rank,
  score: 0.5,
  confidence: { level, score: 0.5 },
  paper: paperOf({ id: `p${rank}`, title: `Paper ${rank}` }),
  highlights: [],
  nearest: { id: 'seed', score: 0.5, sharedTerms: ['soil'] },
});

function rendered(change: Partial<RelatedResponse>): string {
  const response: RelatedResponse = {
    seeds: { positive: [paperOf({ id: 'seed', title: 'Worms' })], negative: [], text: undefined },
    mode: 'hybrid',
    confidence: { level: 'strong', score: 0.5 },
    total: 3,
    relevant: 3,
    limit: 10,
    offset: 0,
    tookMs: 1,
    hits: [hit(1, 'strong'), hit(2, 'weak'), hit(3, 'weak')],
    ...change,
  };
  return stripVTControlCharacters(renderRelated(response));
}

test('shows the relevant papers without a remark', () => {
  expect(rendered({})).toMatch(/^related to “Worms”: 1–3 of 3, 1 ms\n/);
});

test.each([
  [
    { relevant: 2, hits: [hit(1, 'strong'), hit(2, 'weak'), hit(3, 'none')] },
    'The first 2 papers are relevant.',
  ],
  [{ relevant: 1, hits: [hit(1, 'weak'), hit(2, 'none')] }, 'The first paper is relevant.'],
  [{ relevant: 0, hits: [hit(1, 'none')] }, 'No relevant papers were found. The closest ones are:'],
  [{ rejectedHidden: 2 }, '2 rejected or withdrawn submissions are hidden.'],
])('says where relevance ends: %#', (change, remark) => {
  expect(rendered(change)).toContain(remark);
});

test('shows facets of the relevant papers', () => {
  const values = { venue: [{ value: 'ICLR', count: 2 }] };
  expect(rendered({ facets: { papers: 3, values } })).toMatch(/Of 3 relevant papers:\n {2}venue {2}ICLR 2$/);
});
