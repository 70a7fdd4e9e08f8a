/**
 * Measures the built server: rising connections until the rate no longer rises, then half of that rate.
 *   npm run build && npm run bench:http -- --help
 */
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { benchIndex } from './bench-index.ts';
import { calibrate } from './calibration.ts';
import { codeDigest } from './code-digest.ts';
import { papersOf } from './corpora.ts';
import { LOADS, type Load, type LoadResult, pathsOf, underLoad } from './http-load.ts';
import { installAlternatives } from './install.ts';
import { commit, machine, pinning } from './machine.ts';
import { openLoop } from './open-loop.ts';
import { queriesIn, querySets } from './queries.ts';
import { newRecordFile, writeRecord } from './record.ts';
import type { HttpLoadRecord, HttpRecord } from './served-record.ts';
import { ServerProcess } from './server-process.ts';
import { ownSource } from './source.ts';

interface Options {
  readonly papers: number;
  readonly index?: string;
  readonly queriesFile?: string;
  readonly seconds: number;
  readonly settle: number;
  readonly connections: readonly number[];
  readonly loads: readonly Load[];
  readonly cores: string;
  readonly out?: string;
}

/** More connections are tried only if the rate rose by this factor. */
const RISE = 1.05;
/** Levels without a rise before the server counts as saturated: one level may be an outlier. */
const LEVELS = 2;

const list = (text: string) => text.split(',');
const options = new Command('bench:http')
  .description('measure the built server under load')
  .option('--papers <n>', 'papers of the index', Number, 50_000)
  .option('--index <folder>', 'an existing index')
  .option('--queries-file <file>', 'file of queries: JSON Lines with "text", or plain lines')
  .option('--seconds <n>', 'seconds per level', Number, 10)
  .option(
    '--settle <n>',
    'seconds in which the server reads in the background, before the first request',
    Number,
    20,
  )
  .option(
    '--connections <n,n>',
    'numbers of connections',
    (text) => list(text).map(Number),
    [1, 2, 4, 8, 16, 32, 64, 128],
  )
  .option('--loads <load,load>', LOADS.join(', '), list, [...LOADS])
  .option('--cores <list>', 'cores of the server and its encoder, as for taskset -c', 'all')
  .option('--out <file>', 'record of the run')
  .parse()
  .opts<Options>();

installAlternatives();
const { default: autocannon } = await import('autocannon');
const index = options.index ?? (await benchIndex(options.papers));
const queries = options.queriesFile ? queriesIn(options.queriesFile) : await ownQueries();
const calibration = [calibrate()];
const server = await ServerProcess.start(index, { pinning: pinning(options.cores) });
const loads: HttpLoadRecord[] = [];
try {
  await setTimeout(1000 * options.settle);
  const { papers } = (await (await fetch(`${server.url}/stats`)).json()) as { papers: number };
  for (const load of options.loads) {
    loads.push(await measure(load));
    calibration.push(calibrate());
  }
  const facts = {
    schema: 1,
    kind: 'http',
    date: new Date().toISOString(),
    commit: commit(),
    code: await codeDigest('http'),
    machine: machine(),
  } as const;
  const file = options.out ?? newRecordFile(facts);
  const setting = { pinnedTo: options.cores, papers, secondsALevel: options.seconds };
  writeRecord<HttpRecord>({ ...facts, ...setting, calibration, loads }, file);
  process.stderr.write(`${file}\n`);
} finally {
  await server.stop();
}

async function measure(load: Load): Promise<HttpLoadRecord> {
  const { seconds } = options;
  const asked = { url: server.url, paths: pathsOf(load, queries) };
  const closedLoop = (connections: number) => underLoad(autocannon, { ...asked, connections, seconds });
  // Warm-up: loads the model, compiles the code.
  said(`${load}: warm-up`, await closedLoop(2));
  const rising: LoadResult[] = [];
  let best = 0;
  let flat = 0;
  for (const connections of options.connections) {
    const result = said(`${load}: ${connections} connections`, await closedLoop(connections));
    rising.push(result);
    flat = result.rate < best * RISE ? flat + 1 : 0;
    best = Math.max(best, result.rate);
    if (flat === LEVELS) break;
  }
  // Restarts the measurement of the delay.
  await server.loopDelay();
  const half = await openLoop({ ...asked, rate: best / 2, seconds: 2 * seconds });
  said(`${load}: half of ${best.toFixed(0)}/s`, half);
  return { load, rising, half: { ...half, loopDelay: await server.loopDelay() } };
}

function said(what: string, result: LoadResult): LoadResult {
  const { rate, latencyMs, errors, non2xx } = result;
  const times = latencyMs
    ? `median ${latencyMs.median.toFixed(2)} ms, p99 ${latencyMs.p99.toFixed(2)} ms`
    : 'no answers';
  process.stderr.write(`${what}: ${rate.toFixed(0)}/s, ${times}, ${errors} errors, ${non2xx} not 2xx\n`);
  return result;
}

async function ownQueries(): Promise<readonly string[]> {
  const sample = [];
  for await (const paper of papersOf(await ownSource().file(1000))) sample.push(paper);
  return querySets(sample, 200).short!;
}
