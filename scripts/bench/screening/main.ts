/**
 * Compares our learner with ASReview on finished reviews, and writes scripts/measurements/screening.md:
 *   npx tsx scripts/bench/screening/main.ts [--seeds 1-3,4-10] [--systems asreview,ours,...] [--jobs 2] [--index DIR]
 *   npx tsx scripts/bench/screening/main.ts --kept
 *   npx tsx scripts/bench/screening/main.ts --collection ../other-reviews
 * The runs grow in scripts/bench/.cache/, one file a review, and continue after an interruption; when all are done they are
 * packed into runs/. With --kept nothing runs, and the report is made from the kept runs. Another collection in the same format
 * has its runs in .cache/; its report is printed, or written to --report. Without --index, an index of the collection is
 * built in .cache/, which needs `npm run build`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { LEARNER_VERSION } from '../../../src/review/learn/learner.ts';
import { CACHE, COLLECTIONS } from '../corpora.ts';
import { ASREVIEW, ASREVIEW_SCRIPT, ASREVIEW_VERSION, asreviewPython } from './asreview.ts';
import { drawPriors, type Priors, readReviews, type ScreenedReview, seedGroups } from './collection.ts';
import type { SystemRuns } from './comparison.ts';
import { OUR_SYSTEMS } from './inputs.ts';
import { reportOf } from './report.ts';
import { continueRuns, keepRuns, keptRuns } from './run-files.ts';

const OWN = join(COLLECTIONS, 'screening');
const RUNS = fileURLToPath(new URL('runs/', import.meta.url));
const REPORT = fileURLToPath(new URL('../../measurements/screening.md', import.meta.url));
const OUR_SCRIPT = fileURLToPath(new URL('ours-runs.ts', import.meta.url));
const NAMES = [ASREVIEW, ...OUR_SYSTEMS.map(({ name }) => name)];

const options = new Command('screening')
  .option('--collection <dir>', 'reviews: corpus.jsonl, queries.jsonl, pools.json and qrels/test.tsv', OWN)
  .option('--seeds <groups>', 'groups of seeds, one after the other for all reviews', '1-3,4-10')
  .option('--systems <names>', `some of ${NAMES.join(', ')}`, NAMES.join(','))
  .option('--reviews <names>', 'only these, separated by commas')
  .option('--jobs <n>', 'processes that share the reviews', Number, 1)
  .option('--index <dir>', 'index with the papers of the collection under their ids, and with vectors')
  .option('--kept', 'run nothing: write the report from the kept runs')
  .option('--report <file>', 'where to write the report')
  .parse()
  .opts<{
    collection: string;
    seeds: string;
    systems: string;
    reviews?: string;
    jobs: number;
    index?: string;
    kept?: true;
    report?: string;
  }>();

const isOwn = resolve(options.collection) === resolve(OWN);
const work = join(CACHE, `screening-${basename(resolve(options.collection))}`);
const kept = isOwn ? RUNS : join(work, 'kept');
const wanted = options.reviews?.split(',');
const reviews = readReviews(options.collection).filter(({ name }) => wanted?.includes(name) ?? true);
const systems = options.systems.split(',');

mkdirSync(kept, { recursive: true });
if (!options.kept) await runAll();
const report = reportOf(reviews, NAMES.map(runsOf), {
  date: new Date().toISOString().slice(0, 10),
  command: `npx tsx scripts/bench/screening/main.ts${isOwn ? '' : ` --collection ${relative('.', options.collection)}`}`,
  chosenOn: chosenOn(),
});
const file = options.report ?? (isOwn ? REPORT : undefined);
if (file === undefined) process.stdout.write(`${report}\n`);
else writeFileSync(file, `${report}\n`);

async function runAll(): Promise<void> {
  const priors = join(kept, 'priors.json');
  writePriors(priors);
  for (const name of NAMES.filter((each) => systems.includes(each))) {
    const folder = join(work, `${name}-${versionOf(name)}`);
    continueRuns(keptFile(name), folder, versionOf(name));
    const isOurs = name !== ASREVIEW;
    const [program, ...before] = isOurs
      ? [process.execPath, ...process.execArgv, OUR_SCRIPT]
      : [asreviewPython(), ASREVIEW_SCRIPT];
    const system = isOurs
      ? ['--system', name, ...(needsIndex(name) ? ['--index', await indexFolder()] : [])]
      : [];
    const args = [...before, options.collection, priors, folder, '--seeds', options.seeds, ...system];
    await Promise.all(
      shared(reviews, options.jobs).map((part) =>
        ended(program!, [...args, '--reviews', part.map((review) => review.name).join(',')]),
      ),
    );
    keepRuns(folder, keptFile(name), versionOf(name));
  }
}

/** Priors that are there stay: runs with them may be kept. */
function writePriors(file: string): void {
  const seeds = seedGroups(options.seeds).flat();
  const drawn = drawPriors(readReviews(options.collection), seeds);
  const earlier: Priors = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const all = Object.fromEntries(
    Object.entries(drawn).map(([name, bySeed]) => [name, { ...bySeed, ...earlier[name] }]),
  );
  writeFileSync(file, `${JSON.stringify(all)}\n`);
}

function needsIndex(name: string): boolean {
  return OUR_SYSTEMS.some((system) => system.name === name && (system.vectors || system.topic));
}

/** The index that is named, or one of this collection in the cache. */
async function indexFolder(): Promise<string> {
  if (options.index !== undefined) return options.index;
  const corpus = join(options.collection, 'corpus.jsonl');
  const digest = createHash('sha256').update(readFileSync(corpus)).digest('hex').slice(0, 12);
  const index = join(work, `index-${digest}`);
  if (!existsSync(join(index, 'CURRENT'))) {
    const { product } = await import('../product.ts');
    process.stderr.write(`Encoding ${corpus} into ${index}\n`);
    await product.ingest([corpus], { index, keepDuplicates: true, corpusMap: false, waitForVectors: true });
  }
  return index;
}

/** Another version of a system gives other runs. */
function versionOf(name: string): string {
  return name === ASREVIEW ? ASREVIEW_VERSION : LEARNER_VERSION;
}

function keptFile(name: string): string {
  return join(kept, `${name}.jsonl.gz`);
}

function runsOf(name: string): SystemRuns {
  const system = OUR_SYSTEMS.find((each) => each.name === name);
  return {
    name,
    says: system?.says ?? 'ELAS u4: words',
    known: system && !system.known ? 0 : 2,
    runs: keptRuns(keptFile(name)),
  };
}

/** The reviews in parts of about the same number of papers: in turn, the largest first. */
function shared(all: readonly ScreenedReview[], jobs: number): ScreenedReview[][] {
  const parts = Array.from({ length: Math.min(jobs, all.length) }, () => ({
    papers: 0,
    reviews: [] as ScreenedReview[],
  }));
  for (const review of [...all].reverse()) {
    const least = parts.reduce((a, b) => (b.papers < a.papers ? b : a));
    least.papers += review.ids.length;
    least.reviews.push(review);
  }
  return parts.map((part) => part.reviews);
}

function ended(program: string, args: readonly string[]): Promise<void> {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? done() : fail(new Error(`${basename(args[0] ?? program)} ended with code ${code}.`)),
    );
  });
}

function chosenOn(): string {
  return isOwn
    ? "Our learner's features and settings were chosen on 8 of these reviews (`screening-learners.md`), so its figures here are optimistic; those of ASReview were chosen by its makers on SYNERGY, a collection of other reviews. Never used for a choice: cohen-ACEInhibitors, cohen-BetaBlockers and nagtegaal-2019. Other reviews in the same format are measured with `--collection FOLDER`."
    : "None of these reviews was used to choose our learner's settings.";
}
