import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { ClusterClient } from '../../../src/cluster/client/cluster-client.ts';
import type { CandidateSize } from '../../../src/cluster/cluster-corpus.ts';
import { ClusterEngine } from '../../../src/cluster/cluster-engine.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import type { SearchRequest, SearchResponse } from '../../../src/search/api.ts';
import type { PaperSelection, Snapshot } from '../../../src/search/engine.ts';
import { rerankersOf } from '../../../src/search/rerank/rerankers.ts';
import { connectToCluster, corpusOfTests, describeOnCluster } from '../../support/cluster.ts';
import { HashingEncoder } from '../../support/hashing-encoder.ts';
import { paperOf } from '../../support/papers.ts';
import { publishPapers } from '../../support/published-corpus.ts';
import { randomPapers } from '../../support/random-papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

/** Of every kind of field, some of them with people and dates. */
const KNOWN: readonly Paper[] = [
  paperOf({
    id: 'known-1',
    title: 'Self-Improvement of Language Models',
    abstract: 'Language models improve themselves. A graph of model outputs is learned.',
    authors: ['Jane A. Müller', 'Wen Ji-Rong'],
    year: 2021,
    venue: 'NeurIPS',
    keywords: ['self-improvement', 'language models'],
    acceptance: 'oral',
  }),
  paperOf({
    id: 'known-2',
    title: 'To be or not to be',
    abstract: 'A model of zebra learning by graphs.',
    authors: ['William Shakespeare'],
    year: 2019,
    venue: 'ICML',
  }),
  paperOf({
    id: 'known-3',
    title: 'Few-shot graph learning',
    abstract: 'Few-shot learning on graphs with self improvement. State-of-the-art models.',
    authors: ['J. Müller'],
    year: 2023,
    venue: 'NeurIPS',
    acceptance: 'reject',
  }),
  paperOf({
    id: 'known-4',
    title: 'Zebra stripes',
    abstract: 'Stripes of zebras. We learn a model of stripes by time sharing.',
    authors: ['Fernando Corbató', 'Udo Pooch'],
    year: 2020,
    venue: 'Nature',
    externalIds: { doi: '10.1000/zebra' },
  }),
];

const REQUESTS: readonly SearchRequest[] = [
  { query: 'model learning' },
  { query: 'self-improvement' },
  { query: 'self improvement' },
  { query: 'selfimprovement of models' },
  { query: 'papers about few-shot graph learning' },
  { query: 'graph', limit: 3, offset: 2 },
  { query: 'unheard words only' },
  { query: 'learning graphs since 2021' },
  { query: 'zebra 2020' },
  { query: 'title:graph model' },
  { query: 'learning -zebra year:2019..2021' },
  { query: '"graph learning" model' },
  { query: 'model NEAR/3 graph' },
  { query: 'mod* learning' },
  { query: 'graf~ learning' },
  { query: 'gra*' },
  { query: 'zebar~' },
  { query: 'venue:NeurIPS' },
  { query: 'venue:NeurIPS model' },
  { query: 'author:Müller graph' },
  { query: 'Jane Müller' },
  { query: 'Jirong Wen' },
  { query: 'papers on zebra by Corbató' },
  { query: 'to be or not to be' },
  { query: 'not to be' },
  { query: '10.1000/zebra' },
  { query: 'known-2' },
  { query: '10.1000/unknown' },
  { query: 'Zebra stripes' },
  { query: 'model', filters: { year: { from: 2020, to: 2022 } } },
  { query: 'model', filters: { venue: ['NeurIPS', 'zebra'] } },
  { query: '', filters: { venue: ['NeurIPS'] } },
  { query: '', sort: 'date', limit: 5 },
  { query: '', sort: 'title', limit: 5, offset: 7 },
  { query: 'model learning', sort: 'date' },
  { query: 'model learning', sort: 'title', facets: ['year', 'venue'] },
  { query: '"self improvement"', sort: 'date' },
  { query: 'graph models', facets: ['year', 'venue', 'author'] },
  { query: '"graph"', facets: ['year', 'keyword'] },
  { query: 'graph models', relevantFirst: true, limit: 20 },
  { query: 'few-shot graph learning', rejected: 'hide' },
  { query: 'Müller', rejected: 'hide' },
  { query: '', sort: 'date', rejected: 'hide', limit: 3 },
  { query: 'graph learning', rejected: 'hide', sort: 'date' },
  { query: 'model learning graph', explain: true },
  { query: 'self-improvement models', explain: true, relevantFirst: true },
  { query: 'lerning of zebra', explain: true, fallback: false },
  { query: 'graph models', fusion: 'reciprocal-rank' },
  { query: 'graph models', rerank: 5 },
  { query: 'graph AND', plain: true },
  { query: 'AND graph' },
  { query: 'the', sort: 'title' },
  { query: 'state-of-the-art zebra' },
  { query: 'σ 15.6% C++' },
  { query: '学习' },
  { query: 'graph', limit: 0 },
  { query: 'graph', offset: 10_000 },
];

describeOnCluster('a search on a cluster', () => {
  const corpus = corpusOfTests('c2-search');
  let embedded: Snapshot;
  /** All papers are candidates. */
  let everything: Snapshot;
  /** Some are. */
  let few: Snapshot;
  let opened: (candidateSizes?: readonly CandidateSize[], own?: string) => Promise<Snapshot>;
  /** Sizes of the lists of candidates, so that there are several. */
  const FEW: CandidateSize[] = [];
  let client: ClusterClient;
  let papers: readonly Paper[];

  beforeAll(async () => {
    client = await connectToCluster();
    const sampled = fc.sample(randomPapers(90), { numRuns: 40, seed: 7 }).flat();
    const random = new Map(sampled.map((paper) => [paper.id, paper]));
    papers = [...random.values(), ...KNOWN];
    const encoder = new HashingEncoder();
    ({ snapshot: embedded } = await snapshotOver(papers, encoder));
    await publishPapers(client, corpus, papers, encoder);
    opened = (candidateSizes, own = corpus) =>
      new ClusterEngine({
        client,
        corpus: own,
        encoderOf: async ({ digest, ranking }) => new HashingEncoder(digest, ranking),
        rerankers: rerankersOf([]),
        candidateSizes,
      }).acquire();
    everything = await opened();
    FEW.push(
      { size: papers.length - 12, places: 10 },
      { size: papers.length - 6, places: 30 },
      { size: papers.length, places: papers.length },
    );
    few = await opened(FEW);
  }, 600_000);

  const cases = REQUESTS.flatMap((request) =>
    (['hybrid', 'keyword', 'semantic'] as const).map((mode) => ({ ...request, mode })),
  );
  test.each(cases)('answers as an index does: %j', async (request) => {
    const wanted = await answerOf(embedded, request);
    const { fallback } = wanted as SearchResponse;
    const isReranked = request.rerank !== undefined || fallback?.kind === 'sentences';
    expectAlike(await answerOf(everything, request), wanted, isReranked);
    // Few candidates are enough for the first places; ranks of explanations and counts of relevant papers are of candidates.
    if (request.explain || request.facets || request.relevantFirst || request.sort) return;
    expectAlike(await answerOf(few, request), wanted, isReranked);
  });

  test.each(['hybrid', 'keyword', 'semantic'] as const)(
    'pages of one ranking contain every paper once, whichever candidates they come from: %s',
    async (mode) => {
      const request = { query: 'graph models learning', mode, limit: 7 };
      const { total, hits } = await few.search({ ...request, limit: 100 });
      const paged = [];
      for (let offset = 0; offset < total; offset += 7)
        paged.push(...(await few.search({ ...request, offset })).hits);
      expect(paged.slice(0, 100).map(({ paper, rank }) => ({ id: paper.id, rank }))).toEqual(
        hits.map(({ paper, rank }) => ({ id: paper.id, rank })),
      );
      expect(new Set(paged.map(({ paper }) => paper.id)).size).toBe(total);
    },
  );

  test('refuses a page after the last paper that is ranked, and says what to do', async () => {
    const last = await opened([{ size: 20, places: 10 }]);
    await expect(last.search({ query: 'graph', offset: 5, limit: 10 })).rejects.toThrow(
      'ranks the first 10 papers of an answer by relevance, but this page ends at 15',
    );
  });

  test.each(['hybrid', 'semantic'] as const)('gives feedback where the model needs it: %s', async (mode) => {
    const confidence = { weak: 0.3, strong: 0.6 };
    const ranking = { keywordShare: 0.5, relatedKeywordShare: 0.5, feedback: 0.6, confidence };
    const encoder = new HashingEncoder('feedback-model', ranking);
    const own = `${corpus}-feedback-${mode}`;
    await publishPapers(client, own, papers, encoder);
    const { snapshot } = await snapshotOver(papers, encoder);
    const one = await opened(FEW, own);
    for (const query of ['stripes of graph models', 'how zebras learn', 'Jane Müller']) {
      const request = { query, mode, fallback: false };
      expectAlike(await answerOf(one, request), await answerOf(snapshot, request), true);
    }
    const explained = await (await opened(undefined, own)).search({
      query: 'stripes of graph models',
      mode,
      explain: true,
    });
    const feedback = explained.hits[0]!.explanation!.semantic!.feedback?.papers.length;
    expect(feedback).toBe(mode === 'hybrid' ? 3 : undefined);
  });

  const AMONG: readonly PaperSelection[] = [
    { ids: ['known-1', 'known-3', 'unknown'] },
    { filters: { venue: ['NeurIPS'] } },
  ];
  test.each(AMONG)('ranks only chosen papers: %j', async (among) => {
    for (const mode of ['hybrid', 'keyword', 'semantic'] as const) {
      const request = { query: 'zebra graph', mode, facets: ['year' as const] };
      const wanted = await answerOf(embedded, request, among);
      expectAlike(await answerOf(everything, request, among), wanted, true);
    }
  });

  test.each(['', '  '])('refuses an empty query: %j', async (query) => {
    await expect(everything.search({ query })).rejects.toThrow('The query is empty');
  });

  test('refuses an unknown reranker', async () => {
    await expect(everything.search({ query: 'graph', rerankBy: 'nobody' })).rejects.toThrow(
      'There is no reranker "nobody"',
    );
  });
});

/** What answers may differ in: how long they took, and the first of two answers. */
const DIFFERENT = ['tookMs', 'first', 'verdict', 'secondLook'];
/**
 * How far scores may be apart: the embedded index reranks and judges by cosines from 8-bit codes, the cluster by those of the
 * vectors. All others are equal to the last digits.
 */
const APPROXIMATE = 1e-2;

async function answerOf(
  snapshot: Snapshot,
  request: SearchRequest,
  among?: PaperSelection,
): Promise<unknown> {
  const answer = await snapshot.search(request, among);
  return JSON.parse(JSON.stringify(answer, (key, value) => (DIFFERENT.includes(key) ? undefined : value)));
}

/** Expects equal answers. @param wanted of the embedded index. */
function expectAlike(found: unknown, wanted: unknown, isApproximate: boolean, path = ''): void {
  if (typeof wanted === 'number' && typeof found === 'number') {
    const isExact = !isApproximate && !path.startsWith('.confidence');
    const margin = isExact ? 1e-6 * Math.max(1, Math.abs(wanted)) : APPROXIMATE;
    if (Math.abs(found - wanted) > margin) expect({ path, value: found }).toEqual({ path, value: wanted });
  } else if (isTree(wanted) && isTree(found)) {
    expect({ path, keys: Object.keys(found).sort() }).toEqual({ path, keys: Object.keys(wanted).sort() });
    for (const key of Object.keys(wanted))
      expectAlike(found[key], wanted[key], isApproximate, `${path}.${key}`);
  } else {
    expect({ path, value: found }).toEqual({ path, value: wanted });
  }
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
