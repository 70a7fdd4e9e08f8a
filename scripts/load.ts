/**
 * Puts the built server under load while its papers change and its encoder is killed, and checks every answer:
 *   npm run load -- --help
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { messageOf } from '../src/errors.ts';
import { mulberry32 } from '../src/util/random.ts';
import { commit } from './bench/machine.ts';
import { DIST, product } from './bench/product.ts';
import { ServerProcess } from './bench/server-process.ts';
import { Changes } from './load/changes.ts';
import { drive } from './load/drive.ts';
import { EncoderKiller } from './load/encoder-killer.ts';
import type { Exchange } from './load/exchange.ts';
import { HealthWatch } from './load/health.ts';
import { judge } from './load/judge.ts';
import { asLines, paper, questions } from './load/papers.ts';
import { LoadRecord } from './load/record.ts';
import { References, remembering } from './load/references.ts';
import { printReport } from './load/report.ts';
import { mixed } from './load/requests.ts';
import { Timeline } from './load/timeline.ts';

interface Options {
  readonly minutes: number;
  readonly papers: number;
  readonly clients: number;
  readonly rate: number;
  readonly killEvery: number;
  readonly seed: number;
  readonly maxDelay?: number;
}

const TOKEN = 'load';
/** Answers that may wait to be checked; with more, clients wait, too. */
const MAX_UNCHECKED = 500;
/** Share of the requests that the server may refuse because it is overloaded: the load is moderate. */
const MAX_REFUSED = 0.02;
/** Seconds between two samples of memory and event loop. */
const LOOK_EVERY = 10;
/** Between two changes (milliseconds). */
const CHANGE_PAUSE_MS = 500;

const options = new Command('load')
  .description('put the built server under load and check every answer')
  .option('--minutes <n>', 'how long', Number, 10)
  .option('--papers <n>', 'approximate number of papers in the index', Number, 300)
  .option('--clients <n>', 'clients that send the next request after each answer', Number, 3)
  .option('--rate <n>', 'additional requests per second, at random times', Number, 15)
  .option(
    '--kill-every <seconds>',
    'interval between kills of the encoder process; 0 for no kills',
    Number,
    20,
  )
  .option('--seed <n>', 'seed of the requests and their times', Number, 1)
  .option('--max-delay <ms>', 'the longest delay of the event loop allowed (default: only reported)', Number)
  .parse()
  .opts<Options>();

const folder = await mkdtemp(join(tmpdir(), 'paper-search-load-'));
const index = join(folder, 'index');
const main = fileURLToPath(new URL('cli/main.js', DIST));
try {
  const file = join(folder, 'papers.jsonl');
  await writeFile(file, asLines(Array.from({ length: options.papers }, (_, n) => paper(n))));
  say(`Ingesting ${options.papers} papers …`);
  execFileSync(process.execPath, [main, 'ingest', file, '--index', index, '--json'], { stdio: 'pipe' });
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function run(): Promise<boolean> {
  const server = await ServerProcess.start(index, {
    node: ['--expose-gc', '--import', new URL('load/server-memory.mjs', import.meta.url).href],
    env: { PAPER_SEARCH_TOKEN: TOKEN },
  });
  const encoder = remembering(product.createProcessEncoder());
  const references = new References(
    join(folder, 'copies'),
    (copy, { encoder }) => product.openIndex(copy, { encoder }),
    encoder,
  );
  try {
    return await underLoad(server, references);
  } finally {
    await server.stop();
    await references.close();
  }
}

async function underLoad(server: ServerProcess, references: References): Promise<boolean> {
  const { minutes, papers, seed, clients, rate, killEvery } = options;
  const { url } = server;
  const record = new LoadRecord();
  const { snapshot } = (await (await fetch(`${url}/stats`)).json()) as { snapshot: string };
  const timeline = new Timeline(snapshot);
  await references.keep(index, snapshot);
  const changes = new Changes({
    ...{ url, token: TOKEN, index, references, timeline, papers },
    random: mulberry32(seed + 1),
    onWrong: (what) => record.violation(what),
  });
  const killer = new EncoderKiller(server.pid);
  const health = new HealthWatch(server);
  const known = {
    timeline,
    kills: killer.kills,
    expected: references.expected.bind(references),
  };

  let checked: Promise<void> = Promise.resolve();
  let unchecked = 0;
  const check = async (exchange: Exchange) => {
    // A running change has to be recorded before answers from its snapshot can be judged.
    await changes.settled();
    const outcome = await judge(exchange, known).catch((error) => ({ wrong: messageOf(error) }));
    record.add(exchange, outcome);
    unchecked--;
  };
  const onExchange = async (exchange: Exchange) => {
    unchecked++;
    checked = checked.then(() => check(exchange));
    if (unchecked > MAX_UNCHECKED) await checked;
  };

  const stop = new AbortController();
  const { signal } = stop;
  const repeat = async (everyMs: number, task: () => Promise<void>) => {
    while (!signal.aborted) {
      await setTimeout(everyMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) await task();
    }
  };
  say(`Serving at ${url}; ${minutes} minutes of load …`);
  // The first query waits for the model.
  await fetch(`${url}/v1/search?q=warm+up&mode=semantic`);
  await server.figures();
  const requests = mixed(questions(), () => changes.ids(), mulberry32(seed));
  const background = [
    repeat(CHANGE_PAUSE_MS, () => changes.next()),
    repeat(1000 * LOOK_EVERY, () => health.look()),
    ...(killEvery > 0 ? [repeat(1000 * killEvery, () => killer.kill(signal))] : []),
  ];
  const random = mulberry32(seed + 2);
  await drive({ url, requests, clients, rate, seconds: 60 * minutes, random, onExchange });
  stop.abort();
  await Promise.all(background);
  await health.look();
  await checked;

  const final = (await (await fetch(`${url}/stats`)).json()) as { papers: number };
  const there = changes.ids().length;
  if (final.papers !== there) record.violation(`${final.papers} papers at the end instead of ${there}`);
  try {
    execFileSync(process.execPath, [main, 'verify', '--index', index], { stdio: 'pipe' });
  } catch (error) {
    record.violation(`paper-search verify: ${messageOf(error)}`);
  }
  if (health.leaks) record.violation('the memory of the server grows');
  if (record.refusedShare > MAX_REFUSED) record.violation('too many requests were refused');
  const { max } = health.health.loopDelay;
  if (options.maxDelay !== undefined && max > options.maxDelay) {
    record.violation(`the event loop was blocked for ${max.toFixed(0)} ms`);
  }
  const setting = `${commit()}, ${minutes} minutes, ${clients} clients and ${rate} requests per second, seed ${seed}`;
  const machine = `${availableParallelism()} cores, load average ${loadavg()[0]!.toFixed(1)}`;
  printReport({ setting: `${setting}; ${machine}`, record, changes, timeline, killer, health });
  return record.violations === 0;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
