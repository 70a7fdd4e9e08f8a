import type { Gap } from '../quality/evaluate/gap.ts';
import type { KnownItemEvaluation } from '../quality/evaluate/known-item.ts';
import type { MeasureName } from '../quality/evaluate/measures.ts';
import { shareTaken } from '../quality/evaluate/share-taken.ts';
import type { CollectionResult } from './evaluate-collection.ts';

const LABELS: Readonly<Record<MeasureName, string>> = {
  'ndcg@10': 'nDCG@10',
  map: 'MAP',
  'mrr@10': 'MRR@10',
  'recall@10': 'recall@10',
  'recall@100': 'recall@100',
  'success@1': 'success@1',
};
const NAMES = Object.keys(LABELS) as MeasureName[];

/** One line of means per mode, then each comparison: means, difference and p of each measure. */
export function renderEvaluations(results: readonly CollectionResult[]): string {
  const means = columns([
    ['mode', 'queries', ...Object.values(LABELS)],
    ...results.map((result) => [
      result.mode,
      String(result.queries),
      ...NAMES.map((name) => fixed(result[name])),
    ]),
  ]);
  const comparisons = results.flatMap(({ against, ...result }) => {
    if (!against) return [];
    const rows = NAMES.map((name) => {
      const { difference, p } = against.comparison[name];
      return [LABELS[name], fixed(result[name]), fixed(against[name]), signed(difference), pValue(p)];
    });
    return ['', columns([['measure', result.mode, against.tag, 'difference', 'p'], ...rows])];
  });
  return [means, ...comparisons].join('\n');
}

/** One line per mode and kind of query. */
export function renderKnownItems(results: readonly KnownItemEvaluation[]): string {
  return columns([
    ['mode', 'kind', 'queries', 'success@1', 'MRR@10', 'recall@10'],
    ...results.map((result) => [
      result.mode,
      result.kind,
      String(result.queries),
      ...[result['success@1'], result['mrr@10'], result['recall@10']].map(fixed),
    ]),
  ]);
}

/** One line per measure: first stage, verifier, best possible order, and the share of the room for improvement that the verifier gains. */
export function renderGap(gap: Gap): string {
  return columns([
    ['measure', 'first', 'verifier', 'p', 'best order', 'of the room'],
    ...NAMES.map((name) => [
      LABELS[name],
      fixed(gap.first[name]),
      fixed(gap.verifier[name]),
      pValue(gap.comparison[name].p),
      fixed(gap.oracle[name]),
      `${(100 * shareTaken(gap, name)).toFixed(1)} %`,
    ]),
  ]);
}

/** Rows as lines with aligned columns: the first left-aligned, the others right-aligned. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

export const fixed = (value: number) => value.toFixed(4);
export const signed = (value: number) => (value < 0 ? '' : '+') + value.toFixed(4);
export const pValue = (p: number) => (p < 0.0001 ? '<0.0001' : p.toFixed(4));
