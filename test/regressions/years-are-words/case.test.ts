import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { preferredYearsOf } from '../../../src/query/years.ts';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ id: 'worms-2018', title: 'Archive worms and worms', year: 2018 }),
  paperOf({ id: 'worms-2019', title: 'Hundred percent worms', year: 2019 }),
  paperOf({ id: 'worms-2020', title: 'Attention-based worms in soil', year: 2020 }),
  paperOf({ id: 'worms', title: 'Anonymous worms' }),
  paperOf({ id: 'other-2020', title: 'Turbulence', year: 2020 }),
];
let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

test.each([
  'worms 2020',
  '2020 worms',
  'worms after 2019',
  'worms since 2020',
  'papers from 2020 about worms',
  'worms 2020-2022',
  'worms between 2020 and 2022',
])('prefers papers of the years of %s, and says so', async (query) => {
  for (const mode of ['keyword', 'hybrid'] as const) {
    const { hits, understood, total } = await snapshot.search({ query, mode });
    expect(hits[0]?.paper.id).toBe('worms-2020');
    expect(total).toBeGreaterThanOrEqual(4);
    expect(understood.notices[0]?.message).toMatch(/papers of 2020.* come before others/);
  }
});

test('keeps a year as a word where papers write it beside its neighbour', async () => {
  const { snapshot: named, engine: own } = await snapshotOver([
    paperOf({ id: 'name', title: 'Parsing for CoNLL 2003', year: 2015 }),
    paperOf({ id: 'year', title: 'Worms', year: 2003 }),
  ]);
  expect((await named.search({ query: 'CoNLL 2003' })).understood.ranking).toBe('CoNLL 2003');
  expect((await named.search({ query: 'worms 2003' })).understood.ranking).toBe('worms');
  await own.close();
});

test('prefers papers before a year', async () => {
  const { hits } = await snapshot.search({ query: 'worms before 2019', mode: 'keyword' });
  expect(hits[0]?.paper.id).toBe('worms-2018');
});

test('pages through preferred papers without losing or repeating one', async () => {
  const query = 'worms 2020';
  const whole = await snapshot.search({ query });
  const pages = await Promise.all(PAPERS.map((_, offset) => snapshot.search({ query, offset, limit: 1 })));
  expect(pages.flatMap(({ hits }) => hits.map(({ paper }) => paper.id))).toEqual(
    whole.hits.map(({ paper }) => paper.id),
  );
});

describe('preferredYearsOf', () => {
  test.each([
    ['worms after 2019', 2020, undefined, 'worms'],
    ['worms published since 2019', 2019, undefined, 'worms'],
    ['worms before 2010', undefined, 2009, 'worms'],
    ['worms until 2010', undefined, 2010, 'worms'],
    ['worms from 2010 to 2015 in soil', 2010, 2015, 'worms in soil'],
    ['worms 2010–2015', 2010, 2015, 'worms'],
    ['worms in 2014', 2014, 2014, 'worms'],
    ['worms 2014', 2014, 2014, 'worms'],
  ])('%s', (text, from, to, rest) => {
    expect(preferredYearsOf(text)).toMatchObject({ from, to, rest });
  });

  test.each([
    '1984',
    'after 2019',
    'the ImageNet 2012 challenge',
    '2019-nCoV spike protein',
    'worms 20200',
    'the number of worms in the soil of the fields rose after the wet spring of 2014',
  ])('%s has none', (text) => {
    expect(preferredYearsOf(text)).toBeUndefined();
  });
});
