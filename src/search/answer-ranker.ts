import type { FieldIndex } from '../indexes/fields/field-index.ts';
import type { Paper } from '../papers/paper.ts';
import type { RankedHit } from './explain.ts';
import type { NearestSentence } from './explanation.ts';
import type { Fusion } from './fuse/fusion.ts';
import type { SearchMode } from './mode.ts';
import { papersOfNamed } from './named-authors.ts';
import type { Question } from './question.ts';
import { HybridRanker, type Indexes, keywordRanking, type Ranking, semanticRanking } from './rankings.ts';
import type { Page, Sort } from './searcher.ts';
import type { SentenceFinder } from './sentences.ts';
import { FULFILLED, hybridEvidence, isRelevant, NAMED } from './verdict.ts';

/** How a question is to be answered. */
export interface RankOptions {
  readonly mode: SearchMode;
  readonly fusion: Fusion;
  readonly sort: Sort;
  /** See `SearchRequest.rerank`. */
  readonly rerank: number;
  readonly page: Page;
  readonly encode: (text: string) => Promise<Float32Array>;
  readonly paperAt: (doc: number) => Paper;
}

/** A page of a ranking. */
export interface RankedAnswer {
  readonly hits: readonly RankedHit[];
  readonly total: number;
  readonly evidence: number;
}

/** What a sentence that is nearer to the question than the whole adds to a score: this much of the difference. */
const SENTENCE_WEIGHT = 0.2;

/** Makes rankings of the papers of one snapshot. */
export class AnswerRanker {
  readonly #indexes: Indexes;
  readonly #attributes: FieldIndex;
  readonly #hybrid: HybridRanker;
  readonly #sentences: SentenceFinder;

  constructor(indexes: Indexes, attributes: FieldIndex, sentences: SentenceFinder) {
    this.#indexes = indexes;
    this.#attributes = attributes;
    this.#hybrid = new HybridRanker(indexes);
    this.#sentences = sentences;
  }

  /** The page of an answer, in the order that was asked for. */
  async rank(question: Question, options: RankOptions): Promise<RankedAnswer> {
    const answer = await this.#ordered(question, options);
    if (question.onlyConditions && answer.total > 0) return { ...answer, evidence: FULFILLED };
    return answer.evidence < NAMED && this.#named(question, options.mode)
      ? { ...answer, evidence: NAMED }
      : answer;
  }

  /** The papers whose authors the question names, in the modes that know of authors. */
  #named({ text, allowed }: Question, mode: SearchMode): Uint8Array | undefined {
    if (mode === 'semantic' || text === '') return undefined;
    return papersOfNamed(this.#indexes.lexical, text, this.#attributes.size, allowed);
  }

  async #ordered(question: Question, options: RankOptions): Promise<RankedAnswer> {
    const { page, sort } = options;
    if (question.text === '') return this.#inOrder(question, sort === 'title' ? 'title' : 'date', page, 0);
    if (sort === 'relevance') return this.#byRelevance(question, options);
    const { evidence } = await this.#ranking(question, options, 1);
    return this.#inOrder(question, sort, page, evidence, await this.relevant(question, options));
  }

  /** The relevant papers: one byte a paper. See `FacetCounts.papers`. */
  async relevant(
    question: Question,
    { mode, encode }: Pick<RankOptions, 'mode' | 'encode'>,
  ): Promise<Uint8Array> {
    const { text, terms, allowed, asksForText } = question;
    const { lexical, dense } = this.#indexes;
    if (allowed && (asksForText || text === '')) return allowed.mask;
    const vector = mode === 'keyword' ? undefined : await encode(text);
    const cosines = vector && dense.score(vector, allowed?.mask).scores;
    const { scores, most } = lexical.score(mode === 'semantic' ? [] : terms);
    const perPoint = most > 0 ? 1 / most : 0;
    const named = this.#named(question, mode);
    return Uint8Array.from(scores, (score, doc) => {
      if (named?.[doc] === 1) return 1;
      if (allowed?.mask[doc] === 0) return 0;
      const coverage = perPoint * score;
      const cosine = cosines?.[doc] ?? 0;
      const evidence =
        mode === 'keyword' ? coverage : mode === 'semantic' ? cosine : hybridEvidence(coverage, cosine);
      return isRelevant(mode, evidence) ? 1 : 0;
    });
  }

  async #byRelevance(question: Question, options: RankOptions): Promise<RankedAnswer> {
    const { page, mode } = options;
    const rerank = mode === 'keyword' ? 0 : options.rerank;
    const k = Math.max(this.#wanted(page), rerank);
    const { hits, total, evidence } = await this.#ranking(question, options, k);
    const ranked = hits.map((hit, i) => ({ ...hit, rank: i + 1, firstRank: i + 1, sentenceBonus: 0 }));
    const first = await this.#reranked(question, ranked.slice(0, rerank), options);
    const all = [...first, ...ranked.slice(rerank)];
    return { hits: all.slice(page.offset, page.offset + page.limit), total, evidence };
  }

  /** Adds to the score of each hit for its nearest sentence: never less, so they stay before all others. */
  async #reranked(
    question: Question,
    hits: readonly RankedHit[],
    options: RankOptions,
  ): Promise<RankedHit[]> {
    if (hits.length === 0) return [];
    const vector = await options.encode(question.text);
    const sentences = await this.#sentences.nearest(
      vector,
      hits.map(({ doc }) => options.paperAt(doc)),
    );
    const cosines = this.#indexes.dense.score(vector).scores;
    return hits
      .map((hit, i) => {
        const sentenceBonus = bonusOf(sentences[i], cosines[hit.doc]!);
        return { ...hit, score: hit.score + sentenceBonus, sentenceBonus };
      })
      .sort((a, b) => b.score - a.score || a.doc - b.doc)
      .map((hit, i) => ({ ...hit, rank: i + 1 }));
  }

  async #ranking(
    { text, terms, allowed, asksForText }: Question,
    options: RankOptions,
    k: number,
  ): Promise<Ranking> {
    const { mode, fusion, encode } = options;
    const indexes = this.#indexes;
    if (mode === 'keyword') return keywordRanking(indexes, terms, k, allowed, !asksForText);
    const vector = await encode(text);
    if (mode === 'semantic') return semanticRanking(indexes, vector, k, allowed);
    return this.#hybrid.rank(terms, vector, k, fusion, allowed);
  }

  /** A page in an order that has nothing to do with the question. @param mask default: the allowed papers. */
  #inOrder(
    { allowed }: Question,
    order: 'date' | 'title',
    { offset, limit }: Page,
    evidence: number,
    mask = allowed?.mask ?? new Uint8Array(this.#attributes.size).fill(1),
  ): RankedAnswer {
    const docs = this.#attributes.order(order, mask, offset, limit);
    const hits = docs.map((doc, i) => {
      const rank = offset + i + 1;
      return { doc, score: 0, rank, firstRank: rank, sentenceBonus: 0 };
    });
    return { hits, total: mask.reduce((sum, bit) => sum + bit, 0), evidence };
  }

  /** How many of a ranking have to be known for a page: none for one that begins behind the last paper. */
  #wanted({ limit, offset }: Page): number {
    const { size } = this.#attributes;
    return limit === 0 || offset >= size ? 0 : Math.min(offset + limit, size);
  }
}

function bonusOf(sentence: NearestSentence | undefined, cosine: number): number {
  return sentence ? SENTENCE_WEIGHT * Math.max(0, sentence.cosine - cosine) : 0;
}
