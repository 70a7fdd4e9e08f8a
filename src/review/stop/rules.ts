import { type Draws, total } from './history.ts';
import type { Opinion } from './interval.ts';
import { rankedTest } from './ranked-test.ts';
import { cumulative } from './unseen.ts';

/** What one stopping rule says. */
export interface StoppingRule {
  /** `model`, `hypergeometric` or `safe`. */
  readonly name: string;
  readonly stop: boolean;
  /** Probability that recall is below the target, where the rule states one. */
  readonly risk?: number | undefined;
  /** The rule's answer and its assumption, in one or two sentences. */
  readonly says: string;
}

/** What a rule judges: the draws, and what was found in them. */
export interface Progress {
  readonly draws: Draws;
  /** Recall to reach. */
  readonly target: number;
  /** The risk at which a rule says stop, 0 to 1. */
  readonly maxRisk: number;
  readonly opinions: readonly Opinion[];
}

/**
 * The risk that recall is below the target: the sum of those that the families of models state, at most 1. The larger one alone would
 * do if one family were right; in simulated reviews, recall at stops was then below the target more often than stated.
 * 1 before an include was found, because recall is not defined then; 0 when all papers were read.
 */
function modelRisk({ draws, target, opinions }: Progress): number {
  return riskBy(draws, target, (tooMany) =>
    Math.min(
      1,
      opinions.reduce((sum, { unseen }) => sum + 1 - cumulative(unseen, tooMany - 1), 0),
    ),
  );
}

/** The risk by the test of Callaghan and Müller-Hansen. */
function hypergeometricRisk({ draws, target }: Progress): number {
  return riskBy(draws, target, (tooMany) => rankedTest(draws, tooMany));
}

function riskBy(draws: Draws, target: number, risk: (tooMany: number) => number): number {
  const unread = draws.poolSize - draws.found.length;
  const found = total(draws.found) + draws.knownIncludes;
  const tooMany = fewestBelowTarget(found, target);
  if (tooMany > unread) return 0;
  return found === 0 ? 1 : risk(tooMany);
}

/** The fewest unseen includes with which recall is below the target. */
function fewestBelowTarget(found: number, target: number): number {
  // The target may be a share such as 0.95, whose quotient is a whole number only up to rounding.
  return Math.floor(found / target - found + 1e-9) + 1;
}

export function modelRule(progress: Progress): StoppingRule {
  const risk = modelRisk(progress);
  const { target, maxRisk } = progress;
  return {
    name: 'model',
    stop: risk <= maxRisk,
    risk,
    says: `${riskIn(risk, target)}, if includes are found ever more slowly as the easy ones run out, and none is harder to find than in a random order.`,
  };
}

export function hypergeometricRule(progress: Progress): StoppingRule {
  const risk = hypergeometricRisk(progress);
  const { target, maxRisk } = progress;
  return {
    name: 'hypergeometric',
    stop: risk <= maxRisk,
    risk,
    says: `${riskIn(risk, target)}, if includes are found at least as fast as in a random order. Nothing else is assumed, so this rule stops late.`,
  };
}

/** In a row, the papers that have to be excluded, and the share of the pool that has to be read: Boetje and van de Schoot. */
const SAFE = { excludes: 50, share: 0.1 };

/**
 * The part of the SAFE procedure's second phase that can be counted (Boetje and van de Schoot, Systematic Reviews 13:81, 2024): a tenth of
 * the pool was read, and the last 50 papers were excluded. It states no risk.
 */
export function safeRule({ draws: { poolSize, found } }: Progress): StoppingRule {
  const excludes = found.length - 1 - found.lastIndexOf(1);
  if (found.length === poolSize) return { name: 'safe', stop: true, says: 'Every paper was read.' };
  return {
    name: 'safe',
    stop: excludes >= SAFE.excludes && found.length >= SAFE.share * poolSize,
    says: `The last ${excludes} papers in a row were excluded, and ${percent(found.length / Math.max(1, poolSize))} of the pool was read. The rule wants ${SAFE.excludes} and ${percent(SAFE.share)}; it is a rule of thumb and states no risk.`,
  };
}

function riskIn(risk: number, target: number): string {
  return `The risk that recall is below ${percent(target)} is ${percent(risk)}`;
}

function percent(share: number): string {
  if (share > 0 && share < 0.001) return 'below 0.1 %';
  return `${Math.round(share * 1000) / 10} %`;
}
