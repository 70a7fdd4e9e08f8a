/**
 * Measures when the papers of a new index can first be searched, and what it costs to publish them while they are encoded, and
 * writes scripts/measurements/first-answer.md:
 *   npm run build && npx tsx scripts/measure-first-answer.ts [papers] [vectors a second]
 * Papers come from the corpus of the bench. Their vectors are pseudo-random and arrive at the given rate, without taking
 * processor time; `--encoder` uses the bundled model instead. With `--first`, each number is one of papers: the ingest of each stops
 * at the first answer, and scripts/measurements/first-keyword-answer.md is written.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EncodeOptions, Encoder } from '../src/encode/encoder.ts';
import { bundledModel } from '../src/encode/model/minilm.ts';
import { infoOf } from '../src/encode/models/model.ts';
import { normalize } from '../src/encode/pooling.ts';
import { mulberry32 } from '../src/util/random.ts';
import { corpusFile, papersOf, REAL_PAPERS } from './bench/corpora.ts';
import { product } from './bench/product.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { encoder: { type: 'boolean', default: false }, first: { type: 'boolean', default: false } },
});
const numbers = positionals.map(Number);
const [count = 20_000] = numbers;
const rate = values.first ? 1 : (numbers[1] ?? 500);

/** Vectors that come at a rate. */
class PacedEncoder implements Encoder {
  readonly model = infoOf(bundledModel());
  readonly #random = mulberry32(1);

  async encode(texts: readonly unknown[], options: EncodeOptions = {}): Promise<Float32Array> {
    const { dimension } = this.model;
    const vectors = new Float32Array(texts.length * dimension).map(() => this.#random() - 0.5);
    const started = performance.now();
    for (let done = 0; done < texts.length; ) {
      const due = Math.min(texts.length, Math.floor(((performance.now() - started) / 1000) * rate));
      for (; done < due; done++) {
        const vector = vectors.subarray(done * dimension, (done + 1) * dimension);
        normalize(vector);
        options.onVector?.(done, vector);
      }
      options.onProgress?.(done, texts.length);
      await new Promise((resolve) => setTimeout(resolve, 20));
      options.signal?.throwIfAborted();
    }
    return vectors;
  }

  async close(): Promise<void> {}
}

interface Publication {
  readonly atSeconds: number;
  readonly share: number;
  readonly tookMs: number;
}

const folder = await mkdtemp(join(tmpdir(), 'paper-search-first-answer-'));
try {
  if (values.first) await reportFirst(numbers);
  else await reportAll();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The first papers of the corpus as a file. */
async function papersFile(papers: number): Promise<string> {
  const lines: string[] = [];
  for await (const paper of papersOf(await corpusFile(REAL_PAPERS))) {
    if (lines.push(`${JSON.stringify(paper)}\n`) === papers) break;
  }
  const file = join(folder, `papers-${papers}.jsonl`);
  await writeFile(file, lines.join(''));
  return file;
}

/** Each number of papers in its own process, since the memory of one would count for the next. */
async function reportFirst(counts: readonly number[]): Promise<void> {
  const alone = process.env.FIRST_ANSWER_OF;
  if (alone) {
    process.stdout.write(JSON.stringify(await untilFirst(alone)));
    return;
  }
  const rows: string[] = [];
  for (const papers of counts) {
    const [script = ''] = process.argv.slice(1);
    const args = ['--import', 'tsx', script, '--first', String(papers)];
    const env = { ...process.env, FIRST_ANSWER_OF: await papersFile(papers) };
    const said = execFileSync(process.execPath, args, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { seconds, processorSeconds, peakMib } = JSON.parse(said) as Awaited<ReturnType<typeof untilFirst>>;
    rows.push(`| ${papers} | ${seconds.toFixed(1)} | ${processorSeconds.toFixed(1)} | ${peakMib} MiB |`);
  }
  const report = [
    '# First keyword answer of a new index',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
    `Written by \`npm run build && npx tsx scripts/measure-first-answer.ts ${process.argv.slice(2).join(' ')}\`: papers of the bench from one JSON Lines file, one run each. From the start of the ingest to the first answer of a keyword query, opening the index included; then the ingest is stopped. Peak: of the process, everything included.`,
    '',
    '| papers | seconds | seconds of processor | resident at most |',
    '|---:|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n');
  await writeFile(new URL('./measurements/first-keyword-answer.md', import.meta.url), report);
  process.stdout.write(report);
}

/** Ingests a file into a new index until it answers a keyword query. */
async function untilFirst(file: string) {
  const index = join(folder, 'first');
  const stop = new AbortController();
  const encoder = new PacedEncoder();
  const started = performance.now();
  const before = process.cpuUsage();
  let first: Promise<number> | undefined;
  const ingested = product.ingest([file], {
    index,
    encoder,
    corpusMap: false,
    signal: stop.signal,
    onProgress: ({ stage }) => {
      if (stage === 'searchable') first ??= answered(index).then(() => (performance.now() - started) / 1000);
      void first?.finally(() => stop.abort(new Error('enough')));
    },
  });
  await ingested.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  const { user, system } = process.cpuUsage(before);
  return {
    seconds: (await first)!,
    processorSeconds: (user + system) / 1e6,
    peakMib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

async function reportAll(): Promise<void> {
  const file = await papersFile(count);
  const early = await measured(file, 'early', {});
  const late = await measured(file, 'late', { waitForVectors: true });
  const inBetween = early.publications.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1000;
  const vectors = values.encoder
    ? 'The bundled model encodes them in its own process.'
    : `Their vectors are pseudo-random and arrive at ${rate} a second without taking processor time, so the time of the encoder is not that of a model.`;
  const report = [
    '# First answer of a new index',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
    `Written by \`npx tsx scripts/measure-first-answer.ts ${process.argv.slice(2).join(' ')}\`: ${count} papers of the bench, without a map, one run. ${vectors}`,
    '',
    '| seconds after the start | papers with a vector | publishing took |',
    '|---|---|---|',
    ...early.publications.map(
      ({ atSeconds, share, tookMs }) =>
        `| ${atSeconds.toFixed(1)} | ${(100 * share).toFixed(0)} % | ${tookMs.toFixed(0)} ms |`,
    ),
    `| ${early.seconds.toFixed(1)} | 100 %, the end | |`,
    '',
    `The first keyword query was answered ${early.firstAnswerSeconds.toFixed(1)} s after the start, opening the index included. With \`waitForVectors\` the same ingest takes ${late.seconds.toFixed(1)} s and makes the same snapshot (${early.snapshot === late.snapshot ? 'checked' : 'NOT THE SAME'}). Publishing before the end took ${inBetween.toFixed(1)} s, ${((100 * inBetween) / early.seconds).toFixed(1)} % of the time.`,
    '',
  ].join('\n');
  await writeFile(new URL('./measurements/first-answer.md', import.meta.url), report);
  process.stdout.write(report);
}

/** One ingest into a new index. */
async function measured(file: string, name: string, options: { readonly waitForVectors?: boolean }) {
  const index = join(folder, name);
  // A new one each time, since the pseudo-random vectors have to be the same.
  const encoder = values.encoder ? product.createProcessEncoder() : new PacedEncoder();
  const publications: Publication[] = [];
  let first: Promise<number> | undefined;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const { snapshot } = await product.ingest([file], {
    index,
    encoder,
    corpusMap: false,
    ...options,
    onProgress: (event) => {
      if (event.stage !== 'searchable') return;
      const { papers, withVector, tookMs } = event;
      publications.push({ atSeconds: elapsed(), share: withVector / papers, tookMs });
      first ??= answered(index).then(elapsed);
    },
  });
  const seconds = elapsed();
  await encoder.close();
  return { snapshot, publications, seconds, firstAnswerSeconds: (await first) ?? seconds };
}

/** Opens an index and asks a keyword query. */
async function answered(index: string): Promise<void> {
  const engine = await product.openIndex(index, { encoder: new PacedEncoder() });
  const snapshot = await engine.acquire();
  const { hits } = await snapshot.search({ query: 'language models', mode: 'keyword' });
  if (hits.length === 0) throw new Error('Nothing was found.');
  await engine.close();
}
