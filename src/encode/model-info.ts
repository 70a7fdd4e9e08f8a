/** An embedding model, as a manifest records it. */
export interface ModelInfo {
  readonly name: string;
  /** Numbers in a vector. */
  readonly dimension: number;
  /** Tokens the model reads at once, its special tokens included. */
  readonly maxTokens: number;
  /** In hex: equal digests mean equal vectors of papers. */
  readonly digest: string;
  /** How papers are ranked by its vectors. Default: as by those of the bundled model. */
  readonly ranking?: ModelRanking | undefined;
}

/** How the vectors of tokens become the vector of a text: their mean, or the vector of the first token. */
export const POOLINGS = ['mean', 'cls'] as const;
export type Pooling = (typeof POOLINGS)[number];

/** How papers are ranked by the vectors of a model. Cosines of different models are not on the same scale. */
export interface ModelRanking {
  /** Weight of the keyword score in a hybrid score, 0 to 1; the rest is the cosine's. */
  readonly keywordShare: number;
  /** The same for the similarity of two papers. */
  readonly relatedKeywordShare: number;
  /**
   * Weight of the feedback vector beside the query's: the mean of the vectors of the first papers, weighted by their
   * scores. 0 for no feedback.
   */
  readonly feedback: number;
  /** Cosines from which the nearest paper of a query is weakly and strongly relevant. */
  readonly confidence: { readonly weak: number; readonly strong: number };
}

/** The values of the bundled model. scripts/measurements/{fusion,related,confidence}.md have the figures behind them. */
export const BUNDLED_RANKING: ModelRanking = {
  keywordShare: 0.65,
  relatedKeywordShare: 0.5,
  feedback: 0,
  confidence: { weak: 0.38, strong: 0.5 },
};

/** How papers are ranked by the vectors of a model. */
export function rankingOf({ ranking = BUNDLED_RANKING }: Pick<ModelInfo, 'ranking'>): ModelRanking {
  return ranking;
}
