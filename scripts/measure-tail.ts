/**
 * What the slowest requests to a server wait for, by build: in its client, on its thread, in the encoder's process.
 *   npm run build && npx tsx scripts/measure-tail.ts --index FOLDER --builds OLD/dist,dist --rates 80,100
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { papersOf } from './bench/corpora.ts';
import { LOADS, type Load, pathsOf } from './bench/http-load.ts';
import { queriesIn, querySets } from './bench/queries.ts';
import { ServerProcess } from './bench/server-process.ts';
import { ownSource } from './bench/source.ts';
import { breakdown, latencies, type Note } from './tail/breakdown.ts';
import { Client } from './tail/client.ts';

const list = (text: string) => text.split(',').filter(Boolean);
const numbers = (text: string) => list(text).map(Number);
const options = new Command('measure-tail')
  .requiredOption('--index <folder>', 'an index of the bundled model')
  .option('--builds <dist,dist>', 'folders of builds', list, ['dist'])
  .option('--queries-file <file>', 'JSON Lines with "text", or plain lines')
  .option('--load <load>', LOADS.join(', '), 'hybrid')
  .option(
    '--parameters <text;text>',
    'one after another, such as "mode=hybrid;mode=hybrid&year=2015..2020"',
    (text) => text.split(';'),
    [''],
  )
  .option('--settle <s>', 'seconds before the first request', Number, 12)
  .option('--connections <n,n>', 'closed loops before the rates', numbers, [2, 4, 8, 16])
  .option('--rates <n,n>', 'requests a second', numbers, [80, 100])
  .option('--seconds <s>', 'seconds a rate', Number, 10)
  .option('--node <arguments>', 'further arguments of the server’s Node', (text) => text.split(' '), [])
  .option('--no-parts', 'measure only latencies: the notes take some time themselves')
  .parse()
  .opts<{
    index: string;
    builds: string[];
    queriesFile?: string;
    load: Load;
    parameters: string[];
    settle: number;
    connections: number[];
    rates: number[];
    seconds: number;
    node: string[];
    parts: boolean;
  }>();

const PARTS = new URL('tail/parts.mjs', import.meta.url).href;
/** The server and its encoder write their notes when they get a signal; then the file is read. */
const WRITE_MS = 300;

const queries = options.queriesFile ? queriesIn(options.queriesFile) : await ownQueries();
const paths = pathsOf(options.load, queries, 32);
const folder = await mkdtemp(join(tmpdir(), 'paper-search-tail-'));
try {
  for (const build of options.builds) await measure(build);
} finally {
  await rm(folder, { recursive: true });
}

async function measure(build: string): Promise<void> {
  const dist = pathToFileURL(`${resolve(build)}/`);
  const notes = join(folder, 'notes.jsonl');
  const { node, settle, parts } = options;
  const env = { NODE_OPTIONS: `--import ${PARTS}`, TAIL_DIST: dist.href, TAIL_NOTES: notes };
  const server = await ServerProcess.start(options.index, { dist, node, env: parts ? env : {} });
  try {
    await setTimeout(1000 * settle);
    for (const parameters of options.parameters)
      await ask(server, `${build} ${parameters}`.trim(), parameters, notes);
  } finally {
    await server.stop();
  }
}

async function ask(server: ServerProcess, what: string, parameters: string, notes: string): Promise<void> {
  const { connections, rates, seconds, parts } = options;
  const client = new Client(
    server.url,
    paths.map((path) => withParameters(path, parameters)),
  );
  try {
    for (const count of connections)
      console.log(`${what}, ${count} connections: ${await client.closed(count)}/s`);
    if (parts) await takeNotes(server, notes);
    for (const rate of rates) {
      const before = await cpuOf(server.pid);
      const asked = await client.open(rate, seconds);
      const cpu = (await cpuOf(server.pid)).map((ms, i) => ((ms - before[i]!) / asked.length).toFixed(1));
      console.log(`\n${what}, ${rate}/s. CPU ms a request, server and encoder: ${cpu.join(', ')}\n`);
      console.log('| median | p90 | p95 | p99 | most |\n| ---: | ---: | ---: | ---: | ---: |');
      console.log(`| ${latencies(asked)} |\n`);
      if (parts) console.log(`${breakdown(asked, await takeNotes(server, notes))}\n`);
    }
  } finally {
    client.close();
  }
}

function withParameters(path: string, parameters: string): string {
  const [route, query] = path.split('?');
  const all = new URLSearchParams(query);
  for (const [name, value] of new URLSearchParams(parameters)) all.set(name, value);
  return `${route}?${all}`;
}

async function takeNotes(server: ServerProcess, file: string): Promise<Note[]> {
  for (const pid of await childrenOf(server.pid)) process.kill(pid, 'SIGUSR2');
  await server.loopDelay();
  await setTimeout(WRITE_MS);
  const text = await readFile(file, 'utf8');
  await rm(file);
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

async function childrenOf(pid: number): Promise<number[]> {
  return numbersIn(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'));
}

function numbersIn(text: string): number[] {
  return text.trim().split(' ').filter(Boolean).map(Number);
}

/** CPU time of the server and of its children (milliseconds; Linux counts hundredths of a second). */
async function cpuOf(pid: number): Promise<number[]> {
  const pids = [pid, ...(await childrenOf(pid))];
  const texts = await Promise.all(pids.map((each) => readFile(`/proc/${each}/stat`, 'utf8')));
  return texts.map((text) => {
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  });
}

async function ownQueries(): Promise<readonly string[]> {
  const sample = [];
  for await (const paper of papersOf(await ownSource().file(1000))) sample.push(paper);
  return querySets(sample, 200).short!;
}
