import type { RunRecord } from './record.ts';
import { reported } from './report/select.ts';
import { latencyTable, setNames, shortTable } from './report/tables.ts';

/** What `--quick` measures unless the command line says otherwise: a few minutes on two cores. */
export const QUICK = {
  sizes: [10_000],
  engines: [
    'minisearch-same',
    'flexsearch',
    'sqlite-fts5',
    'tantivy',
    'bm25s',
    'usearch-exact',
    'query-encoding',
  ],
  queries: 60,
  rounds: 3,
  queryBudget: 4,
} as const;

/** Real vectors that `--quick` encodes if the cache has fewer; the others are perturbed copies of these. */
export const QUICK_VECTORS = 600;

/** The tables of a run as text for a terminal. */
export function quickText(record: RunRecord): string {
  const parts = reported([{ file: 'quick', record }]).flatMap((measured) => [
    `${record.kind}, ${measured.size.papers} papers`,
    shortTable(measured),
    ...setNames(measured.size).flatMap((set) => [`Queries: ${set}`, latencyTable(measured, set)]),
  ]);
  return `${parts.join('\n\n')}\n\n`;
}
