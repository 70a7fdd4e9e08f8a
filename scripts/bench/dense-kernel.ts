/**
 * Measures dense search and writes scripts/measurements/dense.md. Some minutes; needs a build, and the vectors
 * of as many papers as there is time to encode:
 *   npm run build && npx tsx scripts/bench/vectors.ts 100000 && npx tsx scripts/bench/dense-kernel.ts
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createProcessEncoder } from '../../dist/encode/process-encoder.js';
import { CodeIndex } from '../../src/dense/code-index.ts';
import { APPROXIMATE_FROM, CodeMemory } from '../../src/dense/code-memory.ts';
import { FlatIndex } from '../../src/dense/flat-index.ts';
import { innerProduct } from '../../src/dense/inner-product.ts';
import { quantize } from '../../src/dense/quantize.ts';
import { SignShortlist } from '../../src/dense/sign-shortlist.ts';
import { topDocs } from '../../src/dense/top-docs.ts';
import { assemble } from '../build-kernel.ts';
import { corpusFile, mulberry32, papersOf, REAL_PAPERS } from './corpora.ts';
import { cachedVectors } from './vectors.ts';

const DIMENSION = 384;
/** Papers whose vectors and titles are questions, and which are not in the index. */
const QUERIES = 200;
const K = 10;
const SIZES = [10_000, 50_000, 100_000, 250_000, 500_000, 750_000, 1_000_000];
const MOST_FLOAT = 100_000;
const LIMIT_MS = 20;
const SHARES = [0.0025, 0.005, 0.01, 0.02];
const READ = new URL('memory-read.wat', import.meta.url);

const real = await cachedVectors(REAL_PAPERS);
const papers = real.length / DIMENSION - QUERIES;
const paperQueries = Array.from({ length: QUERIES }, (_, q) => rowOf(real, papers + q));
const titleQueries = await encodedTitles();
const readModule = new WebAssembly.Module(await assemble(fileURLToPath(READ)));

const report = [
  '# Dense search, measured',
  '',
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
  'Written by `npx tsx scripts/bench/dense-kernel.ts`. The machine is shared: times are the least of several',
  'rounds, in which the things compared take turns; compare within a table only.',
  '',
  `${papers} vectors of real papers (${DIMENSION} components); questions are ${QUERIES} papers held out, whole`,
  'and by their titles.',
  '',
  '## Scan',
  '',
  'One core, all vectors (real ones, repeated as often as needed). "Read": the same bytes only added up, 16 at a',
  'time, from one place and from four. "Ratio": the scan to the faster of these. "Nearest": with choosing and',
  'exact vectors in memory; "by signs": 1 % chosen by their signs first.',
  '',
  '| vectors | codes, MB | read, 1 place, ms | read, 4 places, ms | scan, ms | ratio | float scan in JavaScript, ms | nearest 10, ms | nearest 10 by signs, ms |',
  '|---|---|---|---|---|---|---|---|---|',
  ...scanTable(),
  '',
  '## Filters',
  '',
  'The same scan with 100,000 vectors, of which a filter leaves a share drawn at random:',
  '',
  '| share allowed | 100 % | 90 % | 50 % | 10 % | 1 % |',
  '|---|---|---|---|---|---|',
  filterRow(),
  '',
  '## Exactness',
  '',
  'Scale of a row: its largest component, or the clip (one of ten shares of it) with the least error:',
  '',
  ...clipTable(),
  '',
  `Over all ${papers} real vectors; "recall before": of the codes alone; "after": of \`nearest\`; "read": exact`,
  'vectors read for an answer, median, 95 % and most:',
  '',
  '| questions | k | recall@k before | recall@k after | read |',
  '|---|---|---|---|---|',
  ...exactnessTable(),
  '',
  '## Signs',
  '',
  `Recall@${K} when signs choose a share of the vectors first (the engine does so from ${APPROXIMATE_FROM} vectors`,
  'on, with 1 %):',
  '',
  `| vectors | questions | ${SHARES.map((share) => `${share * 100} %`).join(' | ')} |`,
  `|---|---|${SHARES.map(() => '---|').join('')}`,
  ...signTable(),
  '',
].join('\n');
await writeFile(new URL('../measurements/dense.md', import.meta.url), report);
process.stdout.write(report);

function scanTable(): string[] {
  const query = paperQueries[0]!;
  let crossed = '';
  let below = { size: 0, ms: 0 };
  const lines = SIZES.map((size) => {
    const memory = repeated(size, Number.POSITIVE_INFINITY);
    const index = new CodeIndex(memory);
    const signed = new CodeIndex(repeated(size, 0));
    const read = reader(memory);
    const vectorAt = (doc: number) => rowOf(real, doc % papers);
    const flat =
      size <= Math.min(MOST_FLOAT, papers)
        ? new FlatIndex(real.subarray(0, size * DIMENSION), DIMENSION)
        : undefined;
    const [one, four, scan, nearest, signs, float] = leastMs(size, [
      () => read.one(0, memory.codes.length),
      () => read.four(0, memory.codes.length),
      () => index.score(query),
      () => index.nearest(query, K, { vectorAt }),
      () => signed.nearest(query, K, { vectorAt }),
      () => flat?.score(query),
    ]);
    if (crossed === '' && nearest! > LIMIT_MS) {
      const share = (LIMIT_MS - below.ms) / (nearest! - below.ms);
      crossed = `Exact answers pass ${LIMIT_MS} ms at about ${Math.round((below.size + share * (size - below.size)) / 1000)},000 vectors.`;
    }
    below = { size, ms: nearest! };
    const ratio = scan! / Math.min(one!, four!);
    return row([
      size,
      (memory.codes.length / 1e6).toFixed(1),
      ms(one),
      ms(four),
      ms(scan),
      ratio.toFixed(2),
      flat ? ms(float) : '',
      ms(nearest),
      ms(signs),
    ]);
  });
  return [...lines, '', crossed];
}

function filterRow(): string {
  const index = new CodeIndex(repeated(100_000, Number.POSITIVE_INFINITY));
  const random = mulberry32(1);
  const masks = [0.9, 0.5, 0.1, 0.01].map((share) =>
    Uint8Array.from({ length: index.size }, () => (random() < share ? 1 : 0)),
  );
  const times = leastMs(
    index.size,
    [undefined, ...masks].map((allowed) => () => index.score(paperQueries[0]!, allowed)),
  );
  return row(['ms', ...times.map(ms)]);
}

function clipTable(): string[] {
  const shares = Array.from({ length: 10 }, (_, i) => 1 - i / 20);
  let full = 0;
  let best = 0;
  let most = 0;
  const sample = Math.min(papers, 2000);
  for (let doc = 0; doc < sample; doc++) {
    const vector = rowOf(real, doc);
    const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const errors = shares.map((share) => clippedError(vector, share * largest));
    const { error } = quantize(vector, new Int8Array(DIMENSION));
    full += error / sample;
    best += Math.min(...errors) / sample;
    most = Math.max(most, error);
  }
  return [
    '| | error of a vector |',
    '|---|---|',
    `| largest component, mean | ${full.toFixed(5)} |`,
    `| largest component, most | ${most.toFixed(5)} |`,
    `| best clip, mean | ${best.toFixed(5)} |`,
  ];
}

function clippedError(vector: Float32Array, largest: number): number {
  const scale = largest / 127;
  let squares = 0;
  for (const component of vector) {
    const code = Math.max(-127, Math.min(127, Math.round(component / scale)));
    squares += (component - code * scale) ** 2;
  }
  return Math.sqrt(squares);
}

function exactnessTable(): string[] {
  const memory = repeated(papers, Number.POSITIVE_INFINITY);
  const index = new CodeIndex(memory);
  return questionSets().flatMap(([name, queries]) =>
    [K, 100].map((k) => {
      const reads: number[] = [];
      let before = 0;
      let after = 0;
      for (const query of queries) {
        const truth = exactTop(query, papers, k);
        before += overlap(
          truth,
          topDocs(index.score(query), k, (from, bound) => memory.nextAbove(from, bound)),
        );
        let read = 0;
        const vectorAt = (doc: number) => {
          read++;
          return rowOf(real, doc);
        };
        after += overlap(
          truth,
          index.nearest(query, k, { vectorAt }).map(({ doc }) => doc),
        );
        reads.push(read);
      }
      reads.sort((a, b) => a - b);
      const at = (share: number) => reads[Math.floor(share * (reads.length - 1))];
      const mean = (sum: number) => (sum / queries.length).toFixed(4);
      return row([name, k, mean(before), mean(after), `${at(0.5)}, ${at(0.95)}, ${at(1)}`]);
    }),
  );
}

function signTable(): string[] {
  const sizes = [25_000, 50_000].filter((size) => size < papers).concat(papers);
  return sizes.flatMap((size) => {
    const memory = repeated(size, 0);
    const signs = new SignShortlist(memory);
    return questionSets().map(([name, queries]) => {
      const truths = queries.map((query) => exactTop(query, size, K));
      const recalls = SHARES.map((share) => {
        const found = queries.map((query, q) =>
          overlap(truths[q]!, signs.choose(query, memory.everyDoc, Math.ceil(share * size))),
        );
        return (found.reduce((sum, one) => sum + one, 0) / found.length).toFixed(4);
      });
      return row([size, name, ...recalls]);
    });
  });
}

function questionSets(): [string, Float32Array[]][] {
  return [
    ['papers', paperQueries],
    ['titles', titleQueries],
  ];
}

/** The real vectors encoded, again and again up to `count`. */
function repeated(count: number, approximateFrom: number): CodeMemory {
  const memory = new CodeMemory(count, DIMENSION, approximateFrom);
  for (let doc = 0; doc < Math.min(count, papers); doc++) memory.encode(doc, rowOf(real, doc));
  for (let doc = papers; doc < count; doc++) {
    const source = (doc % papers) * memory.stride;
    memory.codes.copyWithin(doc * memory.stride, source, source + memory.stride);
    memory.scales[doc] = memory.scales[doc % papers]!;
    memory.errors[doc] = memory.errors[doc % papers]!;
  }
  return memory;
}

function reader(memory: CodeMemory) {
  const { exports } = new WebAssembly.Instance(readModule, { dense: { memory: memory.memory } });
  return exports as Record<'one' | 'four', (from: number, bytes: number) => bigint>;
}

/** The least time of each task in ms, in rounds that run all of them in turn. */
function leastMs(size: number, tasks: readonly (() => unknown)[]): number[] {
  const least = tasks.map(() => Number.POSITIVE_INFINITY);
  const rounds = Math.max(12, Math.min(60, 6_000_000 / size));
  for (let round = 0; round < rounds; round++) {
    for (const [i, task] of tasks.entries()) {
      const started = performance.now();
      task();
      least[i] = Math.min(least[i]!, performance.now() - started);
    }
  }
  return least;
}

function exactTop(query: Float32Array, count: number, k: number): Uint32Array {
  const scores = Float64Array.from({ length: count }, (_, doc) => innerProduct(query, real, doc * DIMENSION));
  return Uint32Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, k);
}

/** The share of `truth` that is in `found`. */
function overlap(truth: Uint32Array, found: ArrayLike<number>): number {
  const docs = new Set(Array.from(found));
  return truth.filter((doc) => docs.has(doc)).length / truth.length;
}

async function encodedTitles(): Promise<Float32Array[]> {
  const titles: string[] = [];
  let index = 0;
  for await (const { title } of papersOf(await corpusFile(REAL_PAPERS), papers + QUERIES))
    if (index++ >= papers) titles.push(title);
  const encoder = createProcessEncoder();
  try {
    const vectors = await encoder.encode(titles);
    return titles.map((_, q) => rowOf(vectors, q));
  } finally {
    await encoder.close();
  }
}

function rowOf(vectors: Float32Array, doc: number): Float32Array {
  return vectors.subarray(doc * DIMENSION, (doc + 1) * DIMENSION);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function ms(time: number | undefined): string {
  return time === undefined ? '' : time.toFixed(2);
}
