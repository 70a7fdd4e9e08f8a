import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Calibration } from './calibration.ts';
import type { EngineEntry, Kind } from './engines/registry.ts';
import { type Machine, slugOf } from './machine.ts';
import type { Summary } from './statistics.ts';

export const RUNS = fileURLToPath(new URL('runs/', import.meta.url));

/** The kinds of runs of the bench: of engines, of the server under load, of opening an index. */
export type BenchKind = Kind | 'http' | 'open';

/** The first fields of every record under `runs/`, here and in `scripts/eval/`. */
export interface RunFacts {
  readonly schema: 1;
  readonly kind: BenchKind | 'quality';
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly commit: string;
  /** The digest of the measured code (`code-digest.ts`); runs before it was recorded have none. */
  readonly code?: string | undefined;
  readonly machine: Machine;
}

/** One run of one kind of engines, over one or more sizes. */
export interface RunRecord extends RunFacts {
  readonly kind: Kind;
  /** Cores that the engines were pinned to, in the format of `taskset`; null if they were not pinned. */
  readonly pinnedTo: string | null;
  readonly rounds: number;
  readonly heapMb: number;
  readonly sizes: readonly SizeRecord[];
}

export interface SizeRecord {
  readonly corpus: string;
  readonly papers: number;
  /** How many papers have recombined text. */
  readonly syntheticPapers: number;
  /** How many papers have a perturbed copy as vector; 0 for keyword engines. */
  readonly syntheticVectors: number;
  /** Our analysis of all papers (seconds), for engines that get terms; null if there are none. */
  readonly analysisSeconds: number | null;
  /** Our analysis of a query (median, microseconds) by query set. */
  readonly queryAnalysisUs: Readonly<Record<string, number>>;
  readonly calibration: readonly Calibration[];
  readonly engines: readonly EngineRecord[];
}

export type EngineRecord = MeasuredEngine | FailedEngine;

interface EngineFacts extends Pick<EngineEntry, 'name' | 'analysis' | 'configuration'> {
  readonly version: string | null;
  readonly runtime: string | null;
}

export interface FailedEngine extends EngineFacts, Failure {
  readonly status: 'failed';
}

/** The last stage of an engine, and why it stopped. */
export interface Failure {
  readonly stage: 'start' | 'build' | 'query';
  readonly error: string;
}

export interface MeasuredEngine extends EngineFacts {
  readonly status: 'measured';
  /** Wall time of the build, analysis included, without reading the input (seconds). */
  readonly buildSeconds: number;
  /** CPU time of all threads, including analysis and reading (seconds). */
  readonly buildCpuSeconds: number;
  readonly papersPerSecond: number;
  /** Bytes of the index on disk; null if it cannot be written, with the reason. */
  readonly diskBytes: number | null;
  readonly diskError?: string | undefined;
  /** Resident memory before the build, after it, and the peak without saving (bytes). */
  readonly baselineBytes: number;
  readonly memoryBytes: number;
  readonly peakBytes: number;
  readonly sets: Readonly<Record<string, SetRecord>>;
}

/** The answers of one engine to one set of queries. */
export interface SetRecord {
  /** Queries in every round: fewer than available if all of them would take too long. */
  readonly queries: number;
  /** Microseconds per query, over all rounds; for engines that get terms, including our analysis of the query. */
  readonly wallUs: Summary;
  readonly cpuUsMedian: number;
  /** Median divided by that of paper-search; null if paper-search was not measured. */
  readonly medianToBase: number | null;
  /** recall@10 against exact search (dense), or the share of paper-search's top 10 that is in its own (keyword). */
  readonly agreementAt10: number | null;
  /** Every time, in microseconds, separated by spaces: one string per round. Without analysis that was done before. */
  readonly rounds: readonly string[];
}

/** The name of a new file for a run: another run of the same day and machine is kept. */
export function newRecordFile({ date, machine, kind }: RunFacts, folder = RUNS): string {
  for (let n = 1; ; n++) {
    const again = n === 1 ? '' : `-${n}`;
    const file = join(folder, `${date.slice(0, 10)}-${slugOf(machine)}${again}-${kind}.json`);
    if (!existsSync(file)) return file;
  }
}

/** Writes a record as JSON, and creates its folder if needed. */
export function writeRecord<Run extends object>(record: Run, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
}

/** A run with the name of its file under `runs/`. */
export interface NamedRun {
  readonly file: string;
  readonly record: RunRecord;
}

/** The recorded runs of engines, oldest first. */
export function recordedRuns(folder = RUNS): NamedRun[] {
  return readRecords<RunRecord>(folder, ['keyword', 'dense', 'hybrid']);
}

/** The records of some kinds in a folder with the names of their files, oldest first. */
export function readRecords<Run extends RunFacts>(
  folder: string,
  kinds: readonly Run['kind'][],
): { file: string; record: Run }[] {
  return readdirSync(folder)
    .filter((file) => kinds.some((kind) => file.endsWith(`-${kind}.json`)))
    .map((file) => ({ file, record: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Run }))
    .sort((a, b) => (a.record.date < b.record.date ? -1 : 1));
}
