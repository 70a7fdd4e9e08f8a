/**
 * Compares the rate of an ingest with that of the encoder alone on the same papers, in one run, and writes
 * scripts/measurements/ingest.md. Takes some minutes:
 *   npm run build && npx tsx scripts/measure-ingest.ts [papers]
 * Papers come from the corpus of the bench, after those that have stored vectors.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBulkEncoder } from '../dist/encode/process-encoder.js';
import { ingest } from '../dist/ingest/ingest.js';
import type { Paper } from '../src/papers/paper.ts';
import { corpusFile, papersOf, REAL_PAPERS } from './bench/corpora.ts';

const count = Number(process.argv[2] ?? 1500);
const papers: Paper[] = [];
for await (const paper of papersOf(await corpusFile(REAL_PAPERS))) papers.push(paper);
const sample = papers.slice(-count);
const texts = sample.map(({ title, abstract }) => ({ title, body: abstract }));

const folder = await mkdtemp(join(tmpdir(), 'paper-search-ingest-'));
try {
  const bare = createBulkEncoder();
  await bare.encode(texts.slice(0, 16));
  const bareSeconds = await seconds(() => bare.encode(texts));
  await bare.close();

  const file = join(folder, 'papers.jsonl');
  await writeFile(file, sample.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  const index = join(folder, 'index');
  const ingestSeconds = await seconds(() => ingest([file], { index }));
  const againSeconds = await seconds(() => ingest([file], { index }));
  const report = [
    '# Ingest compared with the encoder alone',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
    `Written by \`npx tsx scripts/measure-ingest.ts ${count}\`: ${count} papers with title and abstract, one run.`,
    '',
    '| | seconds | papers per second |',
    '|---|---|---|',
    row('encoder alone, model loaded', bareSeconds),
    row('ingest from nothing: model loaded, papers read, encoded, indexed, written', ingestSeconds),
    row('the same ingest again', againSeconds),
    '',
    `The ingest reaches ${((100 * bareSeconds) / ingestSeconds).toFixed(0)} % of the encoder's rate.`,
    '',
  ].join('\n');
  await writeFile(new URL('./measurements/ingest.md', import.meta.url), report);
  process.stdout.write(report);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function row(what: string, taken: number): string {
  return `| ${what} | ${taken.toFixed(1)} | ${(count / taken).toFixed(1)} |`;
}
