import type { TextField } from '../../papers/fields.ts';
import type { Span } from '../../text/span.ts';
import type { BonusName } from '../rerank/reranker.ts';

/** Why a paper has its score and its rank. */
export interface Explanation {
  /** The hit's score: the sum of `parts`. */
  readonly score: number;
  /** Undefined in semantic mode, and for an answer that was not ranked by words. */
  readonly keyword: KeywordExplanation | undefined;
  /** Undefined in keyword mode, for an answer that was not ranked by words, and for a paper without a vector yet. */
  readonly semantic: SemanticExplanation | undefined;
  /** The parts of the score; they add up to it. */
  readonly parts: readonly ScorePart[];
  /** The rank of the paper without each of the first eight words of the query. */
  readonly without: readonly Counterfactual[];
  /** A summary in a sentence or two. */
  readonly summary: string;
}

export interface KeywordExplanation {
  /** BM25F: the sum of the terms' scores. */
  readonly score: number;
  /** The maximum score of the query: every term matches as well as possible. */
  readonly most: number;
  /** 1-based rank among all papers by keyword score alone; undefined when no term matches. */
  readonly rank: number | undefined;
  readonly terms: readonly TermExplanation[];
}

export interface TermExplanation {
  /** The word or words in the query; for a prefix or a misspelt word, the word that it matches follows in brackets. */
  readonly text: string;
  /** The term in the index; two terms for a bigram. */
  readonly term: string;
  /** How often the query has the word, where that is more than once: such a word counts more. */
  readonly count?: number | undefined;
  readonly documentFrequency: number;
  readonly score: number;
  /** The fields' shares of the score. */
  readonly fields: readonly {
    readonly field: TextField;
    readonly frequency: number;
    readonly score: number;
  }[];
}

interface SemanticExplanation {
  /** Of the paper and the query; with feedback, the query with feedback. */
  readonly cosine: number;
  /** 1-based rank among all papers by cosine alone; by 8-bit codes where ranks are fused. */
  readonly rank: number;
  /** The sentence of the abstract that is nearest to the query; undefined without an abstract. */
  readonly sentence: NearestSentence | undefined;
  /** Absent where the query got no feedback. */
  readonly feedback?: FeedbackExplanation;
}

/** Where the vector of a query with feedback comes from. */
export interface FeedbackExplanation {
  /** The first papers before feedback, best first: their vectors were added to the query's. */
  readonly papers: readonly { readonly id: string; readonly title: string }[];
  /** Of the paper and the query alone. */
  readonly cosine: number;
}

/** A span of the abstract, and its text. */
export interface NearestSentence extends Span {
  readonly text: string;
  /** The cosine of the sentence's own vector and the query's. */
  readonly cosine: number;
}

export interface ScorePart {
  readonly name: 'keyword' | 'semantic' | BonusName;
  /** The arithmetic in words: `0.6 × 12.1 / 20.4`. */
  readonly formula: string;
  readonly score: number;
}

/** The paper's rank without one word of the query; conditions are kept, and nothing is reranked. */
export interface Counterfactual {
  readonly word: string;
  /** 1-based; undefined when the paper would not be found. */
  readonly rank: number | undefined;
}
