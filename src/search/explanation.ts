import type { TextField } from '../papers/fields.ts';
import type { Span } from '../text/span.ts';

/** Why a paper has its score and its place. */
export interface Explanation {
  /** The hit's score; what follows adds up to it. */
  readonly score: number;
  /** Undefined in semantic mode, and for an answer that was not ranked by words. */
  readonly keyword: KeywordExplanation | undefined;
  /** Undefined in keyword mode, and for an answer that was not ranked by words. */
  readonly semantic: SemanticExplanation | undefined;
  /** How the parts make the score; they add up to it. */
  readonly parts: readonly ScorePart[];
  /** Where the paper would be without each word of the query, of the first eight. */
  readonly without: readonly Counterfactual[];
  /** The same in a sentence. */
  readonly summary: string;
}

export interface KeywordExplanation {
  /** BM25F; the terms' scores add up to it. */
  readonly score: number;
  /** The score of a paper that matched every term as well as can be. */
  readonly most: number;
  /** 1-based place among all papers by keyword score alone; undefined when no term matches. */
  readonly rank: number | undefined;
  readonly terms: readonly TermExplanation[];
}

export interface TermExplanation {
  /** The word or words as the query has them; what a prefix or a misspelt word stands for in brackets behind it. */
  readonly text: string;
  /** As it stands in the index; two for a pair of neighbours. */
  readonly term: string;
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
  readonly cosine: number;
  /** 1-based place among all papers by cosine alone; by 8-bit codes where ranks are fused. */
  readonly rank: number;
  /** The sentence of the abstract that is nearest to the question; undefined without an abstract. */
  readonly sentence: NearestSentence | undefined;
}

/** A place in the abstract; `text` is what stands there. */
export interface NearestSentence extends Span {
  readonly text: string;
  /** Of the sentence's own vector. */
  readonly cosine: number;
}

export interface ScorePart {
  readonly name: 'keyword' | 'semantic' | 'sentence';
  /** The arithmetic in words: `0.6 × 12.1 / 20.4`. */
  readonly formula: string;
  readonly score: number;
}

/** The paper under the query without one word; its conditions are kept, and sentences are not compared. */
export interface Counterfactual {
  readonly word: string;
  /** 1-based; undefined when the paper would not be found at all. */
  readonly rank: number | undefined;
}
