import { LRUCache } from 'lru-cache';
import { CodeIndex } from '../dense/code-index.ts';
import { CodeMemory } from '../dense/code-memory.ts';
import type { Encoder } from '../encode/encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { DEFAULT_FUSION, FUSIONS } from '../fusion/methods.ts';
import type { LexicalIndex } from '../lexical/lexical-index.ts';
import { queryTerms, splitSolidWords } from '../lexical/query-terms.ts';
import { contentOf } from '../query/intent.ts';
import type { Snapshot } from '../store/snapshot-reader.ts';
import { LazySuggestions } from '../suggest/lazy-suggestions.ts';
import type { Suggestion } from '../suggest/values.ts';
import type { Paper, Scored, SearchMode } from '../types.ts';
import { highlightsOf } from './highlight.ts';
import { HybridRanker, type Indexes, keywordRanking, type Ranking, semanticRanking } from './rankings.ts';
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

/** Vectors of questions that are kept: some megabytes. */
const MOST_QUERY_VECTORS = 2000;

/** The engine in this process: one open snapshot, an encoder for questions. */
export class EmbeddedSearcher implements Searcher {
  readonly #snapshot: Snapshot;
  readonly #indexes: Indexes;
  readonly #hybrid: HybridRanker;
  readonly #encoder: Encoder;
  readonly #suggestions: LazySuggestions;
  readonly #queryVectors = new LRUCache<string, Promise<Float32Array>>({ max: MOST_QUERY_VECTORS });

  /**
   * @param snapshot closed with the searcher. @param lexical over its papers.
   * @param encoder of the model that the snapshot was built with; closed with the searcher.
   * @throws PaperSearchError INDEX_CORRUPT when the vectors are damaged.
   */
  constructor(snapshot: Snapshot, lexical: LexicalIndex, encoder: Encoder) {
    this.#snapshot = snapshot;
    const codes = new CodeMemory(snapshot.papers.size, snapshot.manifest.model.dimension);
    snapshot.readCodes(codes.image);
    const vectorAt = (doc: number) => snapshot.vectors.read(doc);
    this.#indexes = { lexical, dense: new CodeIndex(codes), vectorAt };
    this.#hybrid = new HybridRanker(this.#indexes);
    this.#encoder = encoder;
    this.#suggestions = new LazySuggestions(snapshot.papers);
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    const started = performance.now();
    const { query, mode = DEFAULT_MODE, fusion = DEFAULT_FUSION } = request;
    const { limit, offset } = pageOf(request);
    const content = contentOf(query);
    if (content === '')
      throw new PaperSearchError('BAD_REQUEST', 'The query is empty: say what to look for.');
    const text = splitSolidWords(content, this.#indexes.lexical);
    const terms = queryTerms(text, this.#indexes.lexical);
    const k = this.#wanted({ limit, offset });
    const rank: Readonly<Record<SearchMode, () => Ranking | Promise<Ranking>>> = {
      keyword: () => keywordRanking(this.#indexes, terms, k),
      semantic: async () => semanticRanking(this.#indexes, await this.#encode(text), k),
      hybrid: async () => this.#hybrid.rank(terms, await this.#encode(text), k, FUSIONS[fusion]),
    };
    const { hits, total } = await rank[mode]();
    const highlighted = new Set(terms.map(({ term }) => term));
    return {
      query,
      mode,
      total,
      limit,
      offset,
      hits: this.#hits(hits, { limit, offset }, highlighted),
      tookMs: elapsed(started),
    };
  }

  async related(id: string, page: Partial<Page> = {}): Promise<RelatedResponse> {
    const started = performance.now();
    const { limit, offset } = pageOf(page);
    const doc = this.#docOf(id);
    // One more than asked for: the paper itself is nearest, or one that equals it.
    const vector = this.#indexes.vectorAt(doc).slice();
    const { hits, total } = semanticRanking(
      this.#indexes,
      vector,
      this.#wanted({ limit: limit + 1, offset }),
    );
    const others = hits.filter((hit) => hit.doc !== doc);
    return {
      paper: this.#snapshot.papers.read(doc),
      total: total - 1,
      limit,
      offset,
      hits: this.#hits(others, { limit, offset }, NO_TERMS),
      tookMs: elapsed(started),
    };
  }

  async paper(id: string): Promise<Paper> {
    return this.#snapshot.papers.read(this.#docOf(id));
  }

  async suggest(text: string, limit = DEFAULT_PAGE.limit): Promise<Suggestion[]> {
    return (await this.#suggestions.get()).complete(text, limit);
  }

  async *papers(): AsyncIterable<Paper> {
    yield* this.#snapshot.papers;
  }

  async stats(): Promise<IndexStats> {
    const { name, manifest } = this.#snapshot;
    const { createdAt, corpusDigest, formatVersion, counts, model, lexicalEngine, artifacts } = manifest;
    const bytes = Object.values(artifacts).reduce((sum, artifact) => sum + artifact.bytes, 0);
    return { snapshot: name, createdAt, corpusDigest, formatVersion, ...counts, model, lexicalEngine, bytes };
  }

  async warmUp(): Promise<void> {
    await this.#encoder.encode(['warm up']);
    this.#suggestions.prepare();
  }

  async close(): Promise<void> {
    await this.#suggestions.close();
    await this.#encoder.close();
    this.#snapshot.close();
  }

  /** The vector of a question. One that fails is not kept. */
  #encode(text: string): Promise<Float32Array> {
    const known = this.#queryVectors.get(text);
    if (known) return known;
    const vector = this.#encoder.encode([text]);
    this.#queryVectors.set(text, vector);
    vector.catch(() => this.#queryVectors.delete(text));
    return vector;
  }

  #hits(ranking: readonly Scored[], { limit, offset }: Page, terms: ReadonlySet<string>): Hit[] {
    return ranking.slice(offset, offset + limit).map(({ doc, score }, index) => {
      const paper = this.#snapshot.papers.read(doc);
      return { rank: offset + index + 1, score, paper, highlights: highlightsOf(paper, terms) };
    });
  }

  /** How many of a ranking have to be known for a page: none for one that begins behind the last paper. */
  #wanted({ limit, offset }: Page): number {
    const { size } = this.#snapshot.papers;
    return limit === 0 || offset >= size ? 0 : Math.min(offset + limit, size);
  }

  #docOf(id: string): number {
    const doc = this.#snapshot.papers.find(id);
    if (doc !== -1) return doc;
    throw new PaperSearchError(
      'NOT_FOUND',
      `There is no paper with id "${id}". Ids are those in search results.`,
      {
        details: { id },
      },
    );
  }
}

const NO_TERMS: ReadonlySet<string> = new Set();

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
