import { Bm25Index } from '../../indexes/keyword/bm25/bm25-index.ts';
import { DEFAULT_PARAMETERS } from '../../indexes/keyword/bm25/scoring.ts';
import { indexedTerms, type PaperSegment, selectedTerms } from '../../indexes/keyword/bm25/selected-terms.ts';
import type { CollectionStatistics } from '../../indexes/keyword/bm25/statistics.ts';
import type {
  KeywordIndex,
  KeywordTop,
  QueryTerm,
  TermScore,
  Vocabulary,
} from '../../indexes/keyword/keyword-index.ts';
import type { KeywordEstimates, KeywordScores } from '../../indexes/scores.ts';
import type { TextCondition } from '../../query/ast.ts';
import type { QueryVocabulary } from '../../search/encode.ts';
import type { Language } from '../../text/languages.ts';

/** BM25 over candidates, with the statistics and the vocabulary of the whole corpus. */
export class CandidateIndex implements KeywordIndex {
  readonly languages: readonly Language[];
  readonly solidWords: Vocabulary['solidWords'];
  readonly #papers: readonly PaperSegment[];
  readonly #vocabulary: QueryVocabulary;
  readonly #statistics: CollectionStatistics;
  readonly #terms = new Set<string>();
  #index: Bm25Index | undefined;

  /** @param papers their places are their positions. */
  constructor(
    papers: readonly PaperSegment[],
    vocabulary: QueryVocabulary,
    statistics: CollectionStatistics,
  ) {
    this.#papers = papers;
    this.#vocabulary = vocabulary;
    this.#statistics = statistics;
    this.languages = vocabulary.languages;
    this.solidWords = vocabulary.solidWords;
  }

  hasTerm(term: string): boolean {
    return this.#vocabulary.hasTerm(term);
  }

  hasTermIn(term: string, language: Language): boolean {
    return this.#vocabulary.hasTermIn(term, language);
  }

  compoundOf(term: string): readonly string[] | undefined {
    return this.#vocabulary.compoundOf(term);
  }

  isMostlyJoined(joined: string, first: string, second: string): boolean {
    return this.#vocabulary.isMostlyJoined(joined, first, second);
  }

  areNeighbours(first: string, second: string): boolean {
    return this.#vocabulary.areNeighbours(first, second);
  }

  expansions(condition: TextCondition, limit: number): string[] {
    return this.#vocabulary.expansions(condition, limit);
  }

  top(terms: readonly QueryTerm[], k: number, countAll: boolean): KeywordTop {
    return this.#over(terms).top(terms, k, countAll);
  }

  score(terms: readonly QueryTerm[]): KeywordScores {
    return this.#over(terms).score(terms);
  }

  estimate(terms: readonly QueryTerm[], shares?: Float32Array<ArrayBuffer>): KeywordEstimates {
    return this.#over(terms).estimate(terms, shares);
  }

  scoresOf(terms: readonly QueryTerm[], docs: Uint32Array): KeywordScores {
    return this.#over(terms).scoresOf(terms, docs);
  }

  countAmong(terms: readonly QueryTerm[], mask: Uint8Array): number {
    return this.#over(terms).countAmong(terms, mask);
  }

  withShare(terms: readonly QueryTerm[], share: number): ArrayLike<number> {
    return this.#over(terms).withShare(terms, share);
  }

  explain(terms: readonly QueryTerm[], doc: number): TermScore[] {
    return this.#over(terms).explain(terms, doc);
  }

  match(): boolean {
    throw new Error('Conditions are matched by the cluster, not among candidates.');
  }

  serialize(): Uint8Array[] {
    throw new Error('Candidates are not stored.');
  }

  /** An index with these terms: an explanation asks for other ones than the query. */
  #over(terms: readonly QueryTerm[]): Bm25Index {
    const before = this.#terms.size;
    for (const term of indexedTerms(terms)) this.#terms.add(term);
    if (!this.#index || this.#terms.size > before) {
      const segment = selectedTerms(this.#papers, this.#terms);
      this.#index = new Bm25Index(segment, DEFAULT_PARAMETERS, this.#statistics);
    }
    return this.#index;
  }
}
