import { PaperSearchError } from '../../src/errors.ts';
import {
  DEFAULT_MODE,
  DEFAULT_PAGE,
  type Hit,
  type Page,
  type RelatedRequest,
  type ScheduleRequest,
  type SearchRequest,
} from '../../src/search/api.ts';
import type { CitationsRequest, SnowballRequest } from '../../src/search/citations/api.ts';
import type {
  AcquireOptions,
  Engine,
  PaperListing,
  PaperSelection,
  Snapshot,
} from '../../src/search/engine.ts';
import type { PaperRelevance, RelevanceRequest } from '../../src/search/relevance/api.ts';
import { paperOf } from './papers.ts';

const papers = [
  paperOf({ title: 'First', id: 'a' }),
  paperOf({ title: 'Second', id: 'doi:10.1/x y' }),
  paperOf({ title: 'Third', id: 'c' }),
];

/** A snapshot that finds every paper, for tests of code that uses snapshots. */
export class FakeSnapshot implements Snapshot {
  id = 's';
  readonly requests: SearchRequest[] = [];

  async search(request: SearchRequest) {
    this.requests.push(request);
    if (request.query === 'crash') throw new Error('secret detail');
    if (request.query === 'no model') throw new PaperSearchError('MODEL_UNAVAILABLE', 'No model.');
    const { limit = DEFAULT_PAGE.limit, offset = DEFAULT_PAGE.offset } = request;
    const page = { limit, offset };
    return {
      ...page,
      query: request.query,
      mode: request.mode ?? DEFAULT_MODE,
      understood: { text: request.query, ranking: request.query, notices: [] },
      confidence: { level: 'strong' as const, score: 1 },
      verdict: { level: 'strong' as const, evidence: 1 },
      total: papers.length,
      tookMs: 1,
      hits: this.#hits(page),
    };
  }

  async related(request: RelatedRequest) {
    const { positive = [], negative = [], text, mode = DEFAULT_MODE } = request;
    const { limit = DEFAULT_PAGE.limit, offset = DEFAULT_PAGE.offset } = request;
    const page = { limit, offset };
    const seeds = {
      positive: await Promise.all(positive.map((id) => this.paper(id))),
      negative: await Promise.all(negative.map((id) => this.paper(id))),
      text,
    };
    const nearest = { id: positive[0], score: 1, sharedTerms: [] };
    const confidence = { level: 'strong' as const, score: 1 };
    const hits = this.#hits(page).map((hit) => ({ ...hit, confidence, nearest }));
    const total = papers.length - 1;
    return { ...page, seeds, mode, confidence, total, relevant: total, tookMs: 1, hits };
  }

  async relevance(_request: RelevanceRequest, _among?: PaperSelection): Promise<PaperRelevance[]> {
    return papers.map(({ id }) => ({ id, confidence: { level: 'strong', score: 1 } }));
  }

  async citations(id: string, { direction, sort = 'date', limit, offset }: CitationsRequest) {
    const page = { limit: limit ?? DEFAULT_PAGE.limit, offset: offset ?? DEFAULT_PAGE.offset };
    const paper = await this.paper(id);
    const hits = this.#hits(page).map((hit) => ({ rank: hit.rank, paper: hit.paper, citations: 1 }));
    return { ...page, paper, direction, sort, total: papers.length, outside: [], tookMs: 1, hits };
  }

  async countLinks(ids: readonly string[]) {
    return ids.map(() => ({ references: 2, citations: 1 }));
  }

  async snowball({ ids, direction = 'both', depth = 1, limit, offset }: SnowballRequest) {
    const page = { limit: limit ?? DEFAULT_PAGE.limit, offset: offset ?? DEFAULT_PAGE.offset };
    const seeds = await Promise.all(ids.map((id) => this.paper(id)));
    const hits = this.#hits(page).map(({ rank, paper }) => ({
      rank,
      paper,
      distance: 1,
      links: 1,
      via: [{ id: seeds[0]!.id, relation: 'cites' as const }],
      citations: 1,
    }));
    return { ...page, seeds, direction, depth, total: papers.length, outside: [], tookMs: 1, hits };
  }

  async schedule({ query, mode = DEFAULT_MODE }: ScheduleRequest) {
    const hits = papers.filter(({ session }) => session).map((paper) => ({ paper }));
    const schedule = { papers: hits.length, withoutTime: 0, days: [], halls: [] };
    return { query, mode, total: hits.length, hits, schedule, tookMs: 1 };
  }

  async paper(id: string) {
    const paper = papers.find((candidate) => candidate.id === id);
    if (paper) return paper;
    throw new PaperSearchError('NOT_FOUND', `There is no paper with id "${id}".`, { details: { id } });
  }

  async suggest(text: string, limit: number = DEFAULT_PAGE.limit) {
    return papers
      .filter(({ title }) => title.toLowerCase().startsWith(text))
      .slice(0, limit)
      .map(({ title, id }) => ({ kind: 'title' as const, text: title, id }));
  }

  async map() {
    const xs = Uint16Array.of(0, 30_000, 65_535);
    const cluster = { terms: ['graph', 'kernels'], name: 'graph, kernels', x: 1, y: 2, papers: 3 };
    return {
      xs,
      ys: Uint16Array.of(1, 2, 3),
      years: Uint16Array.of(2020, 0, 2024),
      clusterOf: new Uint8Array(3),
      venueOf: Uint8Array.of(0, 255, 0),
      clusters: [cluster],
      venues: [{ value: 'ACL', count: 2 }],
    };
  }

  async mapHits(request: SearchRequest) {
    this.requests.push(request);
    return { points: [2, 0], scores: [0.5, 0.25], total: 2 };
  }

  async mapPoint(point: number) {
    const paper = papers[point];
    if (paper) return paper;
    throw new PaperSearchError('NOT_FOUND', `There is no paper ${point} on the map.`);
  }

  async *papers({ ids }: PaperListing = {}) {
    yield* ids ? papers.filter(({ id }) => ids.includes(id)) : papers;
  }

  async count() {
    return papers.length;
  }

  async identify(identifier: string) {
    return papers.flatMap(({ id }) => (id === identifier ? [id] : []));
  }

  async vectors(ids: readonly string[]) {
    return ids.map(() => Float32Array.of(1, 0));
  }

  async [Symbol.asyncDispose]() {}

  async countEach(_field: string, identifiers: readonly string[]) {
    return identifiers.map(() => 0);
  }

  async stats() {
    return {
      snapshot: this.id,
      createdAt: '2026-01-01T00:00:00.000Z',
      corpusDigest: 'c',
      formatVersion: 1,
      papers: papers.length,
      withoutAbstract: 0,
      model: { name: 'm', dimension: 2, maxTokens: 8, digest: 'd' },
      lexicalEngine: 'test/1',
      citations: { citing: 0, cited: 0, references: 0, resolved: 0, unresolved: 0 },
      bytes: 7,
    };
  }

  #hits({ limit, offset }: Page): Hit[] {
    return papers
      .slice(offset, offset + limit)
      .map((paper, i) => ({ rank: offset + i + 1, score: 1, paper, highlights: [] }));
  }
}

/** An engine with one snapshot. It records the signals that the snapshot was acquired with. */
export class FakeEngine<S extends Snapshot = Snapshot> implements Engine {
  readonly snapshot: S;
  readonly signals: (AbortSignal | undefined)[] = [];

  constructor(snapshot: S) {
    this.snapshot = snapshot;
  }

  async acquire({ signal }: AcquireOptions = {}) {
    this.signals.push(signal);
    return this.snapshot;
  }

  async warmUp() {}
  async close() {}
}
