import type { PartFigures } from './figures.ts';
import type { TunedWeights } from './weights.ts';

/** What tuning found, and what became of it. */
export interface TuneReport {
  /** Folder of the index, and its current snapshot afterwards. */
  readonly index: string;
  readonly snapshot: string;
  /** Papers in the index, and how many of them the queries were put to. */
  readonly papers: number;
  readonly searched: number;
  readonly seed: number;
  readonly defaults: TunedWeights;
  /** The best found on the part to fit; the defaults where nothing is better. */
  readonly fitted: TunedWeights;
  readonly fit: PartFigures;
  readonly check: PartFigures;
  /** Whether the fitted weights won on the part to check, and are used from now on. */
  readonly kept: boolean;
  readonly tookMs: number;
}

/** What tuning is busy with. */
export type TuneProgress =
  | { readonly stage: 'waiting' | 'converting-model' | 'writing' }
  | {
      readonly stage: 'encoding' | 'encoding-queries' | 'indexing' | 'fitting';
      readonly done: number;
      readonly total: number;
    };
