/**
 * Measures the encoder and writes scripts/measurements/encoder.md. Takes about ten minutes on two cores:
 *   npm run build && npx tsx scripts/measure-encoder.ts
 * Texts come from the conference-lists collection (PAPER_SEARCH_COLLECTIONS, default ../shared/collections).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TitledText } from '../src/encode/encoder.ts';
import { createLocalEncoder } from '../src/encode/local-encoder.ts';
import { prepareModel } from '../src/encode/model/prepare.ts';
import { loadTokenizer } from '../src/encode/tokenizer.ts';
import { readCorpusFile } from '../src/papers/read/read-corpus.ts';

const COLLECTIONS = process.env.PAPER_SEARCH_COLLECTIONS ?? '../shared/collections';
const BATCH_SIZES = [1, 8, 32];
const SAMPLE = 128;
const MANY = 10_000;

const papers = await readPapers(MANY);
const abstracts = await abstractsOfTokens(180, 220, SAMPLE);
const report = [
  '# The encoder, measured',
  '',
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
  'Written by `npx tsx scripts/measure-encoder.ts`. The machine is shared: compare within this page only.',
  '',
  '| | |',
  '|---|---|',
  `| production dependencies on disk | ${installSize()} MB |`,
  ...(await coldStarts()),
  ...(await queryLatency()),
  '',
  `Vectors per second, ${SAMPLE} abstracts of 180 to 220 tokens, by windows per run:`,
  '',
  `| | ${BATCH_SIZES.map((size) => `batch ${size}`).join(' | ')} |`,
  `|---|${BATCH_SIZES.map(() => '---|').join('')}`,
  ...(await throughput()),
  '',
  'Resident memory of a process that encodes papers (title and abstract, up to the number of papers):',
  '',
  ...(await memory()),
  '',
].join('\n');
await writeFile(new URL('./measurements/encoder.md', import.meta.url), report);
process.stdout.write(report);

async function readPapers(count: number): Promise<TitledText[]> {
  const read: TitledText[] = [];
  const file = join(COLLECTIONS, 'conference-lists', 'corpus.jsonl.gz');
  for await (const event of readCorpusFile({ file, named: true }, {})) {
    if (event.kind === 'paper') read.push({ title: event.paper.title, body: event.paper.abstract });
    if (read.length === count) break;
  }
  return read;
}

async function abstractsOfTokens(min: number, max: number, count: number): Promise<string[]> {
  const { tokenize } = await loadTokenizer(await prepareModel());
  const fits = (text: string) => {
    const tokens = tokenize(text).length;
    return tokens >= min && tokens <= max;
  };
  return papers
    .map(({ body }) => body)
    .filter(fits)
    .slice(0, count);
}

function installSize(): number {
  const folders = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { encoding: 'utf8' })
    .split('\n')
    .filter((folder) => folder.includes('node_modules'));
  // Nested packages are inside the folders of others and counted there.
  const outermost = folders.filter(
    (folder) => !folders.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
  const sizes = execFileSync('du', ['-sk', ...outermost], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return Math.round(sizes.reduce((sum, line) => sum + Number.parseInt(line, 10), 0) / 1024);
}

async function coldStarts(): Promise<string[]> {
  const cache = await mkdtemp(join(tmpdir(), 'paper-search-measure-'));
  const module = new URL('../dist/index.js', import.meta.url).href;
  const program = `import { createLocalEncoder } from '${module}'; await (await createLocalEncoder()).encode(['a question']); process.exit()`;
  const run = () => {
    const started = performance.now();
    spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, PAPER_SEARCH_CACHE: cache },
      stdio: 'inherit',
    });
    return performance.now() - started;
  };
  const first = run();
  const later = median([run(), run(), run(), run(), run()]);
  await rm(cache, { recursive: true });
  return [
    `| process start to first vector, model not converted yet | ${(first / 1000).toFixed(2)} s |`,
    `| process start to first vector, model in the cache (median of 5) | ${(later / 1000).toFixed(2)} s |`,
  ];
}

async function queryLatency(): Promise<string[]> {
  const encoder = await createLocalEncoder();
  const query = 'how do language models learn to improve from their own answers';
  const times: number[] = [];
  for (let i = 0; i < 60; i++) {
    const started = performance.now();
    await encoder.encode([query]);
    if (i >= 10) times.push(performance.now() - started);
  }
  await encoder.close();
  return [
    `| one query of 12 tokens, warm (median of 50; minimum) | ${median(times).toFixed(1)} ms; ${Math.min(...times).toFixed(1)} ms |`,
  ];
}

async function throughput(): Promise<string[]> {
  const sorted = [...abstracts].sort((a, b) => a.length - b.length);
  const rows: string[] = [];
  for (const precision of ['int8', 'fp32'] as const) {
    for (const [order, texts] of [
      ['unsorted', abstracts],
      ['sorted by length', sorted],
    ] as const) {
      const cells: string[] = [];
      for (const batchSize of BATCH_SIZES) {
        const encoder = await createLocalEncoder({ precision, batchSize });
        await encoder.encode(texts.slice(0, batchSize));
        const started = performance.now();
        // One call per batch: the encoder sorts within a call.
        for (let i = 0; i < texts.length; i += batchSize) await encoder.encode(texts.slice(i, i + batchSize));
        cells.push((texts.length / ((performance.now() - started) / 1000)).toFixed(1));
        await encoder.close();
      }
      rows.push(`| ${precision}, ${order} | ${cells.join(' | ')} |`);
    }
  }
  return rows;
}

async function memory(): Promise<string[]> {
  const encoder = await createLocalEncoder();
  const marks = [100, 1000, 2500, 5000, 7500, MANY];
  const resident: number[] = [];
  let done = 0;
  for (const mark of marks) {
    for (; done < mark; done += 50) await encoder.encode(papers.slice(done, Math.min(done + 50, mark)));
    done = mark;
    resident.push(process.memoryUsage.rss());
    process.stderr.write(`${mark} encoded\n`);
  }
  await encoder.close();
  return [
    `| papers | ${marks.join(' | ')} |`,
    `|---|${marks.map(() => '---|').join('')}`,
    `| MB | ${resident.map((bytes) => (bytes / 1e6).toFixed(0)).join(' | ')} |`,
  ];
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
