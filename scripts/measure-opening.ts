/**
 * Measures what opening an index takes, step by step, of several builds of the program, and writes
 * scripts/measurements/opening.md:
 *   npx tsx scripts/measure-opening.ts --queries queries.jsonl --of before=dist,index --of after=dist,index
 * Each step is of a new process, the builds in turns; the median of the rounds.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Encoder } from '../src/encode/encoder.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    of: { type: 'string', multiple: true, default: [] },
    queries: { type: 'string' },
    answers: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '3' },
  },
});
const MIB = 2 ** 20;

/** Since the process began to open the index. */
interface Step {
  readonly name: string;
  readonly ms: number;
  readonly residentBytes: number;
  readonly arrayBytes: number;
  readonly heapBytes: number;
}

const [dist, index] = positionals;
if (dist !== undefined && index !== undefined) process.stdout.write(JSON.stringify(await steps(dist, index)));
else report();

/** Opens an index in this process, and asks it. */
async function steps(dist: string, index: string): Promise<Step[]> {
  const product: typeof import('../src/index.ts') = await import(
    pathToFileURL(join(resolve(dist), 'index.js')).href
  );
  const done: Step[] = [];
  const started = performance.now();
  const step = (name: string) => {
    const ms = performance.now() - started;
    const { rss, arrayBuffers, heapUsed } = process.memoryUsage();
    done.push({ name, ms, residentBytes: rss, arrayBytes: arrayBuffers, heapBytes: heapUsed });
  };
  const encoderOf = async (model: Encoder['model']): Promise<Encoder> => ({
    model,
    encode: async (texts) => new Float32Array(texts.length * model.dimension),
    close: async () => {},
  });
  step('before');
  const engine = await product.openIndex(index, { encoderOf });
  step('opened');
  const snapshot = await engine.acquire();
  await snapshot.search({ query: 'neural machine translation', mode: 'keyword' });
  step('first answer by keyword');
  const lines = readFileSync(options.queries!, 'utf8').split('\n').slice(0, Number(options.answers));
  for (const line of lines) await snapshot.search({ query: JSON.parse(line).text, mode: 'keyword' });
  step(`${lines.length} more answers`);
  await engine.warmUp();
  await snapshot.suggest('neural');
  step('names, suggestions and coarse codes read');
  await snapshot[Symbol.asyncDispose]();
  await engine.close();
  return done;
}

function report(): void {
  const builds = options.of.map((text) => {
    const [, name, dist, index] = /^(.+)=(.+),(.+)$/.exec(text)!;
    return { name: name!, dist: dist!, index: index!, rounds: [] as Step[][] };
  });
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const build of builds) {
      const script = fileURLToPath(import.meta.url);
      const asked = ['--queries', options.queries!, '--answers', options.answers];
      const found = spawnSync(
        process.execPath,
        ['--import', 'tsx', script, build.dist, build.index, ...asked],
        {
          encoding: 'utf8',
        },
      );
      if (found.status !== 0) throw new Error(found.stderr);
      build.rounds.push(JSON.parse(found.stdout));
    }
  }
  const lines = builds[0]!.rounds[0]!.flatMap(({ name }, at) =>
    builds.map((build) => {
      const median = (of: (step: Step) => number) =>
        build.rounds.map((steps) => of(steps[at]!)).sort((a, b) => a - b)[build.rounds.length >> 1]!;
      const bytes = (of: (step: Step) => number) => Math.round(median(of) / MIB).toLocaleString('en');
      const ms = Math.round(median((step) => step.ms)).toLocaleString('en');
      const resident = bytes((step) => step.residentBytes);
      const arrays = bytes((step) => step.arrayBytes);
      return `| ${name} | ${build.name} | ${ms} | ${resident} | ${arrays} | ${bytes((step) => step.heapBytes)} |`;
    }),
  );
  const text = [
    '# Opening an index, step by step',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, Node ${process.version}, one core; the index in the system's cache.`,
    '`npx tsx scripts/measure-opening.ts --queries queries.jsonl --of before=dist,index --of after=dist,index`: milliseconds since the',
    `program was loaded; the median of ${options.rounds} rounds, in turns; a separate process of each. Arrays are reserved for all postings`,
    'and positions, and resident where they were read.',
    '',
    '| step | program | ms | resident MiB | arrays MiB | objects MiB |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
  ].join('\n');
  writeFileSync(new URL('measurements/opening.md', import.meta.url), text);
}
