/**
 * How often the interval of recall covers the truth, and what the stopping rules cost, over simulated screenings.
 *
 * Usage: npx tsx scripts/bench/screening/coverage.ts NAME=RUNS... [--collection DIR] [--seeds 10] [--target 0.95] [--random-every 20]
 *   [--methods 1] [--by-review]
 *
 * RUNS are kept runs (.jsonl.gz) or a folder of growing runs, as main.ts and coverage-pseudo.ts write them. The report is written to
 * standard output. With --methods N, only the first N methods are compared.
 */
import { join } from 'node:path';
import { Command } from 'commander';
import { drawsOf, total } from '../../../src/review/stop/history.ts';
import { intervalOf, opinionsOn, recallWith } from '../../../src/review/stop/interval.ts';
import { workToTarget } from '../../../src/review/stop/work-left.ts';
import { mulberry32 } from '../../../src/util/random.ts';
import { COLLECTIONS } from '../corpora.ts';
import { readReviews } from './collection.ts';
import { METHODS } from './coverage-methods.ts';
import { growingRuns, keptRuns } from './run-files.ts';

interface Run {
  readonly review: string;
  readonly seed: number;
  readonly found: Uint8Array;
}

/** What is recorded of one method in one run. */
interface Record {
  moments: number;
  covered: number;
  width: number;
  stop?: { share: number; recall: number; covered: boolean; width: number } | undefined;
  /** Whether the interval of the chosen method covers the truth at this method's stop. */
  chosenCovered?: boolean;
}

/** Papers that are known before screening begins. */
const KNOWN = 2;
/** Moments of a run at which a reader looks. */
const LOOKS = 100;

const program = new Command('coverage')
  .argument('<runs...>')
  .option(
    '--collection <dir>',
    'reviews: corpus.jsonl, queries.jsonl, pools.json and qrels/test.tsv',
    join(COLLECTIONS, 'screening'),
  )
  .option('--seeds <n>', 'only seeds up to n', Number, 10)
  .option('--target <recall>', 'recall to reach', Number, 0.95)
  .option('--random-every <n>', 'draw one paper in n at random; 0 for none', Number, 0)
  .option('--methods <n>', 'compare the first n methods only', Number, Number.POSITIVE_INFINITY)
  .option('--by-review', 'report each review, too')
  .parse();
const { collection, seeds, target, randomEvery, methods, byReview } = program.opts<{
  collection: string;
  seeds: number;
  target: number;
  randomEvery: number;
  methods: number;
  byReview?: true;
}>();
const judges = Object.entries(METHODS).slice(0, methods);
const reviews = readReviews(collection);
for (const source of program.processedArgs[0] as string[]) {
  const [name, path] = source.split('=') as [string, string];
  report(name, readRuns(path));
}

function readRuns(path: string): Run[] {
  const kept = path.endsWith('.gz') ? keptRuns(path) : undefined;
  return reviews.flatMap(({ name, truth }) =>
    (kept?.filter(({ review }) => review === name) ?? growingRuns(path, name))
      .filter(({ seed }) => seed <= seeds)
      .map(({ seed, order }) => {
        // A run ends when all includes are found: the rest are excludes.
        const found = new Uint8Array(truth.length);
        order.forEach((row, at) => {
          found[at] = truth[row]!;
        });
        return { review: name, seed, found };
      }),
  );
}

function report(name: string, runs: readonly Run[]): void {
  const measured = runs.map((run) => ({ run, ...measure(run) }));
  const count = new Set(runs.map(({ review }) => review)).size;
  const needed = mean(measured.map((one) => one.needed));
  print(`\n### ${name}\n`);
  print(
    `${runs.length} runs of ${count} reviews. To find ${percent(target)} of the includes, ${percent(needed)} of the pool had to be read.\n`,
  );
  print(
    '| method | covers at stops | covers at all moments | width at stops | width at all moments | read at stop | recall at stop, mean | below target |',
  );
  print('|---|---:|---:|---:|---:|---:|---:|---:|');
  for (const [method] of judges)
    row(
      method,
      measured.map(({ records }) => records[method]!),
    );
  const errors = measured.flatMap(({ work }) => work);
  print(
    `\nPapers left to the target: the estimate was off by ${percent(mean(errors.map((one) => Math.abs(one))))} of the pool in the mean, with a mean error of ${percent(mean(errors))} (above 0: too much).`,
  );
  if (!byReview) return;
  const [chosen] = judges[0]!;
  print(`\nBy review, ${chosen}:\n`);
  print('| review | covers at stops | covers at all moments | read at stop | needed | below target |');
  print('|---|---:|---:|---:|---:|---:|');
  for (const review of new Set(runs.map((run) => run.review))) {
    const own = measured.filter(({ run }) => run.review === review);
    const records = own.map((one) => one.records[chosen]!);
    const cells = [
      mean(records.map(({ stop }) => Number(stop!.covered))),
      mean(records.map(({ covered, moments }) => covered / moments)),
      mean(records.map(({ stop }) => stop!.share)),
      mean(own.map((one) => one.needed)),
      mean(records.map(({ stop }) => Number(stop!.recall < target - 1e-9))),
    ];
    print(`| ${review} | ${cells.map(percent).join(' | ')} |`);
  }
}

function row(method: string, records: readonly Record[]): void {
  const stops = records.map(({ stop }) => stop!);
  const intervals = records.every(({ width }) => Number.isFinite(width));
  const cells = [
    intervals
      ? percent(mean(stops.map(({ covered }) => Number(covered))))
      : `(${percent(mean(records.map(({ chosenCovered }) => Number(chosenCovered))))})`,
    intervals ? percent(mean(records.map(({ covered, moments }) => covered / moments))) : '',
    intervals ? mean(stops.map(({ width }) => width)).toFixed(3) : '',
    intervals ? mean(records.map(({ width, moments }) => width / moments)).toFixed(3) : '',
    percent(mean(stops.map(({ share }) => share))),
    percent(mean(stops.map(({ recall }) => recall))),
    percent(mean(stops.map(({ recall }) => Number(recall < target - 1e-9)))),
  ];
  print(`| ${method} | ${cells.join(' | ')} |`);
}

function measure(run: Run): { records: { [method: string]: Record }; needed: number; work: number[] } {
  const poolSize = run.found.length;
  const includes = total(run.found);
  const { found, random } =
    randomEvery > 0 ? withRandomDraws(run) : { ...run, random: new Uint8Array(poolSize) };
  const known = Uint8Array.from(found, (_, at) => Number(at < KNOWN));
  const records: { [method: string]: Record } = {};
  for (const [method] of judges) records[method] = { moments: 0, covered: 0, width: 0 };
  const needed = papersFor(found, target * includes);
  const work: number[] = [];
  let before = 0;
  for (let look = 1; look <= LOOKS; look++) {
    const screened = Math.max(KNOWN + 1, Math.floor((look * poolSize) / LOOKS));
    if (screened === before) continue;
    before = screened;
    const draws = drawsOf({
      poolSize,
      found: found.subarray(0, screened),
      random: random.subarray(0, screened),
      known: known.subarray(0, screened),
    });
    const seen = total(draws.found) + draws.knownIncludes;
    const progress = { draws, target, maxRisk: 0.05, opinions: opinionsOn(draws) };
    const expected = workToTarget(progress, intervalOf(progress.opinions, 0.95).estimate);
    if (expected !== undefined) work.push((expected - Math.max(0, needed - screened)) / poolSize);
    let chosenCovered: boolean | undefined;
    for (const [method, judge] of judges) {
      const record = records[method]!;
      const { stop, unseen } = judge(progress);
      const covered = unseen !== undefined && unseen.low <= includes - seen && includes - seen <= unseen.high;
      chosenCovered ??= covered;
      const width =
        unseen === undefined ? Number.NaN : recallWith(seen, unseen.low) - recallWith(seen, unseen.high);
      // At the end everything is known, which would flatter the averages.
      if (screened < poolSize) {
        record.moments++;
        record.covered += Number(covered);
        record.width += width;
      }
      if (record.stop === undefined && (stop || screened === poolSize)) {
        record.stop = { share: screened / poolSize, recall: seen / includes, covered, width };
        record.chosenCovered = chosenCovered;
      }
    }
  }
  return { records, needed: needed / poolSize, work };
}

/** The run with one paper in `randomEvery` drawn at random from the unread ones; the rest keep their order. */
function withRandomDraws({ seed, found }: Run): { found: Uint8Array; random: Uint8Array } {
  const draw = mulberry32(seed);
  const unread = Array.from(found);
  const order: number[] = [];
  const random: number[] = [];
  while (unread.length > 0) {
    const atRandom = order.length >= KNOWN && order.length % randomEvery === 0;
    order.push(...unread.splice(atRandom ? Math.floor(draw() * unread.length) : 0, 1));
    random.push(Number(atRandom));
  }
  return { found: Uint8Array.from(order), random: Uint8Array.from(random) };
}

/** Papers that have to be read to find so many includes. */
function papersFor(found: Uint8Array, includes: number): number {
  let sum = 0;
  let read = 0;
  while (sum < includes - 1e-9) sum += found[read++]!;
  return read;
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
