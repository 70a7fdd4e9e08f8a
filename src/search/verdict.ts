import type { SearchMode } from './mode.ts';

/** `strong`: the corpus has what was asked for. `weak`: perhaps, or only near it. `none`: nothing relevant here. */
export const VERDICTS = ['strong', 'weak', 'none'] as const;

export interface Verdict {
  readonly level: (typeof VERDICTS)[number];
  /** What the level was read from: that of the most relevant paper. Comparable between queries of one mode. */
  readonly evidence: number;
}

/**
 * How much coverage of the query by keyword (keyword score / the most it can be, 0 to 1) counts beside the cosine.
 * scripts/measurements/verdict.md has the figures behind this and the thresholds.
 */
const COVERAGE_WEIGHT = 0.25;
/** How much coverage counts by itself: a paper that has nearly all words, side by side, is what was asked for. */
const LITERAL_WEIGHT = 0.75;

/** Evidence from which an answer is weak, and from which it is strong. */
const THRESHOLDS: Readonly<Record<SearchMode, { readonly weak: number; readonly strong: number }>> = {
  hybrid: { weak: 0.42, strong: 0.6 },
  semantic: { weak: 0.38, strong: 0.5 },
  keyword: { weak: 0.2, strong: 0.45 },
};

/** The evidence of papers that fulfil all that was asked for, where that is nothing but conditions: beyond all thresholds. */
export const FULFILLED = 1;

/**
 * The least evidence of a paper whose authors have all words of the query: it is what was asked for, but names fill
 * one field of several, so that they cover little of what a query could match.
 */
export const NAMED = 0.9;

/** What speaks for a paper's relevance in hybrid mode. In the others it is the cosine or the coverage alone. */
export function hybridEvidence(coverage: number, cosine: number): number {
  return Math.max(cosine + COVERAGE_WEIGHT * coverage, LITERAL_WEIGHT * coverage);
}

/** The verdict on an answer whose most relevant paper has this evidence. */
export function verdictOf(mode: SearchMode, evidence: number): Verdict {
  const { weak, strong } = THRESHOLDS[mode];
  return { level: evidence >= strong ? 'strong' : evidence >= weak ? 'weak' : 'none', evidence };
}

/** Whether a paper with this evidence is at least weakly relevant. */
export function isRelevant(mode: SearchMode, evidence: number): boolean {
  return evidence >= THRESHOLDS[mode].weak;
}
