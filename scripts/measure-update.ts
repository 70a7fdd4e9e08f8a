/**
 * Measures by step how long adding papers to an index takes, on a copy of it in a temporary folder beside it, of links to its
 * files, which no ingest changes. The vectors are noise, made at no cost: the encoder's time is not in it.
 *   npx tsx scripts/measure-update.ts --index INDEX --papers PAPERS.jsonl
 * With `--rewrite` everything is read, compared and written again, as if nothing could be kept.
 */
import {
  createReadStream,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { openSnapshot } from '../src/indexes/store/snapshot-reader.ts';
import { ingest } from '../src/ingest/ingest.ts';
import type { Paper } from '../src/papers/paper.ts';
import { NoiseEncoder } from '../test/support/noise-encoder.ts';

const MIB = 2 ** 20;

const options = new Command('measure-update')
  .description('measure by step how long adding papers to an index takes')
  .requiredOption('--index <folder>', 'the index, which stays as it is')
  .requiredOption('--papers <file>', 'papers as JSON lines, of which new ones are made')
  .option('--count <n>', 'new papers', Number, 1000)
  .option('--kept-from <n>', 'papers from which on their files are kept', Number)
  .option('--rewrite', 'read, compare and write everything again', false)
  .parse()
  .opts<{ index: string; papers: string; count: number; keptFrom?: number; rewrite: boolean }>();

const folder = mkdtempSync(join(dirname(resolve(options.index)), 'measure-update-'));
try {
  const index = join(folder, 'index');
  linkFolder(options.index, index);
  const file = join(folder, 'new.jsonl');
  const papers = await newPapers(options.papers, options.count);
  writeFileSync(file, papers.map((paper) => `${JSON.stringify(paper)}\n`).join(''));
  await measure(index, file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else linkSync(source, target);
  }
}

async function measure(index: string, file: string): Promise<void> {
  const before = await openSnapshot(index);
  const { model } = before.manifest;
  before.close();
  const encoder = Object.assign(new NoiseEncoder(), { model });
  const started = performance.now();
  let [stage, since, cpu] = ['starting', started, process.cpuUsage()];
  const lines: string[] = [];
  const enter = (next: string) => {
    if (next === stage) return;
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - since) / 1000;
    const resident = Math.round(process.memoryUsage.rss() / MIB);
    lines.push(`| ${stage} | ${seconds.toFixed(1)} | ${((user + system) / 1e6).toFixed(1)} | ${resident} |`);
    [stage, since, cpu] = [next, performance.now(), process.cpuUsage()];
  };
  const onProgress = (progress: { readonly stage: string }) => enter(progress.stage);
  const { rewrite, keptFrom } = options;
  const update = { index, encoder, corpusMap: false, onProgress, keptFrom, ...(rewrite && { rewrite }) };
  const report = await ingest([file], update);
  enter('end');
  const seconds = (performance.now() - started) / 1000;
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const head = `${report.added} papers added to ${report.papers - report.added}: ${seconds.toFixed(1)} s, at most ${peak} MiB resident\n`;
  const table = ['| step | s | s of processor | MiB at its end |', '| --- | ---: | ---: | ---: |', ...lines];
  process.stdout.write(`${head}\n${table.join('\n')}\n`);
}

/** New papers: titles of two of the first papers, an abstract of a third. */
async function newPapers(papersFile: string, count: number): Promise<object[]> {
  const from: Paper[] = [];
  const lines = createInterface({ input: createReadStream(papersFile) });
  for await (const line of lines) {
    from.push(JSON.parse(line));
    if (from.length === 3 * count) break;
  }
  const run = Date.now();
  return Array.from({ length: Math.min(count, Math.floor(from.length / 3)) }, (_, n) => {
    const [a, b, c] = [from[n]!, from[count + n]!, from[2 * count + n]!];
    const title = `${a.title.slice(0, 60)} / ${b.title.slice(0, 60)} ${run}x${n}`;
    return { ...c, id: `update-${run}-${n}`, title, externalIds: {}, urls: {} };
  });
}
