/**
 * Measures how long a label takes in a large review, with the new ranking, what it moved, the next paper with its reasons
 * and the progress; and the memory of the process. Writes scripts/measurements/review.md:
 *   npx tsx scripts/measure-review.ts INDEX [papers]
 * INDEX holds the papers of the screening collection (shared/collections/screening), with vectors. Pools that are larger
 * are filled up with papers whose sentences are mixed from these, and whose vectors are means of theirs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Encoder } from '../src/encode/encoder.ts';
import type { ModelInfo } from '../src/encode/model-info.ts';
import { PaperSearchError } from '../src/errors.ts';
import type { Paper } from '../src/papers/paper.ts';
import { LEARNER_VERSION } from '../src/review/learn/learner.ts';
import type { Suggestion } from '../src/review/review.ts';
import { Reviews } from '../src/review/reviews.ts';
import type { Engine, Snapshot } from '../src/search/engine.ts';
import { openIndex } from '../src/search/open-index.ts';
import { mulberry32 } from '../src/util/random.ts';

const SIZES = [5000, 20_000];
const LABELS = 2000;
/** Labels that are timed, after the others. */
const TIMED = 40;
const QUESTION =
  'Effectiveness of angiotensin converting enzyme inhibitors in adults with hypertension or heart failure';
const BY = { name: 'measured' };
/** What counts as an include here: about as rare as in real reviews. */
const isIncluded = ({ paper }: Pick<Suggestion, 'paper'>) =>
  /\b(?:captopril|enalapril|lisinopril|ramipril|quinapril)\b/i.test(paper.title);

const REPORT = new URL('./measurements/review.md', import.meta.url);

const [index, step = '', folder, size] = process.argv.slice(2);
if (index === undefined) throw new Error('Give the folder of an index.');
if (step === 'create') await create(index, folder!, Number(size));
else if (step === 'label') await label(folder!, LABELS);
else await main(index, step === '' ? SIZES : [Number(step)]);

async function main(index: string, sizes: readonly number[]): Promise<void> {
  const rows = new Map(await rowsOf(REPORT));
  for (const papers of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'paper-search-review-'));
    try {
      const child = (step: string) =>
        execFileSync(
          process.execPath,
          [...process.execArgv, fileURLToPath(import.meta.url), index, step, folder, `${papers}`],
          { encoding: 'utf8' },
        ).trim();
      const created = child('create');
      const figures = [created, ...child('label').split(' ')];
      rows.set(papers, `| ${[papers.toLocaleString('en'), LEARNER_VERSION, ...figures].join(' | ')} |`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const load = Math.round(loadavg()[1]!);
  const report = [
    '# Time and memory of a label',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}. Processes that`,
    `wanted to run meanwhile, as a mean of five minutes: ${load}; with as many as cores, times are a fraction of these.`,
    'Written by `npx tsx scripts/measure-review.ts INDEX [papers]` over the papers of the screening collection, with vectors: one',
    `process creates the review, another without an index writes ${LABELS - TIMED} labels at once and ${TIMED} more one by one, each with the`,
    'new ranking, what moved, the next paper with its reasons, and the progress; 10 of these are then undone. The first suggestion',
    'includes reading the pool and analysing its texts.',
    '',
    '| papers | learner | create (s) | first suggestion (s) | label, median (ms) | label, slowest (ms) | label, median (ms of CPU) | undo, median (ms) | memory, most (MB) |',
    '|--:|---|--:|--:|--:|--:|--:|--:|--:|',
    ...[...rows].sort(([a], [b]) => a - b).map(([, row]) => row),
    '',
  ].join('\n');
  await writeFile(REPORT, report);
  process.stdout.write(report);
}

/** The rows of the last report, by the number of papers: those of other sizes are kept. */
async function rowsOf(report: URL): Promise<[number, string][]> {
  const text = await readFile(report, 'utf8').catch(() => '');
  return Array.from(text.matchAll(/^\| ([\d,]+) \|.*$/gm), ([row, papers]) => [
    Number(papers!.replaceAll(',', '')),
    row,
  ]);
}

async function create(index: string, folder: string, size: number): Promise<void> {
  const engine = await openIndex(index, { encoderOf: async (model) => noEncoder(model) });
  const reviews = new Reviews(folder, grown(engine, size));
  const started = performance.now();
  await reviews.create({ name: 'Measured', protocol: { question: QUESTION } }, BY);
  process.stdout.write(((performance.now() - started) / 1000).toFixed(1));
  await engine.close();
}

async function label(folder: string, labels: number): Promise<void> {
  const reviews = new Reviews(folder);
  const started = performance.now();
  let [next] = await reviews.next('measured', BY);
  const first = (performance.now() - started) / 1000;
  // By rank, then papers from everywhere, as a reviewer reads in the end.
  const { total } = await reviews.papers('measured', BY, { limit: 1 });
  const random = mulberry32(1);
  const chosen = new Map<string, Suggestion['paper']>();
  while (chosen.size < labels - TIMED) {
    const offset = Math.floor(random() * Math.max(1, total - 1000));
    for (const { paper } of (await reviews.papers('measured', BY, { offset, limit: 200 })).papers) {
      if (chosen.size < labels - TIMED) chosen.set(paper.id, paper);
    }
  }
  await reviews.labelAll(
    'measured',
    [...chosen.values()].map((paper) => ({
      paper: paper.id,
      decision: isIncluded({ paper }) ? 'include' : 'exclude',
    })),
    BY,
  );
  [next] = await reviews.next('measured', BY);
  const times: number[] = [];
  const processor: number[] = [];
  for (let i = 0; i < TIMED; i++) {
    const { paper, model, rank, chosenBy } = next!;
    const decision = isIncluded({ paper }) ? 'include' : 'exclude';
    const before = performance.now();
    const cpu = process.cpuUsage();
    ({ next } = await reviews.label('measured', { paper: paper.id, decision, model, rank, chosenBy }, BY));
    times.push(performance.now() - before);
    const { user, system } = process.cpuUsage(cpu);
    processor.push((user + system) / 1000);
  }
  const undos: number[] = [];
  for (let i = 0; i < 10; i++) {
    const before = performance.now();
    await reviews.undo('measured', BY);
    undos.push(performance.now() - before);
  }
  const memory = process.resourceUsage().maxRSS / 1024;
  const figures = [
    first.toFixed(1),
    ...[median(times), Math.max(...times), median(processor), median(undos), memory].map(Math.round),
  ];
  process.stdout.write(figures.join(' '));
}

/** The first search is by keyword: the process of the model needs the built product, and is not measured here. */
function noEncoder(model: ModelInfo): Encoder {
  return {
    model,
    encode: () => Promise.reject(new PaperSearchError('MODEL_UNAVAILABLE', 'It is not needed.')),
    close: async () => {},
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** An engine whose index seems to have more papers, or fewer. */
function grown(engine: Engine, size: number): Engine {
  return {
    acquire: async (options) => grownSnapshot(await engine.acquire(options), size),
    warmUp: () => engine.warmUp(),
    close: () => engine.close(),
  };
}

async function grownSnapshot(snapshot: Snapshot, size: number): Promise<Snapshot> {
  const real: Paper[] = [];
  for await (const paper of snapshot.papers({ limit: size })) real.push(paper);
  const ids = real.map(({ id }) => id);
  const originals = (id: string) => {
    const [, number] = /^mixed-(\d+)$/.exec(id) ?? [];
    if (number === undefined) return [id];
    const random = mulberry32(Number(number));
    return [0, 1, 2].map(() => ids[Math.floor(random() * ids.length)]!);
  };
  const byId = new Map(real.map((paper) => [paper.id, paper]));
  const mixed = Array.from({ length: size - real.length }, (_, i): Paper => {
    const [a, b, c] = originals(`mixed-${i}`).map((id) => byId.get(id)!);
    const sentences = [b!, c!].flatMap(({ abstract }) =>
      abstract.split(/(?<=\.) /).filter((_, n) => n % 2 === 0),
    );
    return { ...a!, id: `mixed-${i}`, aliases: [], externalIds: {}, abstract: sentences.join(' ') };
  });
  const made = {
    id: snapshot.id,
    stats: () => snapshot.stats(),
    [Symbol.asyncDispose]: () => snapshot[Symbol.asyncDispose](),
    async *papers() {
      yield* real;
      yield* mixed;
    },
    search: async (request: Parameters<Snapshot['search']>[0]) => {
      const answer = await snapshot.search({ ...request, limit: size, offset: 0 }, { ids });
      const scores = new Map(answer.hits.map(({ paper, score }) => [paper.id, score]));
      const copies = mixed.map((paper, i) => ({
        rank: i,
        score: 0.9 * (scores.get(originals(paper.id)[0]!) ?? 0),
        paper,
        highlights: [],
      }));
      const { offset = 0, limit = size } = request;
      return { ...answer, hits: [...answer.hits, ...copies].slice(offset, offset + limit) };
    },
    vectors: async (wanted: readonly string[]) => {
      const found: Float32Array[] = [];
      for (const id of wanted) {
        const parts = await snapshot.vectors(originals(id));
        const sum = parts[0]!.map((_, d) => parts.reduce((total, part) => total + part[d]!, 0));
        const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0)) || 1;
        found.push(sum.map((value) => value / norm));
      }
      return found;
    },
  };
  // A review uses nothing else to take its pool.
  return made as unknown as Snapshot;
}
