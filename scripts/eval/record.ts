import { fileURLToPath } from 'node:url';
import type { Measures } from '../../src/quality/evaluate/measures.ts';
import type { Comparison } from '../../src/quality/evaluate/significance.ts';
import { type RunFacts, readRecords } from '../bench/record.ts';
import type { SystemName } from './systems.ts';

export const RUNS = fileURLToPath(new URL('runs/', import.meta.url));

/** A run of `npm run eval` over all available collections. */
export interface EvalRecord extends RunFacts {
  readonly kind: 'quality';
  /** Papers ranked per query. */
  readonly depth: number;
  readonly collections: readonly CollectionRecord[];
}

export interface CollectionRecord {
  readonly collection: string;
  /** Papers in the index. */
  readonly papers: number;
  readonly judgments: readonly JudgmentRecord[];
  /** Other embedding models on the same papers. */
  readonly models?: readonly ModelRecord[] | undefined;
}

/** What another embedding model does on a collection. */
export interface ModelRecord {
  readonly model: string;
  readonly judgments: readonly {
    readonly qrels: string;
    readonly systems: readonly SystemRecord[];
    /** Its hybrid search, and its related papers where queries are papers, compared with those of the default model. */
    readonly hybrid: Comparison;
    readonly related?: Comparison | undefined;
  }[];
}

/** All systems on one file of judgments. */
export interface JudgmentRecord {
  readonly qrels: string;
  /** Queries with a relevant paper. */
  readonly queries: number;
  readonly systems: readonly SystemRecord[];
  /** Hybrid search compared with the better of its parts, by nDCG@10. */
  readonly gain: Comparison & { readonly over: SystemName };
  /** Hybrid search with its fallback compared with hybrid search without it. */
  readonly fallback: Comparison;
  /** The verifier compared with hybrid search without the fallback. */
  readonly gap: Comparison;
  /** Keyword search compared with bm25s, and hybrid search with RRF of bm25s and semantic search; undefined without it. */
  readonly overBm25s?: Comparison | undefined;
  readonly overPlainFusion?: Comparison | undefined;
}

export interface SystemRecord {
  readonly system: SystemName;
  /** Means over the queries. */
  readonly means: Measures;
  /** nDCG@10 of every query, four decimals, in the order of the collection, separated by spaces. */
  readonly ndcgPerQuery: string;
}

/** A run with the name of its file under `runs/`. */
export interface NamedEvalRun {
  readonly file: string;
  readonly record: EvalRecord;
}

/** The newest recorded run. */
export function newestRun(folder = RUNS): NamedEvalRun | undefined {
  return readRecords<EvalRecord>(folder, ['quality']).at(-1);
}
