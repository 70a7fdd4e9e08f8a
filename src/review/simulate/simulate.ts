import { PaperSearchError } from '../../errors.ts';
import type { Label } from '../learn/learner.ts';

/** When a simulated screening ends: with the last include, with the last paper, or after so many papers (known ones not counted). */
type SimulationEnd = 'last-include' | 'all' | number;

export interface SimulationInput {
  /** For each row of the pool, 1 for an include and 0 for an exclude. */
  readonly truth: Uint8Array;
  /** Rows that are labelled before the screening begins. None is allowed. */
  readonly known: readonly number[];
  /**
   * Ranks the pool from the labels so far: the rows to read, the next one first. Labelled rows in it are skipped, so that an order
   * that does not depend on the labels is one, too.
   */
  readonly rank: (labels: readonly Label[]) => ArrayLike<number>;
  /** Papers that are read from one ranking. Default 1: ranked again after each label. */
  readonly batch?: number | undefined;
  /** Default: `last-include`. */
  readonly until?: SimulationEnd | undefined;
  /** Called after each ranking's papers. @param read papers read. @param found includes among them. */
  readonly onRead?: ((read: number, found: number) => void) | undefined;
}

/** A simulated screening. */
export interface Simulation {
  /** Rows that were known before. */
  readonly known: readonly number[];
  /** Rows in the order in which they were read, known ones not among them. */
  readonly read: readonly number[];
}

/**
 * Screens a pool whose labels are known, as a reviewer would who reads what the learner ranks first: reads the first papers of the
 * ranking, learns their labels, ranks again. The field's way to compare learners (Cormack and Grossman, SIGIR 2014; De Bruin et
 * al., "ASReview", Nature Machine Intelligence 2021). The result depends on nothing but its input.
 * @throws PaperSearchError BAD_REQUEST for a known row that is not in the pool or is named twice, or a batch below 1.
 */
export function simulate({
  truth,
  known,
  rank,
  batch = 1,
  until = 'last-include',
  onRead,
}: SimulationInput): Simulation {
  if (!Number.isInteger(batch) || batch < 1) throw wrong(`A batch has at least 1 paper, not ${batch}.`);
  const isLabelled = new Uint8Array(truth.length);
  const labels: Label[] = [];
  const label = (row: number) => {
    isLabelled[row] = 1;
    labels.push({ row, included: truth[row] === 1 });
  };
  for (const row of known) {
    if (truth[row] === undefined) throw wrong(`Row ${row} is not in the pool of ${truth.length} papers.`);
    if (isLabelled[row]) throw wrong(`Row ${row} is known twice.`);
    label(row);
  }
  const read: number[] = [];
  const unread = truth.length - known.length;
  const most = typeof until === 'number' ? Math.min(until, unread) : unread;
  let missing = truth.reduce((sum, value) => sum + value, 0);
  for (const { included } of labels) missing -= Number(included);
  let found = 0;
  const isDone = () => read.length >= most || (until === 'last-include' && missing === 0);
  while (!isDone()) {
    const before = read.length;
    const order = rank(labels);
    for (let place = 0; place < order.length && read.length < before + batch && !isDone(); place++) {
      const row = order[place]!;
      if (isLabelled[row] !== 0) continue;
      label(row);
      read.push(row);
      found += truth[row]!;
      missing -= truth[row]!;
    }
    if (read.length === before) throw new Error('The ranking has no unread paper.');
    onRead?.(read.length, found);
  }
  return { known, read };
}

function wrong(message: string): PaperSearchError {
  return new PaperSearchError('BAD_REQUEST', message);
}
