/**
 * Compares paper-search with other engines: `npm run bench -- --help`. `npm run bench -- --quick` prints the ratios on this
 * machine in a few minutes. Needs `npm run build`.
 */
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { Calibration } from './calibration.ts';
import { codeDigest } from './code-digest.ts';
import { CACHE } from './corpora.ts';
import { BASE, ENGINES, type EngineEntry, EXACT, grouped, KINDS, type Kind } from './engines/registry.ts';
import { prepareInputs } from './inputs.ts';
import { installAlternatives } from './install.ts';
import { commit, machine, pinning, pinSelf } from './machine.ts';
import { measureEngines } from './measure.ts';
import { QUICK, QUICK_VECTORS, quickText } from './quick.ts';
import { type EngineRecord, newRecordFile, type RunRecord, type SizeRecord, writeRecord } from './record.ts';
import { fileSource, ownSource, type Source } from './source.ts';
import { median } from './statistics.ts';
import { encodeOwn } from './vectors.ts';

interface Options {
  readonly quick?: boolean;
  readonly sizes: readonly number[];
  readonly kind: readonly Kind[];
  readonly engines?: readonly string[];
  readonly queries: number;
  readonly rounds: number;
  readonly corpus?: string;
  readonly queriesFile?: string;
  readonly out?: string;
  readonly cores: string;
  readonly heap: number;
  readonly buildLimit: number;
  readonly queryBudget: number;
  readonly together: number;
}

/** The first core often handles interrupts of the system. */
const LAST_CORE = String(cpus().length - 1);
const list = (text: string) => text.split(',').map((part) => part.trim());
const numbers = (text: string) => list(text).map(Number);

const program = new Command('bench')
  .description('compare paper-search with other engines; records are written to scripts/bench/runs/')
  .option('--quick', 'a few engines, 10,000 papers, few queries: print the ratios, record nothing')
  .option('--sizes <n,n>', 'papers to index', numbers, [1000, 10_000, 50_000])
  .addOption(new Option('--kind <kind,kind>', KINDS.join(', ')).argParser(list).default([...KINDS]))
  .option('--engines <name,name>', 'only these, and the ones that they are compared with', list)
  .option('--queries <n>', 'queries per set', Number, 200)
  .option('--rounds <n>', 'how often each query runs, after a warm-up', Number, 5)
  .option('--corpus <file>', 'file of papers: JSON Lines, BEIR or a session page')
  .option('--queries-file <file>', 'file of queries: JSON Lines with "text", or plain lines')
  .option('--out <file>', 'record of the run (with one kind only)')
  .option('--cores <list>', 'cores to run on, as for taskset -c; "all" pins no process', LAST_CORE)
  .option('--heap <mb>', 'heap limit of a Node engine', Number, 12_288)
  .option('--build-limit <s>', 'maximum seconds of a build', Number, 3600)
  .option(
    '--query-budget <s>',
    'maximum seconds for the queries of a set; slower engines get fewer queries',
    Number,
    120,
  )
  .option(
    '--together <n>',
    'alternatives in memory at the same time, each time with paper-search, if there are too many',
    Number,
    Number.POSITIVE_INFINITY,
  )
  .addHelpText('after', `\nEngines: ${ENGINES.map(({ name }) => name).join(', ')}`);

program.parse();
/** What is given on the command line counts, also with `--quick`. */
const given = program.opts<Options>();
const chosenOptions = Object.entries(given).filter(
  ([name]) => program.getOptionValueSource(name) !== 'default',
);
const options: Options = given.quick ? { ...given, ...QUICK, ...Object.fromEntries(chosenOptions) } : given;
if (options.out && options.kind.length > 1) program.error('--out takes one record: give one --kind with it.');
installAlternatives();
pinSelf(options.cores);
const source = options.corpus ? await fileSource(options.corpus) : ownSource();
if (options.quick && !options.corpus && options.kind.some((kind) => kind !== 'keyword')) {
  progress('vectors: encode');
  await encodeOwn(QUICK_VECTORS);
}
const folder = join(CACHE, `work-${process.pid}`);
try {
  for (const kind of options.kind) await measureKind(kind, source);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureKind(kind: Kind, source: Source): Promise<void> {
  const sizes: SizeRecord[] = [];
  const pinned = pinning(options.cores);
  const facts = {
    schema: 1,
    kind,
    date: new Date().toISOString(),
    commit: commit(),
    code: await codeDigest(kind),
  } as const;
  const setting = {
    machine: machine(),
    pinnedTo: pinned.length > 0 ? options.cores : null,
    rounds: options.rounds,
    heapMb: options.heap,
  };
  const file = options.out ?? newRecordFile({ ...facts, ...setting });
  for (const size of new Set(options.sizes.map((wanted) => Math.min(wanted, source.available)))) {
    sizes.push(await measureSize(kind, source, size, pinned));
    // After each size: a long run that is stopped keeps its results.
    const record: RunRecord = { ...facts, ...setting, sizes };
    if (options.quick) {
      process.stdout.write(quickText(record));
      continue;
    }
    writeRecord(record, file);
    progress(`${file}: ${kind}, ${size} papers`);
  }
}

async function measureSize(
  kind: Kind,
  source: Source,
  size: number,
  pinned: readonly string[],
): Promise<SizeRecord> {
  const engines = chosen(kind);
  progress(`${kind}, ${size} papers: prepare`);
  const { queries, queriesFile } = options;
  const inputs = await prepareInputs(source, size, {
    kind,
    engines,
    queries,
    queriesFile,
    folder: join(folder, 'inputs'),
  });
  const found = new Map<string, EngineRecord>();
  const calibration: Calibration[] = [];
  for (const group of grouped(engines, always(kind), options.together)) {
    const measured = await measureEngines({
      kind,
      engines: group,
      inputs,
      rounds: options.rounds,
      pinning: pinned,
      heapMb: options.heap,
      buildLimit: options.buildLimit,
      queryBudget: options.queryBudget,
      folder: join(folder, 'indexes'),
      onProgress: (message) => progress(`${kind}, ${size} papers: ${message}`),
    });
    calibration.push(...measured.calibration);
    // Engines that are measured with every group are reported from the first; ratios are computed within each group.
    for (const engine of measured.engines) if (!found.has(engine.name)) found.set(engine.name, engine);
  }
  const { syntheticVectors, analysisSeconds, queryAnalysisUs } = inputs;
  return {
    corpus: source.name,
    papers: size,
    syntheticPapers: Math.max(0, size - source.realPapers),
    syntheticVectors,
    analysisSeconds,
    queryAnalysisUs: Object.fromEntries(
      Object.entries(queryAnalysisUs).map(([set, times]) => [set, median(times)]),
    ),
    calibration,
    engines: engines.flatMap(({ name }) => found.get(name) ?? []),
  };
}

/** The requested engines of a kind, and the ones that they are compared with. */
function chosen(kind: Kind): EngineEntry[] {
  const { engines } = options;
  return ENGINES.filter((entry) => entry.kind === kind).filter(
    ({ name }) => !engines || engines.includes(name) || always(kind).includes(name),
  );
}

/** The engines that the others of a kind are compared with. */
function always(kind: Kind): string[] {
  return kind === 'dense' ? [BASE[kind], EXACT] : [BASE[kind]];
}

function progress(message: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${message}\n`);
}
