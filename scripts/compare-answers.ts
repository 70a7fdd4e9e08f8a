/**
 * Compares the answers of several builds of the product on one index, byte by byte, and the time that they take in this process:
 * one build after another, so that only one index is open. Vectors of queries are made up: no model runs.
 *   npm run build && npx tsx scripts/compare-answers.ts --index FOLDER --builds OLD/dist,dist --queries-file FILE
 * Ends with 1 where an answer differs.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import type { Encoder, EncoderInput } from '../src/encode/encoder.ts';
import type { SearchMode, SearchRequest } from '../src/index.ts';
import { mulberry32 } from '../src/util/random.ts';
import { machine } from './bench/machine.ts';
import { queriesIn } from './bench/queries.ts';
import { percentile } from './bench/statistics.ts';

type Product = typeof import('../src/index.ts');

const list = (text: string) => text.split(',');
const options = new Command('compare-answers')
  .requiredOption('--index <folder>', 'an index')
  .requiredOption('--queries-file <file>', 'JSON Lines with "text", or plain lines')
  .requiredOption('--builds <dist,dist>', 'folders of builds, the one that is right first', list)
  .option('--queries <n>', 'how many', Number, 300)
  .option('--mode <mode>', 'keyword, hybrid or semantic', 'keyword')
  .option('--author <name>', 'of the filter by author', 'Geoffrey Hinton')
  .option('--venue <name>', 'of the filter by venue', 'NeurIPS')
  .option('--kinds <kind,kind>', 'only these kinds of requests', list)
  .parse()
  .opts<{
    index: string;
    queriesFile: string;
    builds: string[];
    queries: number;
    mode: SearchMode;
    author: string;
    venue: string;
    kinds?: string[];
  }>();

const facets = ['year', 'venue', 'author', 'keyword'] as const;
/** Kinds of requests, each made from a query. */
const KINDS: Readonly<Record<string, (query: string) => SearchRequest>> = {
  plain: (query) => ({ query }),
  'rejected hidden': (query) => ({ query, rejected: 'hide' }),
  facets: (query) => ({ query, rejected: 'hide', facets: [...facets] }),
  years: (query) => ({ query, rejected: 'hide', filters: { year: { from: 2018, to: 2020 } } }),
  author: (query) => ({ query, rejected: 'hide', filters: { author: [options.author] } }),
  'venue, facets': (query) => ({
    query,
    rejected: 'hide',
    filters: { venue: [options.venue] },
    facets: [...facets],
  }),
  'required word': (query) => ({ query: `+${query.split(' ').at(-1)} ${query}`, rejected: 'hide' }),
  'by date': (query) => ({ query, rejected: 'hide', sort: 'date' }),
  misspelt: (query) => ({ query: misspelt(query), rejected: 'hide' }),
};
const queries = queriesIn(options.queriesFile).slice(0, options.queries);
const kinds = Object.entries(KINDS).filter(([kind]) => !options.kinds || options.kinds.includes(kind));

const { cpu, cores } = machine();
console.log(`${cpu}, ${cores} cores; ${queries.length} queries by ${options.mode}.\n`);
console.log('| build | request | mean CPU | median | 90th percentile | 99th |');
console.log('| --- | --- | ---: | ---: | ---: | ---: |');
const [right, ...others] = await inTurn(options.builds, answersOf);
let differing = 0;
for (const [n, answers] of others.entries()) {
  const different = [...right!].filter(([request, digest]) => answers.get(request) !== digest);
  differing += different.length;
  console.log(`\n${options.builds[n + 1]}: ${different.length} of ${answers.size} answers differ.`);
  for (const [request] of different.slice(0, 10)) console.log(`- ${request}`);
}
process.exitCode = differing > 0 ? 1 : 0;

/** A digest of each answer of a build, by its request. */
async function answersOf(build: string): Promise<ReadonlyMap<string, string>> {
  const product: Product = await import(pathToFileURL(resolve(build, 'index.js')).href);
  const engine = await product.openIndex(options.index, { encoder: madeUp() });
  await engine.warmUp();
  await using snapshot = await engine.acquire();
  // The spelling is checked from here on: reading the words of a large index takes a minute.
  await snapshot.search({ query: 'a qeury taht is misspellt', mode: 'keyword' });
  const digests = new Map<string, string>();
  for (const [kind, requestOf] of kinds) {
    const times: number[] = [];
    const before = process.cpuUsage();
    for (const query of queries) {
      const request = { ...requestOf(query), mode: options.mode };
      const started = performance.now();
      const answer = await snapshot.search(request);
      times.push(performance.now() - started);
      const text = JSON.stringify(answer, (key, value) => (key === 'tookMs' ? 0 : value));
      digests.set(JSON.stringify(request), createHash('sha256').update(text).digest('hex'));
    }
    const { user, system } = process.cpuUsage(before);
    const sorted = times.sort((a, b) => a - b);
    const [median, p90, p99] = [50, 90, 99].map((percent) => percentile(sorted, percent));
    const shown = [(user + system) / 1000 / times.length, median, p90, p99].map(
      (ms = 0) => `${ms.toFixed(2)} ms`,
    );
    console.log(`| ${build} | ${kind} | ${shown.join(' | ')} |`);
  }
  await engine.close();
  return digests;
}

/** An encoder of the index's model with unit vectors that depend on the text alone. */
function madeUp(): Encoder {
  const snapshot = readFileSync(join(options.index, 'CURRENT'), 'utf8').trim();
  const { model } = JSON.parse(readFileSync(join(options.index, snapshot, 'manifest.json'), 'utf8'));
  const vectorOf = (input: EncoderInput) => {
    const text = JSON.stringify(input);
    const random = mulberry32(createHash('sha256').update(text).digest().readUInt32LE());
    const vector = Float32Array.from({ length: model.dimension }, () => random() - 0.5);
    return vector.map((value) => value / Math.hypot(...vector));
  };
  return {
    model,
    encode: async (texts) => Float32Array.from(texts.flatMap((text) => Array.from(vectorOf(text)))),
    close: async () => {},
  };
}

/** A query whose longest word has two letters exchanged. */
function misspelt(query: string): string {
  const [longest] = query.split(' ').sort((a, b) => b.length - a.length);
  if (!longest || longest.length < 4) return query;
  return query.replace(longest, longest.slice(0, 2) + longest[3] + longest[2] + longest.slice(4));
}

async function inTurn<A, B>(all: readonly A[], work: (one: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (const one of all) done.push(await work(one));
  return done;
}
