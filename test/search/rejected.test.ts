import { expect, test } from 'vitest';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ id: 'poster', title: 'Bees that dance', acceptance: 'poster', venue: 'ICLR' }),
  paperOf({ id: 'plain', title: 'Bees at night' }),
  paperOf({ id: 'review', title: 'Bees under review', acceptance: 'submitted' }),
  paperOf({ id: 'reject', title: 'Bees that lie', acceptance: 'reject', venue: 'ICLR' }),
  paperOf({ id: 'withdrawn', title: 'Bees that left', acceptance: 'withdrawn' }),
  paperOf({ id: 'desk', title: 'Wasps without a margin', acceptance: 'desk-reject' }),
];
const { snapshot } = await snapshotOver(PAPERS);

async function found(request: Parameters<typeof snapshot.search>[0]) {
  const { hits, total, rejectedHidden } = await snapshot.search({ fallback: false, ...request });
  return { ids: hits.map(({ paper }) => paper.id).sort(), total, rejectedHidden };
}

test.each([
  { query: 'bees', mode: 'keyword' },
  { query: 'bees', mode: 'semantic' },
  { query: 'bees', mode: 'hybrid' },
  { query: 'bees', mode: 'hybrid', sort: 'date' },
  { query: '"bees"', mode: 'keyword' },
  { query: 'venue:ICLR', mode: 'hybrid' },
  { query: '', filters: { venue: ['ICLR'] } },
  { query: '', sort: 'title' },
] as const)('hides rejected submissions and counts them: %o', async (request) => {
  const all = await found(request);
  const rest = await found({ ...request, rejected: 'hide' });
  const rejected = ['reject', 'withdrawn', 'desk'];
  expect(rest.ids).toEqual(all.ids.filter((id) => !rejected.includes(id)));
  expect(rest.rejectedHidden).toBe(all.total - rest.total);
  expect(rest.rejectedHidden).toBeGreaterThan(0);
  expect(all.rejectedHidden).toBeUndefined();
});

test.each([
  { query: 'acceptance:reject', ids: ['desk', 'reject'] },
  { query: 'is:unpublished -acceptance:submitted', ids: ['desk', 'reject', 'withdrawn'] },
  { query: 'id:reject', ids: ['reject'] },
  { query: '', filters: { acceptance: ['withdrawn'] }, ids: ['withdrawn'] },
])('shows rejected submissions to those who ask for them: %o', async ({ ids, ...request }) => {
  expect(await found({ ...request, rejected: 'hide' })).toEqual({ ids, total: ids.length });
});

test('hides rejected submissions among related papers', async () => {
  for (const mode of ['keyword', 'semantic', 'hybrid'] as const) {
    const request = { positive: ['withdrawn'], mode };
    const all = await snapshot.related(request);
    const rest = await snapshot.related({ ...request, rejected: 'hide' });
    expect(rest.hits.map(({ paper }) => paper.id).sort()).toEqual(['plain', 'poster', 'review']);
    expect(rest.rejectedHidden).toBe(all.total - rest.total);
  }
});

test('says nothing of rejected submissions where the index has none', async () => {
  const { snapshot: published } = await snapshotOver(PAPERS.slice(0, 3));
  const shown = await published.search({ query: 'bees' });
  const { tookMs, ...hidden } = await published.search({ query: 'bees', rejected: 'hide' });
  expect(hidden).toEqual({ ...hidden, total: shown.total, hits: shown.hits });
  expect(hidden).not.toHaveProperty('rejectedHidden');
  expect(tookMs).toBeGreaterThanOrEqual(0);
});
