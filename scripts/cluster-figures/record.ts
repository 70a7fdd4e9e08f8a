import type { SearchMode } from '../../src/search/mode.ts';
import type { ClusterCost, Latency } from './measure.ts';

/** What one engine did with one collection. */
export interface EngineFigures {
  readonly ndcg10: Readonly<Record<SearchMode, number>>;
  readonly recall100: Readonly<Record<SearchMode, number>>;
  readonly latency: Readonly<Record<SearchMode, Latency>>;
  readonly bytes: number;
  readonly ingestSeconds: number;
}

export interface Comparison {
  readonly collection: string;
  readonly papers: number;
  readonly queries: number;
  readonly embedded: EngineFigures;
  readonly cluster: EngineFigures;
  /** Bytes of the index by which ingests into the cluster find records of one paper. */
  readonly keysBytes: number;
  /** Queries whose first ten papers are the same ones in the same order in both, by mode. */
  readonly sameFirstTen: Readonly<Record<SearchMode, number>>;
}

/** The cluster when the corpus had grown to some size. */
export interface GrowthStep {
  readonly papers: number;
  readonly realTexts: number;
  readonly realVectors: number;
  /** Of this step alone. */
  readonly added: number;
  readonly ingestSeconds: number;
  readonly cost: ClusterCost;
  readonly latency: Readonly<Record<SearchMode, Latency>>;
}

export interface Growth {
  readonly steps: readonly GrowthStep[];
  /** Why it ended before the wanted size, if it did. */
  readonly ended?: string | undefined;
}

/** All that the figures are written from. */
export interface Figures {
  readonly date: string;
  readonly commit: string;
  /** What a reader has to know about how these figures came about. */
  readonly note?: string | undefined;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGB: number;
    readonly load: number;
  };
  readonly cluster: {
    readonly version: string;
    readonly nodes: number;
    readonly heapBytes: number;
  };
  readonly comparisons: readonly Comparison[];
  readonly growth?: Growth | undefined;
}
