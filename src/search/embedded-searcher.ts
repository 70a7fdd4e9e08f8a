import { FlatIndex } from '../dense/flat-index.ts';
import type { Encoder } from '../encode/encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { DEFAULT_FUSION, FUSIONS, type Fusion } from '../fusion/methods.ts';
import type { LexicalIndex } from '../lexical/lexical-index.ts';
import { queryTerms, splitSolidWords } from '../lexical/query-terms.ts';
import { contentOf } from '../query/intent.ts';
import type { Snapshot } from '../store/snapshot-reader.ts';
import type { LexicalScores, Paper, Scored, SearchMode } from '../types.ts';
import { highlightsOf } from './highlight.ts';
import {
  DEFAULT_MODE,
  DEFAULT_PAGE,
  type Hit,
  type IndexStats,
  type Page,
  type RelatedResponse,
  type Searcher,
  type SearchRequest,
  type SearchResponse,
} from './searcher.ts';
import { countAbove, topK } from './top-k.ts';

/** The engine in this process: one snapshot in memory, an encoder for questions. */
export class EmbeddedSearcher implements Searcher {
  readonly #snapshot: Snapshot;
  readonly #lexical: LexicalIndex;
  readonly #dense: FlatIndex;
  readonly #encoder: Encoder;
  readonly #docs: ReadonlyMap<string, number>;

  /** @param encoder of the model that the snapshot was built with; closed with the searcher. */
  constructor(snapshot: Snapshot, lexical: LexicalIndex, encoder: Encoder) {
    this.#snapshot = snapshot;
    this.#lexical = lexical;
    this.#dense = new FlatIndex(snapshot.vectors, snapshot.manifest.model.dimension);
    this.#encoder = encoder;
    this.#docs = new Map(snapshot.papers.map(({ id }, doc) => [id, doc]));
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    const started = performance.now();
    const { query, mode = DEFAULT_MODE, fusion = DEFAULT_FUSION } = request;
    const { limit, offset } = pageOf(request);
    const content = contentOf(query);
    if (content === '')
      throw new PaperSearchError('BAD_REQUEST', 'The query is empty: say what to look for.');
    const text = splitSolidWords(content, this.#lexical);
    const terms = queryTerms(text, this.#lexical);
    const { scores, above } = await RANKINGS[mode]({
      keyword: () => this.#lexical.score(terms),
      semantic: async () => this.#dense.score(await this.#encoder.encode([text])),
      fuse: FUSIONS[fusion],
    });
    const highlighted = new Set(terms.map(({ term }) => term));
    return {
      query,
      mode,
      total: countAbove(scores, above),
      limit,
      offset,
      hits: this.#hits(topK(scores, offset + limit, above), { limit, offset }, highlighted),
      tookMs: elapsed(started),
    };
  }

  async related(id: string, page: Partial<Page> = {}): Promise<RelatedResponse> {
    const started = performance.now();
    const { limit, offset } = pageOf(page);
    const doc = this.#docOf(id);
    const scores = this.#dense.score(this.#dense.vector(doc));
    scores[doc] = Number.NEGATIVE_INFINITY;
    const ranking = topK(scores, offset + limit, Number.NEGATIVE_INFINITY);
    const hits = this.#hits(ranking, { limit, offset }, NO_TERMS);
    return {
      paper: this.#paperAt(doc),
      total: scores.length - 1,
      limit,
      offset,
      tookMs: elapsed(started),
      hits,
    };
  }

  async paper(id: string): Promise<Paper> {
    return this.#paperAt(this.#docOf(id));
  }

  async stats(): Promise<IndexStats> {
    const { name, manifest } = this.#snapshot;
    const { createdAt, corpusDigest, formatVersion, counts, model, lexicalEngine, artifacts } = manifest;
    const bytes = Object.values(artifacts).reduce((sum, artifact) => sum + artifact.bytes, 0);
    return { snapshot: name, createdAt, corpusDigest, formatVersion, ...counts, model, lexicalEngine, bytes };
  }

  async warmUp(): Promise<void> {
    await this.#encoder.encode(['warm up']);
  }

  async close(): Promise<void> {
    await this.#encoder.close();
  }

  #hits(ranking: readonly Scored[], { limit, offset }: Page, terms: ReadonlySet<string>): Hit[] {
    return ranking.slice(offset, offset + limit).map(({ doc, score }, index) => {
      const paper = this.#paperAt(doc);
      return { rank: offset + index + 1, score, paper, highlights: highlightsOf(paper, terms) };
    });
  }

  #docOf(id: string): number {
    const doc = this.#docs.get(id);
    if (doc !== undefined) return doc;
    throw new PaperSearchError(
      'NOT_FOUND',
      `There is no paper with id "${id}". Ids are those in search results.`,
      {
        details: { id },
      },
    );
  }

  #paperAt(doc: number): Paper {
    return this.#snapshot.papers[doc]!;
  }
}

const NO_TERMS: ReadonlySet<string> = new Set();

/** What every mode is made of: two ways to score all papers, and one to make one score of both. */
interface Scorers {
  keyword(): LexicalScores;
  semantic(): Promise<Float64Array>;
  readonly fuse: Fusion;
}

/** A score for every paper; those above the bound are in the ranking. */
interface Ranking {
  readonly scores: Float64Array;
  readonly above: number;
}

const RANKINGS: Readonly<Record<SearchMode, (scorers: Scorers) => Promise<Ranking>>> = {
  keyword: async ({ keyword }) => ({ scores: keyword().scores, above: 0 }),
  semantic: async ({ semantic }) => ({ scores: await semantic(), above: Number.NEGATIVE_INFINITY }),
  hybrid: async ({ keyword, semantic, fuse }) => ({
    scores: fuse(keyword(), await semantic()),
    above: Number.NEGATIVE_INFINITY,
  }),
};

function pageOf({ limit = DEFAULT_PAGE.limit, offset = DEFAULT_PAGE.offset }: Partial<Page>): Page {
  for (const [name, value] of Object.entries({ limit, offset })) {
    if (Number.isInteger(value) && value >= 0) continue;
    throw new PaperSearchError('BAD_REQUEST', `"${name}" must be a whole number, 0 or more; it is ${value}.`);
  }
  return { limit, offset };
}

/** Milliseconds since `started`, to a hundredth. */
function elapsed(started: number): number {
  return Math.round((performance.now() - started) * 100) / 100;
}
