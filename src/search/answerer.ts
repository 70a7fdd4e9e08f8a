import { splitSolidWords } from '../indexes/keyword/query-terms.ts';
import { MAX_FACET_VALUES, MAX_FACET_YEARS } from '../limits.ts';
import type { Facet } from '../papers/fields.ts';
import { stem } from '../text/stemmer.ts';
import { AnswerRanker, type RankedAnswer, type RankOptions } from './answer-ranker.ts';
import { explainHits } from './explain.ts';
import { DEFAULT_FUSION, DEFAULT_FUSION_WEIGHTS, FUSIONS } from './fuse/methods.ts';
import { highlightsOf } from './highlight.ts';
import type { OpenCorpus } from './open-corpus.ts';
import { type Question, understand } from './question.ts';
import { pageOf } from './request.ts';
import {
  DEFAULT_MODE,
  type FacetCounts,
  type Hit,
  type SearchRequest,
  type SearchResponse,
} from './searcher.ts';
import type { LazySuggestions } from './suggest/lazy-suggestions.ts';
import { type SpellingProposal, unknownWords } from './suggest/speller.ts';
import { verdictOf } from './verdict.ts';

/** Papers of a weak answer that are compared again by their sentences. */
const SECOND_LOOK_PAPERS = 10;
/** Longest query whose spelling is looked at, in UTF-16 code units: in a pasted text, words are seldom mistyped. */
const MAX_CORRECTED_LENGTH = 200;
/** A corrected query answers in place of the one that was asked when its evidence is larger by this much. */
const CLEARLY_BETTER = 0.05;
/** It is proposed when its evidence is larger by this much, and finds something relevant: else the corpus has neither. */
const BETTER = 0.02;

/** A response whose time has not been taken. */
export type Answer = Omit<SearchResponse, 'tookMs'>;

/** Answers queries over one corpus. */
export class Answerer {
  readonly #corpus: OpenCorpus;
  readonly #ranker: AnswerRanker;
  readonly #suggestions: LazySuggestions;

  /** @param suggestions read when a word may have to be corrected. */
  constructor(corpus: OpenCorpus, suggestions: LazySuggestions) {
    this.#corpus = corpus;
    this.#ranker = new AnswerRanker(corpus.indexes, corpus.attributes, corpus.sentences);
    this.#suggestions = suggestions;
  }

  /** See `Searcher.search`. @param among see `OneSnapshot.search`. */
  async answer(request: SearchRequest, among?: Uint8Array): Promise<Answer> {
    return this.#secondLook(request, await this.#answer(request, among), among);
  }

  /** What a weak answer can be replaced by: that of the query spelt as the corpus spells it, or a closer reading. */
  async #secondLook(request: SearchRequest, first: Answer, among: Uint8Array | undefined): Promise<Answer> {
    const { verdict } = first;
    if (request.secondLook === false || first.understood.ranking === '') return first;
    const didYouMean = await this.#didYouMean(request.query);
    if (verdict.level === 'strong') return didYouMean ? { ...first, didYouMean } : first;
    if (didYouMean) {
      const second = await this.#answer({ ...request, query: didYouMean.text }, among);
      const gain = second.verdict.evidence - verdict.evidence;
      if (gain >= CLEARLY_BETTER) {
        const { text, replacements } = didYouMean;
        const secondLook = { kind: 'spelling', query: text, replacements, first: verdict } as const;
        return { ...second, query: request.query, didYouMean, secondLook };
      }
      if (gain >= BETTER && second.verdict.level !== 'none') return { ...first, didYouMean };
    }
    if (verdict.level === 'none' || !canCompareSentences(request)) return first;
    const second = await this.#answer({ ...request, rerank: SECOND_LOOK_PAPERS }, among);
    return {
      ...second,
      secondLook: { kind: 'sentences', papers: Math.min(SECOND_LOOK_PAPERS, second.total), first: verdict },
    };
  }

  async #answer(request: SearchRequest, among: Uint8Array | undefined): Promise<Answer> {
    const { query, mode = DEFAULT_MODE, fusion: method = DEFAULT_FUSION, sort = 'relevance' } = request;
    const page = pageOf(request);
    const { paperAt, encode, fusionWeights } = this.#corpus;
    const question = this.#understand(request, among);
    const options = {
      mode,
      fusion: FUSIONS[method](fusionWeights),
      sort,
      rerank: request.rerank ?? 0,
      page,
      encode,
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

  /**
   * The relevant papers of an answer, which `facets` count, as positions and scores: the best first, so many at most.
   * Of a query that was answered as it should have been spelt, those of that.
   */
  async relevant(
    request: SearchRequest,
    most: number,
  ): Promise<{ docs: number[]; scores: number[]; total: number }> {
    const { secondLook } = await this.answer({
      ...request,
      limit: 1,
      offset: 0,
      rerank: 0,
      highlight: false,
    });
    const query = secondLook?.kind === 'spelling' ? secondLook.query : request.query;
    const question = this.#understand({ ...request, query });
    const { mode = DEFAULT_MODE, fusion: method = DEFAULT_FUSION } = request;
    const { paperAt, encode, fusionWeights } = this.#corpus;
    const fusion = FUSIONS[method](fusionWeights);
    const page = { limit: most, offset: 0 };
    const options = { mode, fusion, sort: 'relevance', rerank: 0, page, encode, paperAt } as const;
    const mask = await this.#ranker.relevant(question, options);
    const { hits } = await this.#ranker.rank(question, options);
    const lit = hits.filter(({ doc }) => mask[doc] === 1);
    return {
      docs: lit.map(({ doc }) => doc),
      scores: lit.map(({ score }) => score),
      total: mask.reduce((sum, bit) => sum + bit, 0),
    };
  }

  #understand(request: SearchRequest, among?: Uint8Array): Question {
    const { indexes, attributes, map, paperAt } = this.#corpus;
    return understand(request, { lexical: indexes.lexical, attributes, map, paperAt, among });
  }

  async #hits(
    question: Question,
    { hits }: RankedAnswer,
    options: RankOptions & { readonly explain: boolean; readonly highlight: boolean },
  ): Promise<Hit[]> {
    const { explain, highlight, mode, fusion, sort } = options;
    const papers = hits.map(({ doc }) => this.#corpus.paperAt(doc));
    const explanations =
      explain && sort === 'relevance' && question.text !== ''
        ? await explainHits(this.#corpus.indexes, question, hits, {
            mode,
            fusion,
            encode: this.#corpus.encode,
            papers,
            sentences:
              mode === 'keyword'
                ? []
                : await this.#corpus.sentences.nearest(await this.#corpus.encode(question.text), papers),
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
        facets.map((facet) => [
          facet,
          this.#corpus.attributes.count(facet, mask, facet === 'year' ? MAX_FACET_YEARS : MAX_FACET_VALUES),
        ]),
      ),
    };
  }

  /** Loads the vocabulary only for a query that has a word it may correct. */
  async #didYouMean(query: string): Promise<SpellingProposal | undefined> {
    const { lexical } = this.#corpus.indexes;
    const knows = (word: string) => lexical.hasTerm(stem(word)) || splitSolidWords(word, lexical) !== word;
    const unknown = query.length <= MAX_CORRECTED_LENGTH ? unknownWords(query, { knows }) : [];
    if (unknown.length === 0) return undefined;
    return (await this.#suggestions.get()).didYouMean(query, { knows });
  }
}

/** Whether comparing sentences can change an answer for the better. Beside fused ranks, its part would decide alone. */
function canCompareSentences(request: SearchRequest): boolean {
  const { mode = DEFAULT_MODE, fusion = DEFAULT_FUSION, sort = 'relevance', rerank = 0 } = request;
  const fusesRanks = FUSIONS[fusion](DEFAULT_FUSION_WEIGHTS).denseShare === 0;
  return sort === 'relevance' && rerank === 0 && (mode === 'semantic' || (mode === 'hybrid' && !fusesRanks));
}
