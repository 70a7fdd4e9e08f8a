import { PaperSearchError } from '../../errors.ts';
import { isStopWord } from '../../text/stop-words.ts';
import { type LabelSet, labelSet } from './labels.ts';
import { learnedViews } from './learned.ts';
import { DEFAULTS } from './models.ts';
import { fieldsOf, readTerms } from './occurrences.ts';
import type { PreparedPool } from './pool.ts';
import { isLearned } from './rank.ts';
import type { Explanation, Label, NearestLabel, TermReason, TermSpan } from './types.ts';
import { columnOf } from './vocabulary.ts';

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
  const terms = isLearned(pool, set) ? termReasons(pool, set, row) : [];
  return { terms, nearest: nearestLabels(pool, labels, row) };
}

interface Found {
  readonly term: string;
  readonly spans: TermSpan[];
  readonly columns: Set<number>;
}

/**
 * The terms of a paper with what they add. A term that is also one of titles has the sum of both. Stop words and pairs of
 * them are a part of the score, but not a reason that a reader can use.
 */
function termReasons(pool: PreparedPool, labels: LabelSet, row: number): TermReason[] {
  const { words, texts } = pool;
  const { model, standard } = learnedViews(pool, labels, DEFAULTS)[0]!;
  const found = new Map<string, Found>();
  // All words of the pool are known.
  const numberOf = (word: string) => words.vocabulary.words.get(word)!;
  for (const field of fieldsOf(texts, row)) {
    readTerms(field, numberOf, (key, first, last, inTitle) => {
      if (isStopWord(first.surface) && isStopWord(last.surface)) return;
      const column = columnOf(words.vocabulary, key);
      if (column < 0) return;
      const name = first === last ? first.surface : `${first.surface} ${last.surface}`;
      const { start } = first;
      const { end } = last;
      const known = found.get(name) ?? { term: field.text.slice(start, end), spans: [], columns: new Set() };
      found.set(name, known);
      known.columns.add(column);
      if (field.field && !inTitle) known.spans.push({ field: field.field, start, end });
    });
  }
  const values = new Map<number, number>();
  for (let i = words.starts[row]!; i < words.starts[row + 1]!; i++) {
    values.set(words.columns[i]!, words.values[i]!);
  }
  return Array.from(found.values(), ({ term, spans, columns }) => {
    let sum = 0;
    for (const column of columns) sum += (values.get(column) ?? 0) * model.weights[column]!;
    return { term, weight: sum * standard.scale, spans };
  })
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MAX_TERMS);
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
