/**
 * Measures many papers as one index behind HTTP, each process with a limit of memory: the build with ready vectors, the
 * opening, the recall of the vector scan, the server, and an update of 1,000 papers under load. What is in the record
 * is not measured again, so that a stopped run continues.
 *   npm run build && npx tsx scripts/bench/million.ts --papers 1000000 --memory 8192
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import type { Paper } from '../../src/papers/paper.ts';
import { CACHE, corpusFile, papersOf, REAL_PAPERS } from './corpora.ts';
import { commit, machine } from './machine.ts';
import type { BuildFigures } from './million-build.ts';
import { distinctPapers } from './million-corpus.ts';
import { MemoryLimit, MemoryWatch } from './million-memory.ts';
import type { OpenFigures } from './million-open.ts';
import type { RecallFigures } from './million-recall.ts';
import { type MillionRecord, reportOf } from './million-report.ts';
import { measureServing, measureUpdate } from './million-serve.ts';
import { querySets } from './queries.ts';

const STAGES = ['build', 'open', 'recall', 'serve', 'update'] as const;
type Stage = (typeof STAGES)[number];

/** Papers of an update. */
const UPDATED = 1000;
const MIB = 2 ** 20;

const list = (text: string) => text.split(',');
const options = new Command('bench:million')
  .description('measure many papers as one index behind HTTP')
  .option('--papers <n>', 'papers of the index', Number, 1_000_000)
  .option('--memory <mib>', 'most memory of each process, with those that it starts (MiB)', Number, 8192)
  .option('--folder <folder>', 'a folder for the index and the record', join(CACHE, 'million'))
  .option('--stages <stage,stage>', `what is measured again: ${STAGES.join(', ')}`, list, [])
  .option('--hold', 'hold the vectors back until the first snapshot can be searched', false)
  .option('--out <file>', 'file of the report (Markdown)')
  .parse()
  .opts<{
    papers: number;
    memory: number;
    folder: string;
    stages: readonly Stage[];
    hold: boolean;
    out?: string;
  }>();

mkdirSync(options.folder, { recursive: true });
const recordFile = join(options.folder, `million-${options.papers}.json`);
const index = join(options.folder, `index-${options.papers}`);
const mostBytes = options.memory * MIB;
const limit = new MemoryLimit(`million-${options.papers}`, mostBytes);
let record: MillionRecord = existsSync(recordFile)
  ? JSON.parse(readFileSync(recordFile, 'utf8'))
  : { papers: options.papers };
record = {
  ...record,
  date: new Date().toISOString(),
  commit: commit(),
  machine: machine(),
  memoryMib: options.memory,
  isEnforced: limit.isEnforced,
  realPapers: Math.min(options.papers, REAL_PAPERS),
};

try {
  const papersFile = await distinctPapers(options.papers, options.folder);
  const sample = [];
  for await (const paper of papersOf(papersFile, 1000)) sample.push(paper);
  const queries = querySets(sample, 200).short!;
  const serving = { index, queries, command: limit.command, mostBytes };

  await measure('build', async () => {
    rmSync(index, { recursive: true, force: true });
    return build(papersFile, options.hold ? 'hold' : 'free');
  });
  await measure('open', async () => (await child<OpenFigures>('million-open.ts', [index])).figures);
  await measure('recall', async () => {
    const asked = queries.slice(0, 50);
    return (await child<RecallFigures>('million-recall.ts', [index, ...asked])).figures;
  });
  await measure('serve', () => measureServing(serving));
  await measure('update', async () => {
    const run = Date.now();
    const { file, title, id } = await newPapers(run);
    try {
      return await measureUpdate(serving, () => build(file, 'free'), title, id);
    } finally {
      rmSync(file, { force: true });
    }
  });
} finally {
  limit.close();
}
const report = reportOf(record);
process.stdout.write(report);
if (options.out) writeFileSync(options.out, report);

/** Measures a stage unless the record has it, and keeps what came of it. */
async function measure<S extends Stage>(
  stage: S,
  work: () => Promise<NonNullable<MillionRecord[S]>>,
): Promise<void> {
  if (record[stage] !== undefined && !options.stages.includes(stage)) return;
  process.stderr.write(`${stage} …\n`);
  record = { ...record, [stage]: await work() };
  writeFileSync(recordFile, `${JSON.stringify(record, null, 2)}\n`);
}

async function build(file: string, hold: 'hold' | 'free'): Promise<BuildFigures & { peakBytes: number }> {
  const { figures, peakBytes } = await child<BuildFigures>('million-build.ts', [index, file, hold]);
  return { ...figures, peakBytes };
}

/** Runs a script of this folder in its own process, within the limit of memory. @returns what it wrote. */
async function child<T>(script: string, args: readonly string[]): Promise<{ figures: T; peakBytes: number }> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const words = [...limit.command, process.execPath, '--import', 'tsx', path, ...args];
  const process_ = spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
  const watch = new MemoryWatch(process_.pid!, mostBytes);
  let said = '';
  process_.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const code = await new Promise((resolve) =>
    process_.once('close', (status, signal) => resolve(signal ?? status)),
  );
  const peak = watch.stop();
  if (code !== 0)
    throw new Error(`${script} ended with ${code}; at most ${peak.resident} bytes were resident.`);
  return { figures: JSON.parse(said.trim().split('\n').at(-1)!), peakBytes: peak.resident };
}

/** A file with new papers: titles of two real ones, an abstract of a third. */
async function newPapers(run: number): Promise<{ file: string; title: string; id: string }> {
  const from: Paper[] = [];
  for await (const paper of papersOf(await corpusFile(options.papers), 3 * UPDATED)) from.push(paper);
  const papers = Array.from({ length: UPDATED }, (_, n) => {
    const [a, b, c] = [from[n]!, from[UPDATED + n]!, from[2 * UPDATED + n]!];
    return {
      ...c,
      id: `update-${run}-${n}`,
      title: `${a.title.slice(0, 60)} / ${b.title.slice(0, 60)} ${run}x${n}`,
      externalIds: {},
      urls: {},
    };
  });
  const file = join(options.folder, `update-${run}.jsonl`);
  writeFileSync(file, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  return { file, title: papers[0]!.title, id: papers[0]!.id };
}
