import type { PartFigures } from './figures.ts';
import type { TunedWeights } from './weights.ts';

/** The result of tuning. */
export interface TuneReport {
  /** Folder of the index, and its current snapshot afterwards. */
  readonly index: string;
  readonly snapshot: string;
  /** Papers in the index, and how many of them were ranked for the queries. */
  readonly papers: number;
  readonly searched: number;
  readonly seed: number;
  readonly defaults: TunedWeights;
  /** The best weights on the part to fit; the defaults if no others are better. */
  readonly fitted: TunedWeights;
  readonly fit: PartFigures;
  readonly check: PartFigures;
  /** Whether the fitted weights were better on the part to check, and are used from now on. */
  readonly kept: boolean;
  readonly tookMs: number;
}

/** The current step of tuning. */
export type TuneProgress =
  | { readonly stage: 'waiting' | 'converting-model' | 'replacing-encoder' | 'writing' }
  | {
      readonly stage: 'encoding' | 'encoding-queries' | 'indexing' | 'fitting';
      readonly done: number;
      readonly total: number;
    };
