/**
 * Measures the time from the start of a process to its first answer from an index, each in a new process:
 *   npm run build && npx tsx scripts/bench/open.ts --help
 * The files are in the system's cache after the first process, which is not counted.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { benchIndex } from './bench-index.ts';
import { calibrate } from './calibration.ts';
import { codeDigest } from './code-digest.ts';
import { commit, machine, pinning } from './machine.ts';
import { DIST, product } from './product.ts';
import { newRecordFile, writeRecord } from './record.ts';
import type { Opening, OpenModeRecord, OpenRecord } from './served-record.ts';
import { summarize } from './statistics.ts';

interface Options {
  readonly papers: number;
  readonly index?: string;
  readonly processes: number;
  readonly query: string;
  readonly cores: string;
  readonly out?: string;
}

const CHILD = fileURLToPath(new URL('open-child.mjs', import.meta.url));

const options = new Command('open')
  .description('measure the time from the start of a process to its first answer')
  .option('--papers <n>', 'papers of the index', Number, 50_000)
  .option('--index <folder>', 'an existing index')
  .option('--processes <n>', 'processes per mode', Number, 7)
  .option('--query <text>', 'query', 'self-improvement of language models')
  .option('--cores <list>', 'cores to run on, as for taskset -c', 'all')
  .option('--out <file>', 'record of the run')
  .parse()
  .opts<Options>();

const index = options.index ?? (await benchIndex(options.papers));
const engine = await product.openIndex(index);
const { papers } = await product.withSnapshot(engine, (snapshot) => snapshot.stats());
await engine.close();
const calibration = [calibrate()];
const openings = { keyword: [] as Opening[], semantic: [] as Opening[] };
for (let n = 0; n <= options.processes; n++) {
  for (const mode of ['keyword', 'semantic'] as const) {
    const opening = open(mode);
    if (n > 0) openings[mode].push(opening);
  }
  calibration.push(calibrate());
}
const modes = Object.entries(openings).map(([mode, list]) => recordOf(mode as OpenModeRecord['mode'], list));
const facts = {
  schema: 1,
  kind: 'open',
  date: new Date().toISOString(),
  commit: commit(),
  code: await codeDigest('open'),
  machine: machine(),
} as const;
const file = options.out ?? newRecordFile(facts);
writeRecord<OpenRecord>({ ...facts, pinnedTo: options.cores, papers, calibration, modes }, file);
for (const { mode, answeredMs } of modes) {
  const { min, median } = answeredMs;
  process.stderr.write(
    `first ${mode} answer: median ${median.toFixed(0)} ms, minimum ${min.toFixed(0)} ms\n`,
  );
}
process.stderr.write(`${file}\n`);

function open(mode: OpenModeRecord['mode']): Opening {
  const library = new URL('index.js', DIST).href;
  const [command, ...args] = [
    ...pinning(options.cores),
    process.execPath,
    CHILD,
    library,
    index,
    mode,
    options.query,
  ];
  const started = performance.now();
  const said = execFileSync(command!, args, { encoding: 'utf8' });
  return { ...JSON.parse(said), wholeMs: performance.now() - started };
}

function recordOf(mode: OpenModeRecord['mode'], processes: readonly Opening[]): OpenModeRecord {
  const of = (measure: keyof Opening) => summarize(processes.map((opening) => opening[measure]));
  return {
    mode,
    loadedMs: of('loadedMs'),
    openedMs: of('openedMs'),
    answeredMs: of('answeredMs'),
    peakBytes: of('peakBytes'),
    processes,
  };
}
