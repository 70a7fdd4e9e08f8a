import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Calibration, calibrate } from './calibration.ts';
import { EngineProcess } from './engine-process.ts';
import { type Candidate, recordOf } from './engine-record.ts';
import type { EngineEntry, Kind } from './engines/registry.ts';
import type { Inputs } from './inputs.ts';
import { askInterleaved } from './interleave.ts';
import { reasonOf } from './reason.ts';
import type { EngineRecord } from './record.ts';

export interface MeasureOptions {
  readonly kind: Kind;
  readonly engines: readonly EngineEntry[];
  readonly inputs: Inputs;
  readonly rounds: number;
  readonly pinning: readonly string[];
  readonly heapMb: number;
  /** Time limits of an engine for its build, and for all queries of a set (seconds). */
  readonly buildLimit: number;
  readonly queryBudget: number;
  /** A folder for the indexes; it is emptied. */
  readonly folder: string;
  readonly onProgress: (message: string) => void;
}

/** Builds the engines one after the other, then runs their queries in turns. */
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
    for (const candidate of standing) await finish(candidate, options);
    return { engines: candidates.map((one) => recordOf(one, candidates, answers, options)), calibration };
  } finally {
    for (const { process } of candidates) await process?.stop();
    rmSync(options.folder, { recursive: true, force: true });
  }
}

async function startAndBuild(candidate: Candidate, options: MeasureOptions): Promise<void> {
  const { entry } = candidate;
  const { count, papersFile, termsFile, vectorsFile, dimension, sets } = options.inputs;
  const limitMs = options.buildLimit * 1000;
  let stage: 'start' | 'build' = 'start';
  try {
    candidate.process = await EngineProcess.start(entry, options);
    stage = 'build';
    const files = { papersFile, termsFile, vectorsFile, folder: folderOf(entry, 'live', options) };
    candidate.built = await candidate.process.ask({ op: 'build', count, dimension, ...files }, limitMs);
    for (const [set, queries] of Object.entries(sets)) {
      await candidate.process.ask({ op: 'queries', set, queries }, limitMs);
    }
  } catch (error) {
    candidate.failure = { stage, error: reasonOf(error) };
    await candidate.process?.stop();
  }
}

/** The peak memory, and the index on disk: last, since writing it takes memory itself, and may crash the process. */
async function finish(candidate: Candidate, options: MeasureOptions): Promise<void> {
  const { entry, process, failure } = candidate;
  if (failure || !process) return;
  const limitMs = options.buildLimit * 1000;
  try {
    candidate.memory = await process.ask({ op: 'memory' }, limitMs);
  } catch (error) {
    candidate.failure = { stage: 'query', error: reasonOf(error) };
    return;
  }
  const saved = folderOf(entry, 'saved', options);
  try {
    await process.ask({ op: 'save', folder: saved }, limitMs);
    const bytes = bytesIn(saved) + bytesIn(folderOf(entry, 'live', options));
    candidate.disk = bytes > 0 ? { diskBytes: bytes } : { diskBytes: null, diskError: 'keeps nothing' };
  } catch (error) {
    candidate.disk = { diskBytes: null, diskError: reasonOf(error) };
  }
  rmSync(saved, { recursive: true, force: true });
}

/** Where an engine keeps or saves its index. */
function folderOf({ name }: EngineEntry, use: 'live' | 'saved', { folder }: MeasureOptions): string {
  return join(folder, name, use);
}

/** The bytes of all files; one that has several names (hard links) counts once. */
function bytesIn(folder: string): number {
  if (!existsSync(folder)) return 0;
  const bytes = new Map<number, number>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { ino, size } = statSync(join(entry.parentPath, entry.name));
    bytes.set(ino, size);
  }
  return [...bytes.values()].reduce((sum, size) => sum + size, 0);
}
