/**
 * Measures how long it takes to rank a pool again after a label, and the memory that this needs:
 *   npx tsx scripts/measure-review-ranking.ts COLLECTIONS [--papers 5000,20000] [--labels 200,2000] [--repeats 5]
 * The papers are those of the test collections, the screened ones first; a paper is used again, with another vector, when
 * there are not enough. Vectors are random directions around the centre of the paper's tenth of the pool, and every
 * twentieth label is an include, from the first two tenths. Times are processor time. Prints Markdown for
 * scripts/measurements/review-ranking.md.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import {
  explainRow,
  type Label,
  LEARNER_VERSION,
  type LearnerInput,
  preparePool,
  rankPool,
} from '../src/review/learn/learner.ts';
import { mulberry32 } from '../src/util/random.ts';

const DIMENSIONS = 384;
const COLLECTIONS = ['screening', 'scifact', 'cacm-related', 'cisi', 'cranfield'];

const program = new Command('measure-review-ranking')
  .argument('<collections>', 'folder of the test collections')
  .option('--papers <numbers>', 'sizes of pools', '5000,20000')
  .option('--labels <numbers>', 'numbers of labels', '200,2000')
  .option('--repeats <number>', 'rankings that are timed', '5')
  .parse();
const options = program.opts<{ papers: string; labels: string; repeats: string }>();

const known = COLLECTIONS.flatMap((name) =>
  readFileSync(join(program.args[0]!, name, 'corpus.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { title: string; text: string }),
);

console.log(`Learner ${LEARNER_VERSION}, Node ${process.versions.node}, ${cpus()[0]?.model}.\n`);
console.log(
  '| papers | features | prepare | labels | rank, median | rank, slowest | explain | most memory so far |',
);
console.log('| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const size of numbers(options.papers)) {
  for (const vectors of [true, false]) measure(size, vectors);
}

function measure(size: number, vectors: boolean): void {
  const given = input(size, vectors);
  let pool = preparePool({ texts: { titles: [], abstracts: [] } });
  const prepared = timed(() => {
    pool = preparePool(given);
  });
  for (const count of numbers(options.labels)) {
    const labels = someLabels(size, count);
    // The last rankings are remembered, so each is without another label.
    const times = Array.from({ length: Number(options.repeats) }, (_, left) =>
      timed(() => rankPool(pool, labels.toSpliced(2 * left + 1, 1))),
    );
    const explained = timed(() => explainRow(pool, labels, size - 1));
    times.sort((a, b) => a - b);
    const cells = [
      size.toLocaleString('en'),
      vectors ? 'words and vectors' : 'words',
      `${(prepared / 1000).toFixed(1)} s`,
      count.toLocaleString('en'),
      ms(times[times.length >> 1]!),
      ms(times.at(-1)!),
      ms(explained),
      `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function input(size: number, withVectors: boolean): LearnerInput {
  const papers = Array.from({ length: size }, (_, row) => known[row % known.length]!);
  return {
    texts: { titles: papers.map(({ title }) => title), abstracts: papers.map(({ text }) => text) },
    ...(withVectors && { vectors: { values: vectorsOf(size), dimensions: DIMENSIONS } }),
  };
}

function vectorsOf(size: number): Float32Array {
  const random = mulberry32(1);
  const direction = () => Float64Array.from({ length: DIMENSIONS }, () => random() + random() - 1);
  const centres = Array.from({ length: 10 }, direction);
  const values = new Float32Array(size * DIMENSIONS);
  for (let row = 0; row < size; row++) {
    const centre = centres[tenthOf(row, size)]!;
    const vector = direction().map((value, d) => value + centre[d]!);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let d = 0; d < DIMENSIONS; d++) values[row * DIMENSIONS + d] = vector[d]! / length;
  }
  return values;
}

function someLabels(size: number, count: number): Label[] {
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor((i * size) / count);
    return {
      row,
      included: i % 20 === 0 ? tenthOf(row, size) < 2 : i % 20 === 10 && tenthOf(row, size) === 1,
    };
  });
}

function tenthOf(row: number, size: number): number {
  return Math.floor((10 * row) / size);
}

/** Milliseconds of processor time of this process: on a machine that others use too, the clock would measure them. */
function timed(work: () => unknown): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}

function numbers(list: string): number[] {
  return list.split(',').map(Number);
}
