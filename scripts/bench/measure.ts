import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Calibration, calibrate } from './calibration.ts';
import { EngineProcess } from './engine-process.ts';
import type { BuildAnswer, MemoryAnswer } from './engines/protocol.ts';
import { BASE, type EngineEntry, EXACT, type Kind } from './engines/registry.ts';
import type { Inputs } from './inputs.ts';
import { type Answers, askInterleaved } from './interleave.ts';
import { reasonOf } from './reason.ts';
import type { EngineRecord, SetRecord } from './record.ts';
import { meanRecall, summarize } from './statistics.ts';

export interface MeasureOptions {
  readonly kind: Kind;
  readonly engines: readonly EngineEntry[];
  readonly inputs: Inputs;
  readonly rounds: number;
  readonly pinning: readonly string[];
  readonly heapMb: number;
  /** Most time an engine may take for its build, and for all queries of a set (seconds). */
  readonly buildLimit: number;
  readonly queryBudget: number;
  /** A folder for the indexes; emptied. */
  readonly folder: string;
  readonly onProgress: (message: string) => void;
}

/** An engine whose index stands, or what became of it. */
interface Candidate {
  readonly entry: EngineEntry;
  process?: EngineProcess;
  built?: BuildAnswer;
  disk?: Pick<import('./record.ts').MeasuredEngine, 'diskBytes' | 'diskError'>;
  memory?: MemoryAnswer;
  failure?: { readonly stage: 'start' | 'build' | 'query'; readonly error: string };
}

/** Builds the engines one after the other, then asks them in turns. */
export async function measureEngines(
  options: MeasureOptions,
): Promise<{ engines: EngineRecord[]; calibration: Calibration[] }> {
  rmSync(options.folder, { recursive: true, force: true });
  const calibration: Calibration[] = [calibrate()];
  const candidates: Candidate[] = [];
  try {
    for (const entry of options.engines) {
      options.onProgress(`${entry.name}: build`);
      const candidate: Candidate = { entry };
      candidates.push(candidate);
      await startAndBuild(candidate, options);
      if (candidate.failure) options.onProgress(`${entry.name} failed: ${candidate.failure.error}`);
      calibration.push(calibrate());
    }
    const standing = candidates.filter(({ failure }) => !failure);
    const answers = await askInterleaved(standing, options, () => calibration.push(calibrate()));
    for (const candidate of standing) await recordMemory(candidate);
    return {
      engines: candidates.map((candidate) => recordOf(candidate, candidates, answers, options)),
      calibration,
    };
  } finally {
    for (const { process } of candidates) await process?.stop();
    rmSync(options.folder, { recursive: true, force: true });
  }
}

async function startAndBuild(candidate: Candidate, options: MeasureOptions): Promise<void> {
  const { entry } = candidate;
  const { count, papersFile, termsFile, vectorsFile, dimension } = options.inputs;
  const live = join(options.folder, entry.name, 'live');
  const saved = join(options.folder, entry.name, 'saved');
  mkdirSync(live, { recursive: true });
  let stage: 'start' | 'build' = 'start';
  try {
    candidate.process = await EngineProcess.start(entry, options);
    stage = 'build';
    const files = { papersFile, termsFile, vectorsFile };
    candidate.built = await candidate.process.ask<BuildAnswer>(
      { op: 'build', count, ...files, dimension, folder: live },
      options.buildLimit * 1000,
    );
    candidate.disk = await save(candidate.process, saved, live, options.buildLimit);
    for (const [set, queries] of Object.entries(options.inputs.sets)) {
      await candidate.process.ask({ op: 'queries', set, queries }, options.buildLimit * 1000);
    }
  } catch (error) {
    candidate.failure = { stage, error: reasonOf(error) };
    await candidate.process?.stop();
  }
}

/** Bytes of the index as its users keep it. An index that cannot be written can still be asked. */
async function save(
  process: EngineProcess,
  saved: string,
  live: string,
  limit: number,
): Promise<NonNullable<Candidate['disk']>> {
  try {
    await process.ask({ op: 'save', folder: saved }, limit * 1000);
    const bytes = bytesIn(saved) + bytesIn(live);
    rmSync(saved, { recursive: true, force: true });
    return bytes > 0 ? { diskBytes: bytes } : { diskBytes: null, diskError: 'keeps nothing' };
  } catch (error) {
    return { diskBytes: null, diskError: reasonOf(error) };
  }
}

async function recordMemory(candidate: Candidate): Promise<void> {
  if (candidate.failure) return;
  try {
    candidate.memory = await candidate.process!.ask<MemoryAnswer>({ op: 'memory' }, 60_000);
  } catch (error) {
    candidate.failure = { stage: 'query', error: reasonOf(error) };
  }
}

function recordOf(
  { entry, process, built, disk, memory, failure }: Candidate,
  all: readonly Candidate[],
  answers: ReadonlyMap<string, Readonly<Record<string, Answers>>>,
  { kind, inputs }: MeasureOptions,
): EngineRecord {
  const { name, analysis, configuration } = entry;
  const { version = null, runtime = null } = process?.hello ?? {};
  const facts = { name, analysis, configuration, version, runtime };
  if (failure) return { status: 'failed', ...facts, ...failure };
  const { seconds, cpuSeconds, baselineBytes, memoryBytes } = built!;
  const buildSeconds = seconds + (analysis === 'given' ? (inputs.analysisSeconds ?? 0) : 0);
  const reference = all.some((other) => other.entry.name === EXACT) ? EXACT : BASE[kind];
  const answersOf = (other: string) =>
    all.some(({ entry, failure }) => entry.name === other && !failure) ? answers.get(other) : undefined;
  const sets = Object.entries(answers.get(name) ?? {}).map(([set, own]) => [
    set,
    setRecord(own, {
      base: answersOf(BASE[kind])?.[set],
      reference: name === reference ? undefined : answersOf(reference)?.[set],
      analysisUs: analysis === 'given' ? (inputs.queryAnalysisUs[set] ?? []) : [],
    }),
  ]);
  return {
    status: 'measured',
    ...facts,
    buildSeconds,
    buildCpuSeconds: cpuSeconds,
    papersPerSecond: inputs.count / buildSeconds,
    ...disk!,
    baselineBytes,
    memoryBytes,
    peakBytes: memory!.peakBytes,
    sets: Object.fromEntries(sets),
  };
}

/** What the answers of an engine to a set are compared with, and what is added to their times. */
interface Comparison {
  readonly base: Answers | undefined;
  readonly reference: Answers | undefined;
  /** Microseconds by query; empty for none. */
  readonly analysisUs: readonly number[];
}

function setRecord(own: Answers, { base, reference, analysisUs }: Comparison): SetRecord {
  const whole = (rounds: readonly (readonly number[])[]) =>
    rounds.flatMap((round) =>
      round.map((us, query) => Math.round(10 * (us + (analysisUs[query] ?? 0))) / 10),
    );
  const wallUs = summarize(whole(own.wallUs));
  const expected = reference?.results ?? [];
  const compared = expected.some((papers) => papers.length > 0);
  return {
    queries: own.wallUs[0]!.length,
    wallUs,
    cpuUsMedian: summarize(whole(own.cpuUs)).median,
    medianToBase: base ? wallUs.median / summarize(base.wallUs.flat()).median : null,
    agreementAt10: compared ? meanRecall(own.results, expected) : null,
    rounds: own.wallUs.map((round) => round.map((us) => us.toFixed(1)).join(' ')),
  };
}

function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
