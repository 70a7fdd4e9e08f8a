import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchConditionIn } from '../../../src/cluster/match/condition-query.ts';
import { countFacets } from '../../../src/cluster/match/facets.ts';
import { filterQuery } from '../../../src/cluster/match/filter-query.ts';
import {
  countEach,
  countPapers,
  identify,
  listPapers,
  readPaper,
} from '../../../src/cluster/match/listing.ts';
import { matchTools } from '../../../src/cluster/match/match-tools.ts';
import { countUpTo, pageInOrder } from '../../../src/cluster/match/pages.ts';
import { EVERY_PAPER, ids, range } from '../../../src/cluster/match/queries.ts';
import { FACETS } from '../../../src/papers/fields.ts';
import { EVERY_FIELD, type EverySortName } from '../../../src/papers/internal-fields.ts';
import type { TextCondition } from '../../../src/query/ast.ts';
import { parseQuery } from '../../../src/query/parser.ts';
import { type EveryFilter, matchFilters } from '../../../src/search/match/filters.ts';
import { matchCondition } from '../../../src/search/match/match-condition.ts';
import { placesOf } from '../../../src/util/mask.ts';
import { HAS_CLUSTER, type IndexedTwice, indexTwice } from './indexed.ts';
import { FOREIGN_PAPERS, MORE_PAPERS } from './more-papers.ts';

const SORTS = EVERY_FIELD.flatMap(({ name, sort }) => (sort ? [name as EverySortName] : []));

describe.skipIf(!HAS_CLUSTER).each([
  ['in English', MORE_PAPERS],
  ['in several languages', [...MORE_PAPERS, ...FOREIGN_PAPERS]],
])('a cluster with papers %s', (_, all) => {
  let indexed: IndexedTwice;
  beforeAll(async () => {
    indexed = await indexTwice(all);
  });
  afterAll(() => indexed?.[Symbol.asyncDispose]());
  const idsIn = (mask: Uint8Array) => indexed.papers.filter((_, doc) => mask[doc] === 1).map(({ id }) => id);
  const wrong = async (task: () => unknown) => {
    try {
      return { value: await task() };
    } catch (error) {
      return { error: (error as Error).message };
    }
  };

  test.each<EveryFilter>([
    {},
    { venue: ['NEURIPS'] },
    { venue: ['workshop'] },
    { venue: ['the'] },
    { venue: ['journal of machine'] },
    { author: ['wei  wang'] },
    { author: ['Wang'] },
    { author: ['W. Wang'] },
    { author: ['Wang Wei'] },
    { author: ['Ji Rong Wen'] },
    { author: ['jirong wen'] },
    { author: ['John Smith'] },
    { author: ['J. A. Smith'] },
    { author: ['J. Smith'] },
    { author: ['Smith'] },
    { author: ['Mueller'] },
    { author: ['jurgen muller'] },
    { author: ['Kim'] },
    { author: ['Udo Pooch and L. Prieve'] },
    { author: ['Wei Li or Udo Pooch'] },
    { author: ['Wei Li and Udo Pooch'] },
    { author: ['Prieve Pooch'] },
    { author: ['Wang Prieve'] },
    { author: ['Nobody'] },
    { author: ['C++'] },
    { author: [`Wei ${'Wang '.repeat(90)}`] },
    { author: [`Wei ${'w'.repeat(450)}`] },
    { keyword: ['language model'] },
    { keyword: ['Language Models'] },
    { keyword: ['learning'] },
    { keyword: ['graphs'] },
    { area: ['cs.lg'] },
    { area: ['lg'] },
    { area: ['lg cs'] },
    { area: ['cl lg'] },
    { area: ['ml', 'cl'] },
    { session: ['oral'] },
    { session: ['graphs learning'] },
    { session: ['1'] },
    { year: '2020' },
    { year: '2020..' },
    { year: '<2021' },
    { has: ['pdf'] },
    { has: ['abstract', 'pdf'] },
    { acceptance: ['reject', 'oral'] },
    { is: ['unpublished'] },
    { citations: '>=1' },
    { citations: '0' },
    { references: '2..' },
    { added: '2026-01-02' },
    { added: '<2026-01-02' },
    { changed: '>=2026-01-03' },
    { day: { from: 20200101, to: 20200301 } },
    { publicationType: ['conference'] },
    { url: ['https://example.org/y.pdf'] },
    { year: '2020', venue: ['neurips'], author: ['Wang'] },
    { venue: [], has: [] },
    { author: ['Joerg Weiss'] },
    { language: ['de', 'fr'] },
    { language: ['German'] },
    { fieldOfStudy: ['Computer Science'] },
    { keyword: ['modeles'] },
  ])('filters as an index on this machine: %j', async (filters) => {
    const wanted = matchFilters(filters, indexed.embedded);
    const query = await indexed.corpus.lookups.resolve((known) =>
      filterQuery(filters, matchTools(indexed.corpus, known)),
    );
    expect(await indexed.idsOf(query), JSON.stringify(query)).toEqual(idsIn(wanted.mask));
  });

  test.each([
    '"state of the art"',
    '"the state of the art"',
    '"state of art"',
    '"to be or not to be"',
    '"the"',
    'title:"the"',
    'title:the',
    'venue:the',
    'keyword:the',
    '"the world"',
    '"model of the world"',
    '"of the world"',
    '"world of"',
    '"data set"',
    '"data sets and datasets"',
    '"self-improvement"',
    '(selfimprovement OR zebra)',
    '"few-shot learning"',
    '(few-shot OR zebra)',
    'generaliz*',
    'general*',
    'studie*',
    'happi*',
    'attent*',
    'self-imp*',
    'few-sho*',
    '"15.6% of models"',
    '(15.6% OR zebra)',
    'atention~',
    'generalizatoin~',
    'self-improvment~',
    'few-shto~',
    'worlds~2',
    '"tnf alpha"',
    '(tnfα OR zebra)',
    '(alpha OR zebra)',
    '"model world"~3',
    '"improvement self"~2',
    'author:wang',
    'author:"wei wang"',
    'author:"smith jones"',
    'author:wan*',
    'session:oral',
    'area:lg',
    'area:"lg cs"',
    'id:10.1/x',
    'id:10.1/shared',
    'id:2001.00003',
    'id:2001.00003v7',
    'cites:10.1/y',
    'cites:10.9/elsewhere',
    'cites:p5',
    'cites:unknown-work',
    'cited-by:10.1/X',
    'cited-by:p6',
    'cited-by:nothing',
    'citations:>=1',
    'references:2',
    'year:2020',
    'added:2026',
    'has:pdf',
    'is:unpublished',
    'decision:reject',
    'language:en',
    '-attention',
    '-"the"',
    '"the" OR year:2020',
    '(world OR attention) AND -year:2020',
    '"we cannot"',
    'we*',
    '"die stadt"',
    '"häuser der stadt"',
    '"haus in der welt"',
    '"die hard"',
    'häus*',
    'hause*',
    '"analyse de la ville"',
    '"l\'analyse de la ville"',
    '"l\'un"',
    '"thé"',
    '"the"~2',
    '"modèles du monde"',
    'title:die',
    '(die OR zebra)',
    'stadtt~',
    'apprentissag*',
    'language:de',
    '"welt haus"~3',
    '"house the-city is"~5',
    '"state-of-the-art self is"~6',
  ])('matches as an index on this machine: %s', async (text) => {
    const { condition } = parseQuery(text);
    expect(condition, 'a condition').toBeDefined();
    const wanted = await wrong(() => {
      const { mask, notices, ignoresPart } = matchCondition(condition!, indexed.embedded);
      return { ids: idsIn(mask), notices, ignoresPart };
    });
    let shown = '';
    const found = await wrong(async () => {
      const { query, notices, ignoresPart } = await indexed.corpus.lookups.resolve((known) =>
        matchConditionIn(condition!, matchTools(indexed.corpus, known)),
      );
      shown = JSON.stringify(query);
      return { ids: await indexed.idsOf(query), notices, ignoresPart };
    });
    expect(found, shown).toEqual(wanted);
  });

  const SPAN = { start: 0, end: 1 };
  test.each<TextCondition>(
    [
      '15.6',
      '15.6%',
      '15',
      'few-sho',
      'self-impr',
      'α',
      'the',
      'language mod',
      'state-of-the-a',
      'zzz',
      'wan',
    ].flatMap((text) =>
      [undefined, 'abstract' as const, 'author' as const, 'keyword' as const].flatMap((field) => [
        { kind: 'prefix' as const, text, field, span: SPAN },
        { kind: 'fuzzy' as const, text, edits: 1 as const, field, span: SPAN },
        { kind: 'fuzzy' as const, text, edits: 2 as const, field, span: SPAN },
      ]),
    ),
  )('finds words as an index on this machine: %j', async (condition) => {
    const { corpus, embedded } = indexed;
    const { mask } = matchCondition(condition, embedded);
    const { query } = await corpus.lookups.resolve((known) =>
      matchConditionIn(condition, matchTools(corpus, known)),
    );
    expect(await indexed.idsOf(query), JSON.stringify(query)).toEqual(idsIn(mask));
  });

  test('refuses parts of the map', async () => {
    const { corpus } = indexed;
    const resolved = corpus.lookups.resolve((known) =>
      filterQuery({ cluster: ['a'] }, matchTools(corpus, known)),
    );
    await expect(resolved).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test.each(SORTS)('sorts by %s as an index on this machine', async (order) => {
    const { corpus, papers, embedded } = indexed;
    const all = new Uint8Array(papers.length).fill(1);
    const wanted = embedded.fields.order(order, all, 0, papers.length).map((doc) => papers[doc]!.id);
    const { total, hits } = await pageInOrder(order, EVERY_PAPER, { offset: 0, limit: 100 }, corpus, [
      'paper.id',
    ]);
    expect(total).toBe(papers.length);
    expect(hits.map(({ _source }) => _source.paper!.id)).toEqual(wanted);
    const page = await pageInOrder(order, EVERY_PAPER, { offset: 2, limit: 2 }, corpus, ['paper.id']);
    expect(page.hits.map(({ _source }) => _source.paper!.id)).toEqual(wanted.slice(2, 4));
    const far = { offset: 3, limit: 3, window: 2 };
    const { hits: farHits } = await pageInOrder(order, EVERY_PAPER, far, corpus, ['paper.id']);
    expect(farHits.map(({ _source }) => _source.paper!.id)).toEqual(wanted.slice(3, 6));
    for (const [before, id] of wanted.entries()) {
      expect(await countUpTo(order, EVERY_PAPER, ids([id]), corpus), id).toBe(before + 1);
    }
  });

  test.each([EVERY_PAPER, range('numbers.year', 2020, 2021), ids(['p5', 'p6'])])(
    'counts the values of facets as an index on this machine: %j',
    async (query) => {
      const { corpus, embedded, papers } = indexed;
      const matching = new Set(await indexed.idsOf(query));
      const mask = Uint8Array.from(papers, ({ id }) => (matching.has(id) ? 1 : 0));
      const counts = await countFacets(FACETS, query, corpus);
      expect(counts.papers).toBe(matching.size);
      for (const facet of FACETS) {
        const limit = facet === 'year' ? 300 : 20;
        expect(counts.values[facet], facet).toEqual(embedded.fields.count(facet, placesOf(mask), limit));
      }
    },
  );

  test('asks shards for more values until the most frequent ones are certain, or refuses', async () => {
    const { corpus } = indexed;
    const counts = await countFacets(['author', 'year'], EVERY_PAPER, corpus);
    expect(await countFacets(['author', 'year'], EVERY_PAPER, corpus, [1, 2, 3, 100])).toEqual(counts);
    await expect(countFacets(['author'], EVERY_PAPER, corpus, [1])).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('not certain'),
    });
  });

  test('lists, counts and identifies papers', async () => {
    const { corpus, papers } = indexed;
    const idsOf = async (listing: Parameters<typeof listPapers>[0]) => {
      const found: string[] = [];
      for await (const { id } of listPapers(listing, corpus)) found.push(id);
      return found;
    };
    expect(await idsOf({})).toEqual(papers.map(({ id }) => id));
    expect(await idsOf({ ids: ['p6', 'x', 'p4', 'p6', 'p5'], offset: 1, limit: 1 })).toEqual(['p4']);
    expect(await idsOf({ ids: ['p6', 'p4'], order: 'index' })).toEqual(['p4', 'p6']);
    expect(await countPapers({ filters: { year: '2020' } }, corpus)).toBe(3);
    expect(await countPapers({ filters: { year: '2020' }, ids: ['p5', 'p4', '-'] }, corpus)).toBe(1);
    expect(await identify('10.1/SHARED', 'id', corpus)).toEqual(['p5', 'p6']);
    expect(await identify('p5', 'id', corpus)).toEqual(['p5']);
    expect(await identify('nothing', 'id', corpus)).toEqual([]);
    expect(await countEach('id', ['10.1/shared', 'p4', '-'], corpus)).toEqual([2, 1, 0]);
    expect(await readPaper('https://doi.org/10.1/y', corpus)).toMatchObject({
      id: 'doi:10.1/y',
      added: '2026-01-02T00:00:00.000Z',
    });
    await expect(readPaper('10.1/shared', corpus)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('2 papers have the identifier'),
    });
    await expect(readPaper('nothing', corpus)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
