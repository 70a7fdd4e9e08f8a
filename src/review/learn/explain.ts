import { PaperSearchError } from '../../errors.ts';
import { labelSet } from './labels.ts';
import { readOccurrences } from './occurrences.ts';
import type { PreparedPool } from './pool.ts';
import { modelOf } from './rank.ts';
import type { Explanation, Label, NearestLabel, TermReason, TermSpan } from './types.ts';
import { columnOf, keyOf } from './vocabulary.ts';

const MAX_TERMS = 20;
const MAX_NEAREST = 5;

/**
 * The reasons of the score that `rankPool` gives to the paper of a row: the terms of its text with their parts of the
 * score, and the labelled papers closest to it. The paper's own label, if it has one, is among the labels that the score
 * was learned from, but not among the nearest.
 * @throws PaperSearchError BAD_REQUEST for a row that is not in the pool, or that has more than one label.
 */
export function explainRow(pool: PreparedPool, labels: readonly Label[], row: number): Explanation {
  if (!Number.isInteger(row) || row < 0 || row >= pool.size) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `Row ${row} is not in the pool, which has rows 0 to ${pool.size - 1}.`,
      { details: { row } },
    );
  }
  const set = labelSet(labels, pool.size);
  const model = modelOf(pool, set);
  // The words are the first block, so a column's weight has the column's number.
  const terms = model ? termReasons(pool, row, model.weights) : [];
  return { terms, nearest: nearestLabels(pool, labels, row) };
}

interface Found {
  readonly term: string;
  readonly spans: TermSpan[];
}

function termReasons(pool: PreparedPool, row: number, weights: Float64Array): TermReason[] {
  const { words } = pool;
  const found = new Map<number, Found>();
  readOccurrences(pool.texts, row, (occurrence) => {
    const key = keyOf(words.vocabulary.words, occurrence);
    const column = key === undefined ? -1 : columnOf(words.vocabulary, key);
    if (column < 0) return;
    const known = found.get(column) ?? { term: occurrence.written, spans: [] };
    found.set(column, known);
    if (occurrence.span) known.spans.push(occurrence.span);
  });
  const reasons: TermReason[] = [];
  for (let i = words.starts[row]!; i < words.starts[row + 1]!; i++) {
    const column = words.columns[i]!;
    const weight = words.values[i]! * weights[column]!;
    const place = found.get(column);
    if (place && weight !== 0) reasons.push({ ...place, weight });
  }
  return reasons.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MAX_TERMS);
}

function nearestLabels(pool: PreparedPool, labels: readonly Label[], row: number): NearestLabel[] {
  return labels
    .filter((label) => label.row !== row)
    .map(({ row: other, included }) => ({ row: other, included, similarity: similarity(pool, row, other) }))
    .sort((a, b) => b.similarity - a.similarity || a.row - b.row)
    .slice(0, MAX_NEAREST);
}

function similarity({ vectors, words }: PreparedPool, a: number, b: number): number {
  let sum = 0;
  if (vectors) {
    const { values, dimensions } = vectors;
    for (let d = 0; d < dimensions; d++) sum += values[a * dimensions + d]! * values[b * dimensions + d]!;
    return sum;
  }
  let i = words.starts[a]!;
  let j = words.starts[b]!;
  while (i < words.starts[a + 1]! && j < words.starts[b + 1]!) {
    const difference = words.columns[i]! - words.columns[j]!;
    if (difference === 0) sum += words.values[i]! * words.values[j]!;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return sum;
}
