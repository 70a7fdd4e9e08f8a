import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { CandidateSize } from '../../../src/cluster/cluster-corpus.ts';
import { ClusterEngine } from '../../../src/cluster/cluster-engine.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import type { RelatedRequest, RelatedResponse, ScheduleRequest } from '../../../src/search/api.ts';
import type { CitationsRequest, SnowballRequest } from '../../../src/search/citations/api.ts';
import type { Snapshot } from '../../../src/search/engine.ts';
import type { RelevanceRequest } from '../../../src/search/relevance/api.ts';
import { rerankersOf } from '../../../src/search/rerank/rerankers.ts';
import { connectToCluster, corpusOfTests, describeOnCluster } from '../../support/cluster.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { paperOf } from '../../support/papers.ts';
import { publishPapers } from '../../support/published-corpus.ts';
import { randomPapers } from '../../support/random-papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

/** More than the 8-bit codes of the embedded engine are off by. */
const ROUNDING = 0.006;

const KNOWN: readonly Paper[] = [
  paperOf({
    id: 'known-1',
    title: 'Self-Improvement of Language Models',
    abstract: 'Language models improve themselves. A graph of model outputs is learned.',
    authors: ['Jane A. Müller', 'Wen Ji-Rong'],
    year: 2021,
    venue: 'NeurIPS',
    keywords: ['self-improvement', 'language models'],
    externalIds: { doi: '10.1000/known1' },
    references: ['doi:10.1000/zebra', 'doi:10.1000/absent', 'known-3'],
    session: { name: 'Oral 1', hall: 'Hall 9', start: '2026-07-01T09:00+02:00' },
  }),
  paperOf({
    id: 'known-2',
    title: 'Zebra graphs as language models',
    abstract: 'A model of zebra learning by graphs.',
    authors: ['William Shakespeare'],
    year: 2019,
    references: ['doi:10.1000/zebra', 'doi:10.1000/absent', 'doi:10.1000/known1 arxiv:2101.00001'],
    session: { hall: 'Hall 10', start: '2026-07-01T08:00+02:00' },
  }),
  paperOf({
    id: 'known-3',
    title: 'Few-shot graph learning',
    abstract: 'Few-shot learning on graphs with self improvement. Reinforcement is optional.',
    authors: ['J. Müller'],
    year: 2023,
    acceptance: 'reject',
    references: ['doi:10.1000/other'],
    session: { name: 'Oral 2', hall: 'Hall 10', start: '2026-07-02' },
  }),
  paperOf({
    id: 'known-4',
    title: 'Zebra stripes',
    abstract: 'Stripes of zebras. We learn a model of stripes by time sharing.',
    authors: ['Fernando Corbató', 'Udo Pooch'],
    year: 2020,
    venue: 'Nature',
    externalIds: { doi: '10.1000/zebra' },
    citedBy: ['known-3'],
  }),
];

/** Random papers cite each other now and then. */
function withReferences(papers: readonly Paper[]): Paper[] {
  return papers.map((paper, i) =>
    i % 3 === 0
      ? paper
      : { ...paper, references: [papers[(7 * i) % papers.length]!.id, `doi:10.1000/${i % 5}`, 'known-4'] },
  );
}

const RELATED: readonly RelatedRequest[] = [
  { positive: ['known-1'] },
  { positive: ['10.1000/ZEBRA'] },
  { positive: ['known-1', 'known-4'] },
  { positive: ['known-1'], negative: ['known-4'] },
  { positive: ['known-2', 'known-4'], text: 'self improvement', negative: ['known-3'] },
  { text: 'papers about graph learning' },
  { text: 'zebra', negative: ['known-4'] },
  { positive: ['known-1'], limit: 5, offset: 3 },
  { positive: ['known-1', 'known-2'], filters: { year: 2021 } },
  { positive: ['known-1'], filters: { author: ['model'] } },
  { positive: ['known-1'], rejected: 'hide' },
  { positive: ['known-1'], rejected: 'hide', sort: 'date' },
  { positive: ['known-1'], sort: 'date', limit: 20 },
  { positive: ['known-1'], sort: 'title', facets: ['author', 'year'] },
  { positive: ['known-4'], facets: ['year'] },
  { positive: ['known-1'], limit: 0 },
  { positive: ['known-1'], offset: 1000 },
];

const REFUSED: readonly RelatedRequest[] = [
  {},
  { positive: ['nobody'] },
  { positive: ['known-1'], negative: ['10.1000/known1'] },
  { text: '  ' },
];

const RELEVANCE: readonly RelevanceRequest[] = [
  { query: 'zebra graph' },
  { query: 'title:zebra' },
  { query: 'zebra year:2020' },
  { positive: ['known-1'] },
  { positive: ['known-1'], negative: ['known-4'], query: 'graph learning' },
  { positive: ['known-1'], query: 'year:2021' },
  { query: 'Müller' },
  { query: 'graph', rejected: 'hide' },
];

const CITATIONS: readonly (CitationsRequest & { readonly id: string })[] = [
  { id: 'known-4', direction: 'citations' },
  { id: 'known-4', direction: 'citations', sort: 'title', limit: 3, offset: 1 },
  { id: 'known-2', direction: 'references' },
  { id: '10.1000/known1', direction: 'references', sort: 'title' },
  { id: 'known-3', direction: 'references' },
];

const SNOWBALLS: readonly SnowballRequest[] = [
  { ids: ['known-4'] },
  { ids: ['known-1', '10.1000/known1'], direction: 'backward', depth: 2 },
  { ids: ['known-3', 'known-2'], direction: 'both', depth: 3, limit: 50 },
  { ids: ['known-4'], direction: 'forward', depth: 1, limit: 2, offset: 2 },
];

const SCHEDULES: readonly ScheduleRequest[] = [
  {},
  { limit: 3 },
  { day: '2026-07-01' },
  { hall: ['HALL 10'] },
  { query: 'zebra' },
  { query: 'graph learning', hall: ['hall 10'], mode: 'keyword' },
  { query: 'self improvement', limit: 2 },
  { query: 'known author:Müller' },
  { query: 'year:2019..2021' },
  { query: 'zebra', hall: ['nowhere'] },
];

const TEXTS = [
  'z',
  'zebra',
  'Zebra st',
  'self-imp',
  'Müller J',
  'corbato',
  'stripes zeb',
  'zebrx strips',
  'known-',
  '10.1000/z',
  'model',
  'graph learning',
  'the',
  '',
  '  ',
  'σ',
  'a.*b',
  'Fernando C',
  'languag modles',
  '学',
  '2101.0',
] as const;

const MISSPELT = [
  'zebraa stripes',
  'langauge models',
  'reinforcment',
  'shakespear',
  'lerning graph',
  'Corbatóo',
  'imprvement of modles',
  'wordthatisnowhere',
  'stripse AND zebra',
] as const;

const EVERY_MODE = ['hybrid', 'keyword', 'semantic'] as const;
const inModes = <T extends object>(requests: readonly T[]) =>
  requests.flatMap((request) => EVERY_MODE.map((mode) => ({ mode, ...request })));

describeOnCluster('answers of a cluster that are not from a query', () => {
  const corpus = corpusOfTests('c3-answers');
  let embedded: Snapshot;
  let whole: Snapshot;
  let some: Snapshot;

  beforeAll(async () => {
    const client = await connectToCluster();
    const random = fc
      .sample(randomPapers(60), { numRuns: 20, seed: 11 })
      .sort((a, b) => b.length - a.length)[0]!;
    const papers = [...withReferences(random), ...KNOWN];
    const encoder = new HashingEncoder();
    ({ snapshot: embedded } = await snapshotOver(papers, encoder));
    await publishPapers(client, corpus, papers, encoder);
    const opened = (candidateSizes?: readonly CandidateSize[]) =>
      new ClusterEngine({
        client,
        corpus,
        encoderOf: async () => new HashingEncoder(),
        rerankers: rerankersOf([]),
        candidateSizes,
      }).acquire();
    whole = await opened();
    some = await opened([{ size: 30, places: 1000 }]);
  }, 600_000);

  test.each(inModes(RELATED))('finds the related papers that an index does: %j', async (request) => {
    const wanted = await embedded.related(request);
    expectAlike(await whole.related(request), wanted);
    const { relevant: _, facets: __, ...found } = await some.related(request);
    if (request.sort === undefined && request.negative === undefined) {
      expectAlike({ ...found, relevant: wanted.relevant, facets: wanted.facets } as RelatedResponse, wanted);
    }
  });

  test('ranks only chosen papers', async () => {
    const among = { ids: ['known-2', 'known-4', 'known-1', 'unknown'] };
    for (const mode of EVERY_MODE) {
      const request = { positive: ['known-1'], mode };
      expectAlike(await whole.related(request, among), await embedded.related(request, among));
    }
  });

  test.each(REFUSED)('refuses what an index refuses: %j', async (request) => {
    const message = await embedded.related(request).catch(({ message }) => message);
    expect(typeof message).toBe('string');
    await expect(whole.related(request)).rejects.toThrow(message);
  });

  test.each(inModes(RELEVANCE))('judges papers as an index does: %j', async (request) => {
    for (const among of [undefined, { ids: ['known-1', 'known-2', 'known-4'] }]) {
      const wanted = await embedded.relevance(request, among);
      const found = await whole.relevance(request, among);
      const byId = new Map(found.map((each) => [each.id, each]));
      expect(found.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
      for (const { id, confidence, nearest } of wanted) {
        expect(byId.get(id)!.confidence.level).toBe(confidence.level);
        expect(Math.abs(byId.get(id)!.confidence.score - confidence.score)).toBeLessThan(ROUNDING);
        expect(byId.get(id)!.nearest).toBe(nearest);
      }
      expect(found.map(({ confidence }) => confidence.score)).toEqual(
        found.map(({ confidence }) => confidence.score).sort((a, b) => b - a),
      );
    }
  });

  test.each(CITATIONS)('lists the links that an index does: %j', async ({ id, ...request }) => {
    expect(untimed(await whole.citations(id, request))).toEqual(
      untimed(await embedded.citations(id, request)),
    );
  });

  test.each(SNOWBALLS)('follows links as an index does: %j', async (request) => {
    expect(untimed(await whole.snowball(request))).toEqual(untimed(await embedded.snowball(request)));
  });

  test.each(inModes(SCHEDULES))('has the schedule of an index: %j', async (request) => {
    const { confidence, verdict, ...found } = untimed(await whole.schedule(request));
    const { confidence: wanted, verdict: _, ...rest } = untimed(await embedded.schedule(request));
    expect(found).toEqual(rest);
    expect(confidence?.level).toBe(wanted?.level);
    expect(Math.abs((confidence?.score ?? 0) - (wanted?.score ?? 0))).toBeLessThan(ROUNDING);
    expect(verdict?.level).toBe(confidence?.level);
  });

  test.each(TEXTS)('completes %j as an index does', async (text) => {
    for (const limit of [10, 3]) {
      expect(await whole.suggest(text, limit)).toEqual(await embedded.suggest(text, limit));
    }
  });

  test('refuses a limit that is not a whole number', async () => {
    await expect(whole.suggest('zebra', 1.5)).rejects.toThrow('"limit" must be a whole number');
  });

  test.each(MISSPELT)('proposes the spelling that an index does: %j', async (query) => {
    const wanted = await embedded.search({ query, mode: 'keyword' });
    const found = await whole.search({ query, mode: 'keyword' });
    expect(found.didYouMean).toEqual(wanted.didYouMean);
    expect(found.fallback?.kind).toBe(wanted.fallback?.kind);
  });
});

/** Equal except for rounding and the order of hits of almost equal scores. */
function expectAlike(found: RelatedResponse, wanted: RelatedResponse): void {
  const { hits, confidence, tookMs: _, ...rest } = found;
  const { hits: wantedHits, confidence: wantedConfidence, tookMs: __, ...wantedRest } = wanted;
  expect(rest).toEqual(wantedRest);
  expect(confidence.level).toBe(wantedConfidence.level);
  expect(Math.abs(confidence.score - wantedConfidence.score)).toBeLessThan(ROUNDING);
  expect(hits).toHaveLength(wantedHits.length);
  const byId = new Map(wantedHits.map((hit) => [hit.paper.id, hit]));
  for (const [i, hit] of hits.entries()) {
    expect(Math.abs(hit.score - wantedHits[i]!.score)).toBeLessThan(ROUNDING);
    const same = byId.get(hit.paper.id);
    // At the end of a page, one of two papers of almost equal scores may be on the next.
    if (!same) continue;
    expect(Math.abs(hit.score - same.score)).toBeLessThan(ROUNDING);
    expect(Math.abs(hit.nearest.score - same.nearest.score)).toBeLessThan(ROUNDING);
    const { rank: _, score: __, confidence: ___, nearest, ...own } = hit;
    const { rank: ____, score: _____, confidence: ______, nearest: wantedNearest, ...other } = same;
    expect(own).toEqual(other);
    expect({ ...nearest, score: 0 }).toEqual({ ...wantedNearest, score: 0 });
  }
}

function untimed<T extends { readonly tookMs: number }>({ tookMs: _, ...rest }: T): Omit<T, 'tookMs'> {
  return rest;
}
