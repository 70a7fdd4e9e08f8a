import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { SEARCH_MODES } from '../../../src/search/mode.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const repeated = 'Graph search of large graphs: searching graphs that are large. ';
const PAPERS = [
  // More of the words, more often, and shorter.
  paperOf({ id: 'rival', title: 'Searching large graphs: graph search', abstract: repeated.repeat(3) }),
  paperOf({
    id: 'titled',
    title: 'Search of Large Graphs',
    abstract: `We report on a project of many years and several institutions. ${'Nothing else is said. '.repeat(2)}`,
  }),
  paperOf({ id: 'in-2019', title: 'Worms in 2019', abstract: 'Of the garden.' }),
  ...Array.from({ length: 30 }, (_, i) =>
    paperOf({ id: `other-${i}`, title: `Trees ${i}`, abstract: 'Forests.', year: 2019 }),
  ),
];
let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

test.each(SEARCH_MODES)('ranks the paper with the title first, mode %s', async (mode) => {
  for (const query of ['Search of large graphs', 'search of LARGE graphs.']) {
    const { hits } = await snapshot.search({ query, mode, explain: true, fallback: false });
    expect(hits[0]).toMatchObject({ rank: 1, paper: { id: 'titled' } });
    const { score, parts } = hits[0]!.explanation!;
    expect(parts.reduce((sum, part) => sum + part.score, 0)).toBeCloseTo(score, 5);
  }
});

test('explains that it moved, and where it was', async () => {
  const { hits } = await snapshot.search({ query: 'search of large graphs', mode: 'keyword', explain: true });
  expect(hits[0]!.score).toBeLessThan(hits[1]!.score);
  expect(hits[0]!.explanation!.summary).toMatch(
    /^Its title is the query, so it comes first; by its score it was at \d+\. /,
  );
});

test('recognises a title with a year, which otherwise only prefers papers of the year', async () => {
  const { hits } = await snapshot.search({ query: 'worms in 2019', mode: 'keyword' });
  expect(hits[0]!.paper.id).toBe('in-2019');
});

test('has the same order on short pages as on a long one', async () => {
  const query = 'search of large graphs';
  const whole = await snapshot.search({ query, limit: 40 });
  const pages = await Promise.all(
    Array.from({ length: 25 }, (_, offset) => snapshot.search({ query, offset, limit: 1 })),
  );
  expect(pages.flatMap(({ hits }) => hits.map(({ paper }) => paper.id))).toEqual(
    whole.hits.slice(0, 25).map(({ paper }) => paper.id),
  );
  expect(whole.hits.map(({ rank }) => rank)).toEqual(whole.hits.map((_, i) => i + 1));
});

test('does not move a paper whose title is only a part of the query', async () => {
  const { hits } = await snapshot.search({ query: 'search of large graphs and trees', mode: 'keyword' });
  expect(hits[0]!.paper.id).toBe('rival');
});
