import type { Calibration } from './calibration.ts';
import type { Load, LoadResult } from './http-load.ts';
import { RUNS, type RunFacts, readRecords } from './record.ts';
import type { LoopDelay } from './server-process.ts';
import type { Summary } from './statistics.ts';

interface ServedFacts extends RunFacts {
  /** Cores in the format of `taskset`, or "all". */
  readonly pinnedTo: string;
  readonly papers: number;
  readonly calibration: readonly Calibration[];
}

/** A run of `bench:http`. */
export interface HttpRecord extends ServedFacts {
  readonly kind: 'http';
  readonly secondsALevel: number;
  readonly loads: readonly HttpLoadRecord[];
}

/** One kind of requests: up to saturation, and at half of its rate. */
export interface HttpLoadRecord {
  readonly load: Load;
  readonly rising: readonly LoadResult[];
  readonly half: LoadResult & { readonly loopDelay: LoopDelay };
}

/** A run of `open.ts`. */
export interface OpenRecord extends ServedFacts {
  readonly kind: 'open';
  readonly modes: readonly OpenModeRecord[];
}

/** The first answers of one mode. */
export interface OpenModeRecord {
  readonly mode: 'keyword' | 'semantic';
  readonly loadedMs: Summary;
  readonly openedMs: Summary;
  readonly answeredMs: Summary;
  readonly peakBytes: Summary;
  readonly processes: readonly Opening[];
}

/** The output of a process: milliseconds since it started. */
export interface Opening {
  readonly loadedMs: number;
  readonly openedMs: number;
  readonly answeredMs: number;
  readonly peakBytes: number;
  /** From before the start to the end, as the caller measures it. */
  readonly wholeMs: number;
}

/** The newest recorded run of the server and of opening, with the names of their files. */
export interface ServedRuns {
  readonly http?: { readonly file: string; readonly record: HttpRecord } | undefined;
  readonly open?: { readonly file: string; readonly record: OpenRecord } | undefined;
}

export function servedRuns(folder = RUNS): ServedRuns {
  return {
    http: readRecords<HttpRecord>(folder, ['http']).at(-1),
    open: readRecords<OpenRecord>(folder, ['open']).at(-1),
  };
}
