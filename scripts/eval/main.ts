/**
 * Measures the answers over all available test collections, prints a table, and writes it to runs/, report.md and the
 * tables of README.md and docs/quality.md:
 *   npm run eval -- [--collections dir] [--only a,b] [--depth n] [--models a,b]
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
import type { Engine, Snapshot } from '../../src/search/engine.ts';
import { COLLECTIONS } from '../bench/corpora.ts';
import { commit, machine } from '../bench/machine.ts';
import { product } from '../bench/product.ts';
import { newRecordFile, writeRecord } from '../bench/record.ts';
import { bm25s, hasBm25s } from './bm25s.ts';
import { encodingDigest, measuringDigest } from './code-digest.ts';
import { collectionNames, readTestCollection, type TestCollection } from './collections.ts';
import { KeptEncoder } from './kept-encoder.ts';
import { measureCollection, measureModel } from './measure.ts';
import { type CollectionRecord, type EvalRecord, type ModelRecord, RUNS } from './record.ts';
import { writeReport } from './report.ts';
import { modelTable, shortTable } from './texts.ts';

const CACHE = fileURLToPath(new URL('.cache/', import.meta.url));

const options = new Command('eval')
  .option('--collections <dir>', 'folder of collections in the BEIR layout', COLLECTIONS)
  .option('--only <names>', 'only these, separated by commas; the table is printed and not recorded')
  .option('--depth <n>', 'papers ranked per query', Number, 1000)
  .option('--models <names>', 'added embedding models to compare with the default one, separated by commas')
  .parse()
  .opts<{ collections: string; only?: string; depth: number; models?: string }>();

const code = measuringDigest();
const vectors = join(CACHE, `vectors-${encodingDigest()}`);
const other = hasBm25s() ? bm25s : undefined;
if (!other)
  say('bm25s is not compared: `python3 -m pip install -r scripts/eval/requirements.txt` installs it.');
const collections: CollectionRecord[] = [];
for (const name of options.only?.split(',') ?? collectionNames(options.collections)) {
  collections.push(await measured(name));
}
process.stdout.write(`${[shortTable(collections), ...modelTable(collections)].join('\n\n')}\n`);
if (options.only === undefined) {
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

/** The record of a collection with all models. */
async function measured(name: string): Promise<CollectionRecord> {
  const byDefault = await measuredOnce(
    [name, ...(other ? ['bm25s'] : [])],
    name,
    undefined,
    (snapshot, collection, report) => measureCollection(snapshot, collection, options.depth, report, other),
  );
  const models: ModelRecord[] = [];
  for (const model of options.models?.split(',') ?? []) {
    const record = await measuredOnce([name, model], name, model, (snapshot, collection, report) =>
      measureModel(model, snapshot, collection, options.depth, report, byDefault),
    );
    models.push(record);
  }
  return models.length > 0 ? { ...byDefault, models } : byDefault;
}

/**
 * What is measured on the index of a collection, from the cache if the same code has measured it already.
 * @param run parts of the name in the cache. @param modelName an added model. Default: the bundled one.
 */
async function measuredOnce<T>(
  run: readonly string[],
  name: string,
  modelName: string | undefined,
  measure: (
    snapshot: Snapshot,
    collection: TestCollection,
    report: (text: string) => void,
  ) => Promise<T & object>,
): Promise<T> {
  const kept = join(CACHE, 'measured', code, `${[...run, options.depth].join('-')}.json`);
  if (existsSync(kept)) {
    say(`${run.join(', ')}: measured before with the same code`);
    return JSON.parse(readFileSync(kept, 'utf8'));
  }
  const model = modelName === undefined ? undefined : await product.findModel(modelName);
  const collection = await readTestCollection(options.collections, name);
  const index = join(CACHE, modelName === undefined ? name : `${name}-${modelName}`);
  const encoder = await KeptEncoder.open(
    product.createProcessEncoder({ model }),
    vectors,
    model?.queryPrefix,
  );
  let engine: Engine | undefined;
  try {
    say(`${run.join(', ')}: indexing`);
    await rm(index, { recursive: true, force: true });
    const progress = createProgress();
    const onProgress = (update: IngestProgress) => progress.update(update);
    await product.ingest([collection.corpus], { index, encoder, onProgress, corpusMap: false });
    progress.end();
    engine = await product.openIndex(index, { encoder });
    const report = (text: string) => say(`${run.join(', ')}: ${text}`);
    const record = await measure(await engine.acquire(), collection, report);
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
