/**
 * One engine in its own process: reads requests as JSON Lines from standard input and answers each with a line on
 * standard output. Time is measured here, around the call, so that it excludes the pipe.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { papersOf } from '../corpora.ts';
import type { BenchEngine, BenchQuery, BuildInput, EngineModule } from './engine.ts';
import { memory, peakBytes } from './memory.ts';
import type { BuildRequest, Request, RunAnswer, SentQuery } from './protocol.ts';

const answer = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
// Output of packages must not mix with the answers.
console.log = console.info = console.warn = console.error;

const [file, options] = process.argv.slice(2);
const sets = new Map<string, BenchQuery[]>();
let engine: BenchEngine;

const HANDLERS: { [Op in Request['op']]: (request: Extract<Request, { op: Op }>) => unknown } = {
  build: (request) => build(request),
  queries: ({ set, queries }) => {
    sets.set(set, queries.map(decoded));
    return {};
  },
  run: ({ set, places, results }) => run(sets.get(set)!, places, results),
  save: async ({ folder }) => {
    mkdirSync(folder, { recursive: true });
    await engine.save?.(folder);
    return { saved: engine.save !== undefined };
  },
  memory: () => memory(),
};

async function build(request: BuildRequest): Promise<unknown> {
  mkdirSync(request.folder, { recursive: true });
  const before = memory();
  let readMs = 0;
  const input: BuildInput = {
    ...request,
    async *papers() {
      // The time between requesting a paper and having it is the reader's, not the engine's.
      let asked = performance.now();
      for await (const paper of papersOf(request.papersFile, request.count)) {
        readMs += performance.now() - asked;
        yield paper;
        asked = performance.now();
      }
      readMs += performance.now() - asked;
    },
    vectors() {
      const started = performance.now();
      const bytes = readFileSync(request.vectorsFile);
      readMs += performance.now() - started;
      return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    },
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  await engine.build(input);
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: (wallMs - readMs) / 1000,
    readSeconds: readMs / 1000,
    cpuSeconds: (user + system) / 1e6,
    baselineBytes: before.memoryBytes,
    ...memory(),
  };
}

async function run(
  queries: readonly BenchQuery[],
  places: readonly number[],
  results: boolean,
): Promise<RunAnswer> {
  const wallUs: number[] = [];
  const cpuUs: number[] = [];
  const found: (readonly number[])[] = [];
  for (const place of places) {
    const query = queries[place]!;
    const cpu = process.cpuUsage();
    const started = performance.now();
    const hits = await engine.query(query);
    const wallMs = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    wallUs.push(Math.round(wallMs * 1e4) / 10);
    cpuUs.push(user + system);
    if (results) found.push(hits);
  }
  return { wallUs, cpuUs, results: found, peakBytes: peakBytes() };
}

function decoded({ text, terms, vector }: SentQuery): BenchQuery {
  if (vector === undefined) return { text, terms };
  const bytes = Uint8Array.from(Buffer.from(vector, 'base64'));
  return { text, terms, vector: new Float32Array(bytes.buffer) };
}

const failure = (error: unknown) => ({
  error: error instanceof Error ? (error.stack ?? error.message) : String(error),
});

try {
  const module: EngineModule = await import(`./${file}`);
  engine = await module.create(JSON.parse(options ?? '{}'));
  answer({ version: module.version(), runtime: `Node ${process.version}` });
} catch (error) {
  answer(failure(error));
  process.exit(1);
}
for await (const line of createInterface({ input: process.stdin })) {
  const request: Request = JSON.parse(line);
  try {
    answer(await HANDLERS[request.op](request as never));
  } catch (error) {
    answer(failure(error));
  }
}
await engine.close?.();
process.exit(0);
