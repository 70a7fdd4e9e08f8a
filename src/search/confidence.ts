import { BUNDLED_RANKING, type ModelRanking } from '../encode/model-info.ts';
import type { SearchMode } from './mode.ts';
import type { SpellingProposal } from './suggest/speller.ts';

/** `strong`: the corpus has relevant papers. `weak`: perhaps, or only something near. `none`: nothing relevant. */
export const CONFIDENCE_LEVELS = ['strong', 'weak', 'none'] as const;
type ConfidenceLevel = (typeof CONFIDENCE_LEVELS)[number];

/** How likely an answer contains relevant papers. */
export interface Confidence {
  readonly level: ConfidenceLevel;
  /** The score of the most relevant paper, from which the level follows. Comparable between queries of one mode. */
  readonly score: number;
}

/**
 * What was tried after a first answer that was not strong. `first` is the confidence in that answer, and `tookMs` how long
 * it took (milliseconds): comparing sentences can take seconds.
 */
export type Fallback =
  | {
      /** Words that the corpus does not contain were replaced: this is the answer to the corrected query. */
      readonly kind: 'spelling';
      readonly query: string;
      readonly replacements: SpellingProposal['replacements'];
      readonly first: Confidence;
      readonly tookMs: number;
    }
  | {
      /** The first papers were reranked by their sentences. */
      readonly kind: 'sentences';
      /** How many papers. */
      readonly papers: number;
      readonly first: Confidence;
      readonly tookMs: number;
    };

/**
 * The weight of the query's coverage by keyword (keyword score / maximum score, 0 to 1) added to the cosine.
 * scripts/measurements/confidence.md has the figures for this and the thresholds.
 */
const COVERAGE_WEIGHT = 0.25;
/** The weight of coverage by itself: a paper that has nearly all words, next to each other, is relevant. */
const LITERAL_WEIGHT = 0.85;

/** Least distance of the cosines that mean weak and strong: closer ones would make a step of the scale. */
const MIN_DISTANCE = 0.01;

/** The lowest scores of a weak and of a strong answer, with cosines on the scale of the bundled model's. */
export const THRESHOLDS: Readonly<Record<SearchMode, { readonly weak: number; readonly strong: number }>> = {
  hybrid: { weak: 0.42, strong: 0.6 },
  semantic: BUNDLED_RANKING.confidence,
  keyword: { weak: 0.19, strong: 0.4 },
};

/**
 * Cosines of a model on the scale of the bundled model's, for which the numbers above are: factor × cosine + offset.
 */
export interface CosineScale {
  readonly factor: number;
  readonly offset: number;
}

/** The scale on which the cosines that mean weak and strong for a model are those that mean it for the bundled one. */
export function cosineScale({ confidence: { weak, strong } }: ModelRanking): CosineScale {
  const { semantic } = THRESHOLDS;
  if (weak === semantic.weak && strong === semantic.strong) return { factor: 1, offset: 0 };
  const factor = (semantic.strong - semantic.weak) / Math.max(strong - weak, MIN_DISTANCE);
  return { factor, offset: semantic.weak - factor * weak };
}

/** The score of papers that match a query with only conditions: above every threshold. */
export const MATCHED = 1;

/**
 * The lowest score of a paper whose authors have all words of the query: it is relevant, but names fill only one of
 * several fields, so that they cover little of what a query could match.
 */
export const NAMED = 0.9;

/**
 * How likely a paper is relevant in hybrid mode. In the other modes it is the cosine or the coverage alone.
 * @param cosine on the scale of the bundled model's.
 */
export function hybridConfidence(coverage: number, cosine: number): number {
  return Math.max(cosine + COVERAGE_WEIGHT * coverage, literalConfidence(coverage));
}

/** The part of `hybridConfidence` that is linear in a paper's keyword score and cosine. */
export interface Evidence {
  readonly keywordFactor: number;
  readonly cosineFactor: number;
  readonly offset: number;
}

/** @param perPoint the coverage of one point of a keyword score. @param scale of the cosines. */
export function evidenceOf(perPoint: number, { factor, offset }: CosineScale): Evidence {
  return { keywordFactor: COVERAGE_WEIGHT * perPoint, cosineFactor: factor, offset };
}

/** The other part of `hybridConfidence`: that of coverage by itself. */
export function literalConfidence(coverage: number): number {
  return LITERAL_WEIGHT * coverage;
}

/** The least coverage by which a paper is relevant in hybrid mode whatever its cosine is. */
export const LITERAL_COVERAGE = THRESHOLDS.hybrid.weak / LITERAL_WEIGHT;

/**
 * How likely a paper without a vector is relevant in hybrid mode: its coverage on the scale of that mode, so that it is weakly
 * and strongly relevant where it is by keyword. In proportion between these points.
 */
export function hybridOfKeyword(coverage: number): number {
  const { keyword, hybrid } = THRESHOLDS;
  const between = (low: number, high: number, from: number, to: number) =>
    from + ((coverage - low) * (to - from)) / (high - low);
  if (coverage < keyword.weak) return between(0, keyword.weak, 0, hybrid.weak);
  if (coverage < keyword.strong) return between(keyword.weak, keyword.strong, hybrid.weak, hybrid.strong);
  return between(keyword.strong, 1, hybrid.strong, 1);
}

/** The confidence in an answer whose most relevant paper has this score. */
export function confidenceOf(mode: SearchMode, score: number): Confidence {
  const { weak, strong } = THRESHOLDS[mode];
  return { level: score >= strong ? 'strong' : score >= weak ? 'weak' : 'none', score };
}

/** The lowest score of a paper that is at least weakly relevant. */
export function weakest(mode: SearchMode): number {
  return THRESHOLDS[mode].weak;
}

/** Whether a paper with this score is at least weakly relevant. */
export function isRelevant(mode: SearchMode, score: number): boolean {
  return score >= THRESHOLDS[mode].weak;
}
