/**
 * Ingests a file of papers into an index with ready vectors (`million-encoder.ts`), in a separate process, and writes
 * what it did as JSON: `node --import tsx scripts/bench/million-build.ts INDEX PAPERS HOLD`
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { PerturbedVectors } from './million-encoder.ts';
import { product } from './product.ts';
import { cachedVectors } from './vectors.ts';

/** What one ingest did. */
export interface BuildFigures {
  readonly papers: number;
  readonly encoded: number;
  readonly realVectors: number;
  readonly seconds: number;
  /** Seconds until there was a snapshot, with or without vectors. */
  readonly firstSnapshotSeconds: number | null;
  /** Seconds in each stage, as the progress names them; the last begins with `indexing` where that is faster. */
  readonly stages: Readonly<Record<string, number>>;
  /** Resident bytes at the end of each stage. */
  readonly residentAfter: Readonly<Record<string, number>>;
  /** Objects in memory at most, as seen ten times a second, and the most that Node would have let there be (bytes). */
  readonly heapPeakBytes: number;
  readonly heapLimitBytes: number;
}

const [index, papersFile, hold = 'free'] = process.argv.slice(2) as [string, string, string?];
const started = performance.now();
const seconds = () => Math.round(performance.now() - started) / 1000;
let firstSnapshotSeconds: number | null = null;
let heapPeakBytes = 0;
const before = existsSync(join(index, 'CURRENT'));
const look = setInterval(() => {
  heapPeakBytes = Math.max(heapPeakBytes, process.memoryUsage().heapUsed);
  if (!before && firstSnapshotSeconds === null && existsSync(join(index, 'CURRENT'))) {
    firstSnapshotSeconds = seconds();
  }
}, 100);
/** A real encoder would need hours: the first texts are known long before the vectors. */
const ready = async () => {
  while (hold === 'hold' && firstSnapshotSeconds === null && seconds() < 900) await setTimeout(50);
};
const model = product.createProcessEncoder();
const real = await cachedVectors(Number(process.env.REAL_VECTORS ?? 50_000));
const encoder = await PerturbedVectors.of(model.model, real, papersFile, ready);
const stages: Record<string, number> = {};
const residentAfter: Record<string, number> = {};
let stage = 'starting';
let since = seconds();
const enter = (next: string) => {
  if (next === stage) return;
  stages[stage] = (stages[stage] ?? 0) + seconds() - since;
  const resident = process.memoryUsage.rss();
  residentAfter[stage] = resident;
  process.stderr.write(`${seconds().toFixed(1)} s: ${next}, ${Math.round(resident / 2 ** 20)} MiB\n`);
  stage = next;
  since = seconds();
};
const report = await product.ingest([papersFile], {
  index,
  encoder,
  corpusMap: false,
  onProgress: (progress) => enter(progress.stage),
});
enter('end');
clearInterval(look);
await model.close();
const figures: BuildFigures = {
  papers: report.papers,
  encoded: report.encoded,
  realVectors: encoder.realCount,
  seconds: seconds(),
  firstSnapshotSeconds: firstSnapshotSeconds ?? (before ? null : seconds()),
  stages,
  residentAfter,
  heapPeakBytes,
  heapLimitBytes: getHeapStatistics().heap_size_limit,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
