/**
 * Compares two builds of the product on one index, in turn: the time of a hybrid query in this process, with vectors that
 * are known beforehand and with the model's own process, and the server's latency at a given rate.
 *   npm run build && npx tsx scripts/measure-hybrid.ts --index FOLDER --builds OLD/dist,dist --queries-file FILE
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import type { Encoder } from '../src/encode/encoder.ts';
import { pathsOf } from './bench/http-load.ts';
import { machine } from './bench/machine.ts';
import { openLoop } from './bench/open-loop.ts';
import { queriesIn } from './bench/queries.ts';
import { ServerProcess } from './bench/server-process.ts';
import { summarize } from './bench/statistics.ts';
import { variant } from './bench/unseen.ts';

type Product = typeof import('../src/index.ts');

const list = (text: string) => text.split(',');
const options = new Command('measure-hybrid')
  .requiredOption('--index <folder>', 'an index of the bundled model')
  .requiredOption('--queries-file <file>', 'JSON Lines with "text", or plain lines')
  .requiredOption('--builds <dist,dist>', 'folders of builds', list)
  .option('--queries <n>', 'how many', Number, 100)
  .option('--rounds <n>', 'rounds, after one to warm up', Number, 3)
  .option('--rate <n>', 'requests a second to the server; 0 for none', Number, 0)
  .option('--seconds <n>', 'how long a round of the server takes', Number, 8)
  .parse()
  .opts<{
    index: string;
    queriesFile: string;
    builds: string[];
    queries: number;
    rounds: number;
    rate: number;
    seconds: number;
  }>();

const queries = queriesIn(options.queriesFile).slice(0, options.queries);
const { cpu, cores } = machine();
console.log(`${cpu}, ${cores} cores; ${queries.length} queries, ${options.rounds} rounds.\n`);
console.log('| build | what | median | p99 |\n| --- | --- | ---: | ---: |');
await inProcess();
if (options.rate > 0) await served();

async function inProcess(): Promise<void> {
  const times = new Map<string, number[]>();
  const note = (what: string, ms: number) => times.set(what, [...(times.get(what) ?? []), ms]);
  const opened = [];
  for (const build of options.builds) {
    const product: Product = await import(pathToFileURL(resolve(build, 'index.js')).href);
    const own = product.createProcessEncoder();
    const vectors = new Map<string, Float32Array>();
    const known: Encoder = {
      model: own.model,
      // Sentences of a fallback, too, are encoded once.
      encode: async (texts) => {
        const key = JSON.stringify(texts);
        const vector = vectors.get(key) ?? (await own.encode(texts));
        vectors.set(key, vector);
        return vector.slice();
      },
      close: async () => {},
    };
    const engines = {
      'all but the encoding': await product.openIndex(options.index, { encoder: known }),
      'with the encoding': await product.openIndex(options.index, { encoder: own }),
    };
    // Coarse codes are derived in the background, from here to the end of the first round.
    for (const engine of Object.values(engines)) await engine.warmUp();
    opened.push({ build, own, engines });
  }
  for (let round = 0; round <= options.rounds; round++) {
    for (const query of queries) {
      for (const { build, own, engines } of opened) {
        for (const [what, engine] of Object.entries(engines)) {
          await using snapshot = await engine.acquire();
          // Another limit each time: no answer is in the cache. Another case: no vector of this process is.
          const text = what === 'with the encoding' ? variant(query, round) : query;
          const started = performance.now();
          await snapshot.search({ query: text, mode: 'hybrid', limit: 10 + round, fallback: false });
          if (round > 0) note(`${build} | ${what}`, performance.now() - started);
        }
        const started = performance.now();
        await own.encode([variant(query, round + 64)]);
        if (round > 0) note(`${build} | the encoding alone`, performance.now() - started);
      }
    }
  }
  for (const { own, engines } of opened) {
    for (const engine of Object.values(engines)) await engine.close();
    await own.close();
  }
  for (const [what, all] of times) report(what, all);
}

async function served(): Promise<void> {
  const servers = [];
  const results = new Map<string, { median: number[]; p99: number[] }>();
  for (const build of options.builds) {
    const server = await ServerProcess.start(options.index, { dist: pathToFileURL(`${resolve(build)}/`) });
    servers.push({ build, server });
    results.set(build, { median: [], p99: [] });
  }
  const paths = pathsOf('hybrid', queries);
  const { rate, seconds } = options;
  for (let round = 0; round <= options.rounds; round++) {
    for (const { build, server } of servers) {
      const { latencyMs } = await openLoop({ url: server.url, paths, rate, seconds });
      if (round === 0 || !latencyMs) continue;
      results.get(build)!.median.push(latencyMs.median);
      results.get(build)!.p99.push(latencyMs.p99);
    }
  }
  for (const { server } of servers) await server.stop();
  for (const [build, { median, p99 }] of results) {
    const [m, p] = [summarize(median).median, summarize(p99).median];
    console.log(`| ${build} | HTTP at ${rate}/s | ${m.toFixed(2)} ms | ${p.toFixed(2)} ms |`);
  }
}

function report(what: string, all: readonly number[]): void {
  const { median, p99 } = summarize(all);
  console.log(`| ${what} | ${median.toFixed(2)} ms | ${p99.toFixed(2)} ms |`);
}
