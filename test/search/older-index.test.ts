import { describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/papers/fields.ts';
import type { SearchRequest } from '../../src/search/api.ts';
import { HashingEncoder } from '../support/hashing-encoder.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ id: 'a', title: 'Bees in rooms', year: 2020, venue: 'Nature', session: { name: 'Oral 1' } }),
  paperOf({ id: 'b', title: 'Ants in rooms', year: 2021, venue: 'Science', categories: ['bio.Ants'] }),
  paperOf({ id: 'c', title: 'Wasps', date: '2022-02-03', authors: ['Ann Lee'] }),
];

describe('an index that was written before its fields were declared', () => {
  test.each<[what: string, request: SearchRequest]>([
    ['counts values', { query: '', sort: 'title', facets: ['venue', 'year', 'session'] }],
    ['filters', { query: '', filters: { venue: ['nature'], year: '2020' } }],
    ['matches conditions', { query: 'area:ants' }],
    ['matches conditions by years', { query: 'year:2021..', sort: 'title' }],
    ['matches `has:`', { query: '-has:pdf' }],
    ['sorts by date', { query: '', sort: 'date' }],
    ['finds identifiers', { query: 'id:b' }],
  ])('%s as a new index does', async (_, request) => {
    const old = await snapshotOver(PAPERS, new HashingEncoder(), []);
    const { snapshot } = await snapshotOver(PAPERS);
    const { tookMs: _old, ...answer } = await old.snapshot.search(request);
    const { tookMs: _new, ...expected } = await snapshot.search(request);
    expect(answer).toEqual(expected);
    expect(answer.hits.length).toBeGreaterThan(0);
  });

  test('finds related papers within a filter', async () => {
    const { snapshot } = await snapshotOver(PAPERS, new HashingEncoder(), FIELDS.slice(0, 2));
    const { hits } = await snapshot.related({ positive: ['a'], filters: { year: '2021' } });
    expect(hits.map(({ paper }) => paper.id)).toEqual(['b']);
  });
});
