import { LRUCache } from 'lru-cache';
import { stem } from '../analysis/stemmer.ts';
import { Attributes } from '../attributes/attributes.ts';
import type { Facet } from '../attributes/facets.ts';
import { CodeIndex } from '../dense/code-index.ts';
import { CodeMemory } from '../dense/code-memory.ts';
import type { Encoder } from '../encode/encoder.ts';
import { PaperSearchError } from '../errors.ts';
import { DEFAULT_FUSION, DEFAULT_FUSION_WEIGHTS, FUSIONS } from '../fusion/methods.ts';
import type { LexicalIndex } from '../lexical/lexical-index.ts';
import { splitSolidWords } from '../lexical/query-terms.ts';
import { matchFilters } from '../matching/filters.ts';
import { contentOf } from '../query/intent.ts';
import type { Snapshot } from '../store/snapshot-reader.ts';
import { LazySuggestions } from '../suggest/lazy-suggestions.ts';
import { type SpellingProposal, unknownWords } from '../suggest/speller.ts';
import type { Suggestion } from '../suggest/values.ts';
import type { Paper } from '../types.ts';
import { AnswerRanker, type RankedAnswer, type RankOptions } from './answer-ranker.ts';
import { explainHits } from './explain.ts';
import { highlightsOf } from './highlight.ts';
import { kinshipRanking, type Seed, seedTerms, seedTexts } from './kinship.ts';
import { type Question, understand } from './question.ts';
import type { Indexes } from './rankings.ts';
import {
  DEFAULT_MODE,
  DEFAULT_PAGE,
  type FacetCounts,
  type Hit,
  type IndexStats,
  type Page,
  type RelatedRequest,
  type RelatedResponse,
  type Searcher,
  type SearchRequest,
  type SearchResponse,
} from './searcher.ts';
import { SentenceFinder } from './sentences.ts';
import { verdictOf } from './verdict.ts';

/** Vectors of questions that are kept: some megabytes. */
const MOST_QUERY_VECTORS = 2000;
/** Values of a facet that are told. */
const MOST_FACET_VALUES = 20;
/** Papers of a weak answer that are compared again by their sentences. */
const SECOND_LOOK_PAPERS = 10;
/** A corrected query answers in place of the one that was asked when its evidence is larger by this much. */
const CLEARLY_BETTER = 0.05;

/** The engine in this process: one open snapshot, an encoder for questions. */
export class EmbeddedSearcher implements Searcher {
  readonly #snapshot: Snapshot;
  readonly #indexes: Indexes;
  readonly #attributes: Attributes;
  readonly #encoder: Encoder;
  readonly #sentences: SentenceFinder;
  readonly #ranker: AnswerRanker;
  readonly #suggestions: LazySuggestions;
  readonly #queryVectors = new LRUCache<string, Promise<Float32Array>>({ max: MOST_QUERY_VECTORS });

  /**
   * @param snapshot closed with the searcher. @param lexical over its papers.
   * @param encoder of the model that the snapshot was built with; closed with the searcher.
   * @throws PaperSearchError INDEX_CORRUPT when the vectors or the attributes are damaged.
   */
  constructor(snapshot: Snapshot, lexical: LexicalIndex, encoder: Encoder) {
    this.#snapshot = snapshot;
    const codes = new CodeMemory(snapshot.papers.size, snapshot.manifest.model.dimension);
    snapshot.readCodes(codes.image);
    const vectorAt = (doc: number) => snapshot.vectors.read(doc);
    this.#indexes = { lexical, dense: new CodeIndex(codes), vectorAt };
    this.#attributes = new Attributes(snapshot.readAttributes());
    this.#encoder = encoder;
    this.#sentences = new SentenceFinder(encoder);
    this.#ranker = new AnswerRanker(this.#indexes, this.#attributes, this.#sentences);
    this.#suggestions = new LazySuggestions(snapshot.papers);
  }

  async search(request: SearchRequest): Promise<SearchResponse> {
    const started = performance.now();
    const first = await this.#answer(request);
    const answer = await this.#secondLook(request, first);
    return { ...answer, tookMs: elapsed(started) };
  }

  /** What a weak answer can be replaced by: that of the query spelt as the corpus spells it, or a closer reading. */
  async #secondLook(request: SearchRequest, first: Answer): Promise<Answer> {
    const { verdict } = first;
    if (verdict.level === 'strong' || request.secondLook === false || first.understood.ranking === '')
      return first;
    const didYouMean = await this.#didYouMean(request.query);
    if (didYouMean) {
      const second = await this.#answer({ ...request, query: didYouMean.text });
      if (second.verdict.evidence < verdict.evidence + CLEARLY_BETTER) return { ...first, didYouMean };
      const { text, replacements } = didYouMean;
      const secondLook = { kind: 'spelling', query: text, replacements, first: verdict } as const;
      return { ...second, query: request.query, didYouMean, secondLook };
    }
    if (verdict.level === 'none' || !canCompareSentences(request)) return first;
    const second = await this.#answer({ ...request, rerank: SECOND_LOOK_PAPERS });
    return {
      ...second,
      secondLook: { kind: 'sentences', papers: Math.min(SECOND_LOOK_PAPERS, second.total), first: verdict },
    };
  }

  async #answer(request: SearchRequest): Promise<Answer> {
    const { query, mode = DEFAULT_MODE, fusion: method = DEFAULT_FUSION, sort = 'relevance' } = request;
    const page = pageOf(request);
    const { lexical } = this.#indexes;
    const paperAt = (doc: number) => this.#snapshot.papers.read(doc);
    const question = understand(request, { lexical, attributes: this.#attributes, paperAt });
    const options = {
      mode,
      fusion: FUSIONS[method](this.#snapshot.manifest.tuning ?? DEFAULT_FUSION_WEIGHTS),
      sort,
      rerank: wholeNumber('rerank', request.rerank ?? 0),
      page,
      encode: (text: string) => this.#encode(text),
      paperAt,
    };
    const ranked = await this.#ranker.rank(question, options);
    const facets = request.facets?.length
      ? this.#facets(request.facets, await this.#ranker.relevant(question, options))
      : undefined;
    return {
      query,
      mode,
      understood: question.understood,
      verdict: verdictOf(mode, ranked.evidence),
      total: ranked.total,
      ...page,
      ...(facets && { facets }),
      hits: await this.#hits(question, ranked, {
        ...options,
        explain: request.explain ?? false,
        highlight: request.highlight ?? true,
      }),
    };
  }

  async #hits(
    question: Question,
    { hits }: RankedAnswer,
    options: RankOptions & { readonly explain: boolean; readonly highlight: boolean },
  ): Promise<Hit[]> {
    const { explain, highlight, mode, fusion, sort } = options;
    const papers = hits.map(({ doc }) => this.#snapshot.papers.read(doc));
    const explanations =
      explain && sort === 'relevance' && question.text !== ''
        ? await explainHits(this.#indexes, question, hits, {
            mode,
            fusion,
            encode: (text) => this.#encode(text),
            sentences:
              mode === 'keyword'
                ? []
                : await this.#sentences.nearest(await this.#encode(question.text), papers),
          })
        : [];
    return hits.map(({ rank, score }, i) => ({
      rank,
      score,
      paper: papers[i]!,
      highlights: highlight ? highlightsOf(papers[i]!, question.highlighted) : [],
      ...(explanations[i] && { explanation: explanations[i] }),
    }));
  }

  #facets(facets: readonly Facet[], mask: Uint8Array): FacetCounts {
    return {
      papers: mask.reduce((sum, bit) => sum + bit, 0),
      values: Object.fromEntries(
        facets.map((facet) => [facet, this.#attributes.count(facet, mask, MOST_FACET_VALUES)]),
      ),
    };
  }

  /** Loads the vocabulary only for a query that has a word it may correct. */
  async #didYouMean(query: string): Promise<SpellingProposal | undefined> {
    const { lexical } = this.#indexes;
    const knows = (word: string) => lexical.hasTerm(stem(word)) || splitSolidWords(word, lexical) !== word;
    if (unknownWords(query, { knows }).length === 0) return undefined;
    return (await this.#suggestions.get()).didYouMean(query, { knows });
  }

  async related(request: RelatedRequest): Promise<RelatedResponse> {
    const started = performance.now();
    const { text, mode = DEFAULT_MODE, filters } = request;
    const page = pageOf(request);
    const positive = this.#papersOf(request.positive ?? []);
    const negative = this.#papersOf(request.negative ?? []);
    const about = text?.trim() ? text : undefined;
    if (positive.length === 0 && about === undefined) {
      throw new PaperSearchError('BAD_REQUEST', 'Give a paper or a text to find the kin of.');
    }
    const { lexical } = this.#indexes;
    const allowed = filters && matchFilters(filters, { lexical, attributes: this.#attributes });
    const seeds = positive.map((paper) => this.#seedOf(paper));
    if (about !== undefined) seeds.push(await this.#textSeed(about));
    const away = negative.map((paper) => this.#seedOf(paper));
    const { hits, total } = kinshipRanking(
      this.#indexes,
      seeds,
      away,
      mode,
      page.offset + page.limit,
      allowed,
    );
    return {
      seeds: { positive, negative, text: about },
      mode,
      total,
      ...page,
      hits: hits.slice(page.offset).map(({ doc, score, nearest }, i) => {
        const paper = this.#snapshot.papers.read(doc);
        const highlighted = new Set(nearest.sharedTerms.map(({ term }) => term));
        return {
          rank: page.offset + i + 1,
          score,
          paper,
          highlights: highlightsOf(paper, highlighted),
          nearest: { ...nearest, sharedTerms: nearest.sharedTerms.map(({ text: word }) => word) },
        };
      }),
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
    const { createdAt, corpusDigest, formatVersion, counts, model, lexicalEngine, tuning, artifacts } =
      manifest;
    const bytes = Object.values(artifacts).reduce((sum, artifact) => sum + artifact.bytes, 0);
    return {
      snapshot: name,
      createdAt,
      corpusDigest,
      formatVersion,
      ...counts,
      model,
      lexicalEngine,
      tuning,
      bytes,
    };
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

  /** Each different paper once. */
  #papersOf(ids: readonly string[]): Paper[] {
    return [...new Set(ids)].map((id) => this.#snapshot.papers.read(this.#docOf(id)));
  }

  #seedOf(paper: Paper): Seed {
    const doc = this.#docOf(paper.id);
    const texts = seedTexts(paper);
    return {
      id: paper.id,
      doc,
      text: texts.join('\n'),
      terms: seedTerms(texts, this.#indexes),
      vector: this.#indexes.vectorAt(doc).slice(),
    };
  }

  async #textSeed(text: string): Promise<Seed> {
    const content = contentOf(text);
    const vector = await this.#encode(content);
    return {
      id: undefined,
      doc: undefined,
      text: content,
      terms: seedTerms([content], this.#indexes),
      vector,
    };
  }

  #docOf(id: string): number {
    const doc = this.#snapshot.papers.find(id);
    if (doc !== -1) return doc;
    throw new PaperSearchError(
      'NOT_FOUND',
      `There is no paper with id "${id}". Ids are those in search results.`,
      { details: { id } },
    );
  }
}

/** A response whose time has not been taken. */
type Answer = Omit<SearchResponse, 'tookMs'>;

/** Whether comparing sentences can change an answer for the better. Beside fused ranks, its part would decide alone. */
function canCompareSentences(request: SearchRequest): boolean {
  const { mode = DEFAULT_MODE, fusion = DEFAULT_FUSION, sort = 'relevance', rerank = 0 } = request;
  const fusesRanks = FUSIONS[fusion](DEFAULT_FUSION_WEIGHTS).denseShare === 0;
  return sort === 'relevance' && rerank === 0 && (mode === 'semantic' || (mode === 'hybrid' && !fusesRanks));
}

function pageOf({ limit = DEFAULT_PAGE.limit, offset = DEFAULT_PAGE.offset }: Partial<Page>): Page {
  return { limit: wholeNumber('limit', limit), offset: wholeNumber('offset', offset) };
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0) return value;
  throw new PaperSearchError('BAD_REQUEST', `"${name}" must be a whole number, 0 or more; it is ${value}.`);
}

/** Milliseconds since `started`, to a hundredth. */
function elapsed(started: number): number {
  return Math.round((performance.now() - started) * 100) / 100;
}
