/**
 * Measures the answers over all available test collections, prints a table, and writes it to runs/, report.md and the
 * tables of README.md and docs/quality.md:
 *   npm run eval -- [--collections dir] [--only a,b] [--depth n] [--model name]
 * Costly data is cached in .cache/: vectors by their text, indexes, and measurements of the currently built code. After
 * an interruption, it resumes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { createProgress } from '../../src/cli/progress.ts';
import type { IngestProgress } from '../../src/ingest/report.ts';
import type { Engine } from '../../src/search/engine.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { commit, machine } from '../bench/machine.ts';
import { product } from '../bench/product.ts';
import { newRecordFile, writeRecord } from '../bench/record.ts';
import { bm25s, hasBm25s } from './bm25s.ts';
import { encodingDigest, measuringDigest } from './code-digest.ts';
import { collectionNames, readTestCollection } from './collections.ts';
import { KeptEncoder } from './kept-encoder.ts';
import { measureCollection } from './measure.ts';
import { type CollectionRecord, type EvalRecord, RUNS } from './record.ts';
import { writeReport } from './report.ts';
import { shortTable } from './texts.ts';

const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));

const options = new Command('eval')
  .option('--collections <dir>', 'folder of collections in the BEIR layout', COLLECTIONS)
  .option('--only <names>', 'only these, separated by commas; the table is printed and not recorded')
  .option('--depth <n>', 'papers ranked per query', Number, 1000)
  .option('--model <name>', 'an added embedding model; the table is printed and not recorded')
  .parse()
  .opts<{ collections: string; only?: string; depth: number; model?: string }>();

const code = measuringDigest();
const vectors = join(CACHE, `vectors-${encodingDigest()}`);
const other = hasBm25s() ? bm25s : undefined;
if (!other)
  say('bm25s is not compared: `python3 -m pip install -r scripts/eval/requirements.txt` installs it.');
const collections: CollectionRecord[] = [];
for (const name of options.only?.split(',') ?? collectionNames(options.collections)) {
  collections.push(await measured(name));
}
process.stdout.write(`${shortTable(collections)}\n`);
if (options.only === undefined && options.model === undefined) {
  const record: EvalRecord = {
    schema: 1,
    kind: 'quality',
    date: new Date().toISOString(),
    commit: commit(),
    machine: machine(),
    depth: options.depth,
    collections,
  };
  const file = newRecordFile(record, RUNS);
  writeRecord(record, file);
  writeReport();
  say(`Recorded in ${file}`);
}

/** The record of a collection, from the cache if the same code has measured it already. */
async function measured(name: string): Promise<CollectionRecord> {
  const model = options.model === undefined ? undefined : await product.findModel(options.model);
  const run = [name, options.depth, options.model ?? 'default', ...(other ? ['bm25s'] : [])];
  const kept = join(CACHE, 'measured', code, `${run.join('-')}.json`);
  if (existsSync(kept)) {
    say(`${name}: measured before with the same code`);
    return JSON.parse(readFileSync(kept, 'utf8'));
  }
  const collection = await readTestCollection(options.collections, name);
  const index = join(CACHE, name);
  const encoder = await KeptEncoder.open(
    product.createProcessEncoder({ model }),
    vectors,
    model?.queryPrefix,
  );
  let engine: Engine | undefined;
  try {
    say(`${name}: indexing`);
    await rm(index, { recursive: true, force: true });
    const progress = createProgress();
    const onProgress = (update: IngestProgress) => progress.update(update);
    await product.ingest([collection.corpus], { index, encoder, onProgress, corpusMap: false });
    progress.end();
    engine = await product.openIndex(index, { encoder });
    const report = (text: string) => say(`${name}: ${text}`);
    const record = await measureCollection(await engine.acquire(), collection, options.depth, report, other);
    writeRecord(record, kept);
    return record;
  } finally {
    // An engine closes its encoder.
    await (engine ?? encoder).close();
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
