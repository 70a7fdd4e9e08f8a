import { PaperSearchError } from '../../errors.ts';
import { LEARNER_VERSION } from '../learn/learner.ts';
import { drawKnown, type KnownCounts } from './known.ts';
import { foundInOrder, type Measures, measuresOf, recallCurveOf } from './measures.ts';
import { type CurvePoint, curveOver, type Spread, spreadOf } from './summary.ts';
import type { SeedRun, SeedStart, SimulationTask } from './task.ts';

/** Points of the recall curve after the first. */
const CURVE_POINTS = 100;

/** One run by ids of papers. */
interface ReportedRun {
  readonly seed: number;
  readonly known: readonly string[];
  /** In the order of reading, the known ones not among them. */
  readonly read: readonly string[];
  readonly measures: Measures;
}

/** What a simulation says about a learner and a pool. */
export interface SimulationReport {
  readonly learner: string;
  readonly strategy: SimulationTask['strategy'];
  readonly batch: number;
  readonly papers: number;
  readonly includes: number;
  /** Whether the learner had vectors, and scores of a search for the question. */
  readonly vectors: boolean;
  readonly question: boolean;
  readonly known: KnownCounts;
  readonly runs: readonly ReportedRun[];
  /** Over the runs. */
  readonly measures: Readonly<Record<keyof Measures, Spread>>;
  readonly curve: readonly CurvePoint[];
}

/**
 * The starts of runs with consecutive seeds.
 * @throws PaperSearchError BAD_REQUEST when the pool has too few papers of a kind, or no include is left to find.
 */
export function startsOf(
  truth: Uint8Array,
  known: KnownCounts,
  firstSeed: number,
  runs: number,
): readonly SeedStart[] {
  const includes = truth.reduce((sum, value) => sum + value, 0);
  if (includes <= known.includes) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `The pool has ${includes} ${includes === 1 ? 'include' : 'includes'}, and ${known.includes} would be known at the start: nothing would be left to find.`,
    );
  }
  return Array.from({ length: runs }, (_, i) => {
    const seed = firstSeed + i;
    return { seed, known: drawKnown(truth, known, seed) };
  });
}

/** @param ids of the rows. @param runs at least one. */
export function reportOf(
  { input, truth, strategy, batch }: SimulationTask,
  ids: readonly string[],
  known: KnownCounts,
  runs: readonly SeedRun[],
): SimulationReport {
  const idOf = (row: number) => ids[row]!;
  const reported = runs.map((run) => ({
    seed: run.seed,
    known: run.known.map(idOf),
    read: run.read.map(idOf),
    measures: measuresOf(run, truth),
  }));
  const spread = (name: keyof Measures) => spreadOf(reported.map(({ measures }) => measures[name]));
  const curves = runs.map((run) => recallCurveOf(foundInOrder(run, truth)));
  return {
    learner: LEARNER_VERSION,
    strategy,
    batch,
    papers: truth.length,
    includes: truth.reduce((sum, value) => sum + value, 0),
    vectors: input.vectors !== undefined,
    question: input.prior !== undefined,
    known,
    runs: reported,
    measures: {
      papersTo95: spread('papersTo95'),
      shareTo95: spread('shareTo95'),
      wss95: spread('wss95'),
      rrf10: spread('rrf10'),
      atd: spread('atd'),
      loss: spread('loss'),
      ndcg: spread('ndcg'),
    },
    curve: curveOver(curves, CURVE_POINTS),
  };
}
