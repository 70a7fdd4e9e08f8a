/**
 * Compares the encoder with the arithmetic limit of the machine, and one process with several, with and without the
 * instruction sets that speed up 8-bit products. Writes scripts/measurements/encoding-limit.md. Takes about two minutes, and with
 * --rates, which needs an idle machine, some more:
 *   npm run build && npx tsx scripts/measure-encoding-limit.ts [--rates]
 * Papers come from the conference-lists collection (PAPER_SEARCH_COLLECTIONS, default ../shared/collections). Instruction sets
 * can be hidden on Linux on x86-64 with a C compiler (scripts/encoding/hide-instructions.c).
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { abstractsOf, type Figures, measure, TOKENS } from './encoding/measure.ts';

const RESULT = new URL('./measurements/encoding-limit.md', import.meta.url);
const CANDIDATES = new URL('./encoding/candidates.md', import.meta.url);
const SELF = fileURLToPath(import.meta.url);

/** Enough for two processes to be used. */
const PAPERS = 64;

/** Multiply-adds of one core in one cycle in 8-bit products, two vector units a core, and what they follow from. */
const LEVELS = [
  { hide: '', name: 'all of the processor', perCycle: '128 (AVX-512 VNNI: 64 an instruction, 2 a cycle)' },
  { hide: 'vnni', name: 'without VNNI and AMX', perCycle: '43 (AVX-512: 64 in 3 instructions)' },
  { hide: 'avx512', name: 'without AVX-512', perCycle: '32 (AVX2: 32 in 3 instructions, 3 a cycle)' },
];

const withRates = process.argv.includes('--rates');
if (process.argv.includes('--one')) {
  process.stdout.write(JSON.stringify(await measure(await abstractsOf(PAPERS), withRates)));
  process.exit();
}

/** Multiply-adds of the linear layers and of attention for one text: Vaswani et al., NIPS 2017, section 3.2, table 1. */
const linear = 6 * TOKENS * (4 * 384 * 384 + 2 * 384 * 1536);
const attention = 6 * 2 * TOKENS * TOKENS * 384;

const folder = await mkdtemp(join(tmpdir(), 'paper-search-limit-'));
const rows: string[] = [];
try {
  const library = join(folder, 'hide.so');
  const source = fileURLToPath(new URL('./encoding/hide-instructions.c', import.meta.url));
  const canHide = spawnSync('cc', ['-O1', '-shared', '-fPIC', '-o', library, source]).status === 0;
  for (const { hide, name, perCycle } of LEVELS) {
    if (hide && !canHide) continue;
    const env = { ...process.env, ...(hide ? { HIDE: hide, LD_PRELOAD: library } : {}) };
    const args = ['--import', 'tsx', SELF, '--one', ...(withRates ? ['--rates'] : [])];
    const { stdout, status } = spawnSync(process.execPath, args, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) continue;
    const figures: Figures = JSON.parse(stdout);
    const { productsMs, encodeMs, threadsMs, rates } = figures;
    const giga = (linear / productsMs / 1e6).toFixed(0);
    const shown = rates
      ? `${rates.one.toFixed(1)} | ${rates.several.toFixed(1)}${rates.equal ? '' : ' (other vectors)'}`
      : '– | –';
    rows.push(
      `| ${name} | ${perCycle} | ${giga} | ${productsMs.toFixed(1)} | ${encodeMs.toFixed(1)} | ${threadsMs.toFixed(1)} | ${(threadsMs / encodeMs).toFixed(2)} | ${shown} |`,
    );
    process.stderr.write(`${rows.at(-1)}\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}

const report = [
  '# Encoding and the arithmetic limit',
  '',
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}.`,
  'Written by `npm run build && npx tsx scripts/measure-encoding-limit.ts`. The machine is shared: compare within a row.',
  '',
  `An abstract of ${TOKENS} tokens takes ${(linear / 1e9).toFixed(2)} billion 8-bit multiply-adds in linear layers,`,
  `6 × ${TOKENS} × (4 · 384² + 2 · 384 · 1536), and ${(attention / 1e9).toFixed(2)} billion 32-bit ones in attention, 6 × 2 × ${TOKENS}² × 384.`,
  '',
  '- *Limit*: 8-bit multiply-adds of one core in one cycle. *Reached*: billions a second in the products alone, run by the same runtime.',
  '- *Products*, *encode*: CPU time of one thread for the 8-bit products of an abstract, and for all of its encoding. *By threads*: of all',
  '  threads, with one per core, which wait for each other without leaving their cores. Each is the least of some rounds.',
  '- *One process*: abstracts a second (with `--rates`), as before issue 16: a thread per core. *Several*: processes of one thread, as an ingest runs',
  '  them; titles are encoded too. Each is the better of two alternating rounds.',
  '',
  '| instructions | limit | reached | products ms | encode ms | by threads ms | ratio | one process | several |',
  '|---|---|---|---|---|---|---|---|---|',
  ...rows,
  '',
  await readFile(CANDIDATES, 'utf8'),
].join('\n');
await writeFile(RESULT, report);
process.stdout.write(report);
