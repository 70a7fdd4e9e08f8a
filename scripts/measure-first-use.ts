/**
 * Measures what the first use of words and pairs of words takes: queries, each asked once in a new process, of several builds of
 * the product in turns, and the same queries again with another filter, so that no answer is kept. Processor time of the process
 * in milliseconds. Writes what it prints, which belongs in scripts/measurements/first-use.md:
 *   npm run build && npx tsx scripts/measure-first-use.ts --of before=OLD/dist,INDEX --of after=dist,INDEX --queries-file FILE
 * With --profile, the functions that took longest are printed, in the first round of each build.
 * With --drop, the system's cache of the index is dropped before each process, by `dd` of coreutils.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Encoder } from '../src/encode/encoder.ts';
import { machine } from './bench/machine.ts';
import { queriesIn } from './bench/queries.ts';
import { percentile } from './bench/statistics.ts';

type Product = typeof import('../src/index.ts');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    of: { type: 'string', multiple: true, default: [] },
    'queries-file': { type: 'string' },
    /** How many are measured; the rest of the file, at most 50, is asked first, so that the code is compiled. */
    queries: { type: 'string', default: '150' },
    rounds: { type: 'string', default: '2' },
    profile: { type: 'boolean', default: false },
    drop: { type: 'boolean', default: false },
  },
});
const WARMING = 50;
const LONGEST = 25;

/** Milliseconds a query, at its first use and again, and what the process held at the end. */
interface Figures {
  readonly first: readonly number[];
  readonly again: readonly number[];
  readonly residentMib: number;
  /** Of all answers, except what differs from run to run. */
  readonly digest: string;
  /** Milliseconds a query by function. */
  readonly functions: readonly (readonly [string, number])[];
}

const [dist, index] = positionals;
if (dist !== undefined && index !== undefined)
  process.stdout.write(JSON.stringify(await figuresOf(dist, index)));
else report();

/** Opens an index in this process, and asks it. */
async function figuresOf(dist: string, index: string): Promise<Figures> {
  const product: Product = await import(pathToFileURL(join(resolve(dist), 'index.js')).href);
  const all = queriesIn(options['queries-file']!);
  const measured = all.slice(0, Number(options.queries));
  const encoderOf = async (model: Encoder['model']): Promise<Encoder> => ({
    model,
    encode: async (texts) => new Float32Array(texts.length * model.dimension),
    close: async () => {},
  });
  const engine = await product.openIndex(index, { encoderOf });
  const snapshot = await engine.acquire();
  const digest = createHash('sha256');
  const note = (answers: readonly unknown[]) => {
    for (const answer of answers) digest.update(JSON.stringify(answer, withoutChanging));
  };
  const ask = (query: string, from: number) =>
    snapshot.search({ query, mode: 'keyword', rejected: 'hide', filters: { year: { from, to: 2020 } } });
  // From here on, the spelling is checked.
  await ask('a qeury taht is misspellt', 2015);
  const others = all.slice(measured.length, measured.length + WARMING);
  for (const query of others) await ask(query, 2015);
  const session = new Session();
  session.connect();
  if (options.profile) {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: 500 });
    await session.post('Profiler.start');
  }
  const first = await timesOf(measured, (query) => ask(query, 2015));
  const profile = options.profile ? (await session.post('Profiler.stop')).profile : undefined;
  note(first.answers);
  const again = await timesOf(measured, (query) => ask(query, 2014));
  note(again.answers);
  const residentMib = process.memoryUsage().rss / 2 ** 20;
  await snapshot[Symbol.asyncDispose]();
  await engine.close();
  const functions = profile ? longest(profile, measured.length) : [];
  return { first: first.times, again: again.times, residentMib, digest: digest.digest('hex'), functions };
}

/** Leaves out of an answer what differs between two runs. */
function withoutChanging(key: string, value: unknown): unknown {
  return key === 'tookMs' || key === 'snapshot' ? undefined : value;
}

/** Processor time of each query (milliseconds), and its answer. */
async function timesOf<A>(
  queries: readonly string[],
  ask: (query: string) => Promise<A>,
): Promise<{ times: number[]; answers: A[] }> {
  const times: number[] = [];
  const answers: A[] = [];
  for (const query of queries) {
    const before = process.cpuUsage();
    answers.push(await ask(query));
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return { times, answers };
}

/** The functions that took longest themselves, in milliseconds a query. */
function longest(
  { nodes, samples = [], timeDeltas = [] }: import('node:inspector').Profiler.Profile,
  queries: number,
): (readonly [string, number])[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const { functionName, url, lineNumber } = byId.get(id)!.callFrame;
    const name = `${functionName} ${url.split('/').at(-1)}:${lineNumber + 1}`;
    own.set(name, (own.get(name) ?? 0) + timeDeltas[at]! / 1000 / queries);
  }
  return [...own].sort(([, a], [, b]) => b - a).slice(0, LONGEST);
}

function report(): void {
  const builds = options.of.map((text) => {
    const [, name, dist, index] = /^(.+)=(.+),(.+)$/.exec(text)!;
    return { name: name!, dist: dist!, index: index!, rounds: [] as Figures[] };
  });
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const build of builds) {
      if (options.drop) drop(build.index);
      const passed = ['queries-file', 'queries'] as const;
      const args = passed.flatMap((name) => [`--${name}`, options[name]!]);
      const found = spawnSync(
        process.execPath,
        [
          '--import',
          'tsx',
          fileURLToPath(import.meta.url),
          build.dist,
          build.index,
          ...args,
          ...(options.profile ? ['--profile'] : []),
        ],
        { encoding: 'utf8' },
      );
      if (found.status !== 0) throw new Error(found.stderr);
      build.rounds.push(JSON.parse(found.stdout));
    }
  }
  const { cpu, node } = machine();
  const digests = new Set(builds.flatMap(({ rounds }) => rounds.map(({ digest }) => digest)));
  const answers = digests.size === 1 ? 'All gave the same answers' : 'Answers differ';
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${cpu}, Node ${node}; ${options.queries} queries, ${options.rounds} rounds in turns${options.drop ? ", the index not in the system's cache" : ''}. ${answers}.`,
    '',
    '| program | first use: mean, median, p90, p99 | again: mean, median, p90, p99 | resident MiB |',
    '| --- | --- | --- | ---: |',
    ...builds.map(({ name, rounds }) => {
      const least = (of: (figures: Figures) => readonly number[]) =>
        of(rounds[0]!).map((_, query) => Math.min(...rounds.map((figures) => of(figures)[query]!)));
      const resident = Math.round(Math.min(...rounds.map(({ residentMib }) => residentMib)));
      return `| ${name} | ${summary(least(({ first }) => first))} | ${summary(least(({ again }) => again))} | ${resident} |`;
    }),
    ...builds.flatMap(({ name, rounds }) => [
      ...(options.profile ? ['', `${name}, milliseconds a query:`, ''] : []),
      ...rounds[0]!.functions.map(([own, ms]) => `    ${ms.toFixed(2)} ${own}`),
    ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function summary(times: readonly number[]): string {
  const sorted = Array.from(times).sort((a, b) => a - b);
  const mean = sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length;
  return [mean, ...[50, 90, 99].map((percent) => percentile(sorted, percent))]
    .map((ms) => ms.toFixed(1))
    .join(', ');
}

/** Advises the system not to keep the files of an index in its cache. */
function drop(index: string): void {
  const folder = join(index, readFileSync(join(index, 'CURRENT'), 'utf8').trim());
  for (const file of readdirSync(folder)) {
    const found = spawnSync('dd', [`if=${join(folder, file)}`, 'iflag=nocache', 'count=0']);
    if (found.status !== 0) throw new Error(String(found.stderr));
  }
}
