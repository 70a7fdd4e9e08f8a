import type { ModelRanking } from '../../encode/model-info.ts';
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

/** What calibration fits of a model. */
export interface CalibratedValues extends ModelRanking {
  /** Weight of the vector of a paper's title beside that of its whole text. */
  readonly titleWeight: number;
}

/** The result of calibrating a model. */
export interface CalibrationReport {
  readonly model: string;
  /** Folder of the index whose papers were used. */
  readonly index: string;
  /** Papers in the index, how many of them were ranked, and how many queries were made from these. */
  readonly papers: number;
  readonly searched: number;
  readonly queries: number;
  readonly seed: number;
  readonly before: CalibratedValues;
  readonly after: CalibratedValues;
  /** Mean reciprocal rank of the queries that the values were fitted to. */
  readonly 'mrr@10': { readonly before: number; readonly after: number };
  /** Whether the model has the fitted values from now on; not the bundled one. */
  readonly recorded: boolean;
  /** The current snapshot of the index if it uses the fitted values from now on. */
  readonly snapshot: string | undefined;
  /** Whether the vectors of the index have the former title weight. */
  readonly mustEncode: boolean;
  /** Whether the index has weights that `tune` fitted, which take precedence over the keyword share. */
  readonly isTuned: boolean;
  readonly tookMs: number;
}

/** The current step of tuning or calibrating. */
export type TuneProgress =
  | { readonly stage: 'waiting' | 'converting-model' | 'replacing-encoder' | 'writing' }
  | {
      readonly stage: 'encoding' | 'encoding-queries' | 'indexing' | 'fitting';
      readonly done: number;
      readonly total: number;
    };
