import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { kebabCase } from '../../util/kebab-case.ts';
import { makeFolder } from '../../util/make-folder.ts';
import {
  describeModel,
  describeReranker,
  type ModelChoices,
  type RerankerChoices,
  taskOf,
} from './describe.ts';
import { type ModelFiles, onnxFile, sha256 } from './files.ts';
import { readFromHub } from './hub.ts';
import type { DownloadOptions } from './hub-files.ts';
import { MODEL_NAME, type Model } from './model.ts';
import { type ModelParts, readParts } from './parts.ts';
import {
  addedFiles,
  type InstalledModel,
  listModels,
  MODEL_FILE,
  modelsFolder,
  modelText,
} from './registry.ts';
import type { RerankerModel } from './reranker.ts';
import { comparesSentences, type Task } from './tasks.ts';

export interface AddOptions extends ModelChoices, RerankerChoices, DownloadOptions {
  /** A folder, or a zip or jar file. */
  readonly from?: string | undefined;
  /** Id of a model on a hub, such as `Xenova/multilingual-e5-small`, and its revision (default `main`). */
  readonly hub?: string | undefined;
  readonly revision?: string | undefined;
  /** Name of the ONNX file, if a folder or archive has several. */
  readonly onnx?: string | undefined;
}

/** What says how a model is used, and is only for one task. */
const CHOICES = {
  embedding: ['pooling', 'queryPrefix', 'passagePrefix', 'titleWeight'],
  reranking: ['weight'],
} as const satisfies Record<Task, readonly (keyof AddOptions)[]>;

/** A short text that is encoded to see whether a model runs. */
const PROBE = 'self-improvement of language models';

/**
 * Adds an embedding model: copies its files into the folder of models, checks that it runs, and records how to use it.
 * @param name to use it by; not one that exists.
 * @returns what was recorded. @throws PaperSearchError BAD_REQUEST for a bad or taken name, BAD_INPUT for files that are
 *   not a model, FETCH_FAILED when a hub cannot be reached, MODEL_UNAVAILABLE when the model does not run.
 */
export function addModel(name: string, options: AddOptions): Promise<Model> {
  return addModelOrReranker(name, options, 'embedding');
}

/**
 * Adds an embedding model or a reranker, as `addModel` does.
 * @param task what the model is for. Default: what its config.json says.
 * @throws PaperSearchError as `addModel` does; BAD_REQUEST for an option that is for the other task.
 */
export function addModelOrReranker(name: string, options: AddOptions, task: 'embedding'): Promise<Model>;
export function addModelOrReranker(name: string, options: AddOptions, task?: Task): Promise<InstalledModel>;
export async function addModelOrReranker(
  name: string,
  options: AddOptions,
  task?: Task,
): Promise<InstalledModel> {
  await expectFree(name);
  const { from, hub } = options;
  if ((from === undefined) === (hub === undefined)) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      'Say where the model is: --from <folder or archive>, or --hub <id>.',
    );
  }
  const parts = hub === undefined ? await readParts(from!, options.onnx) : await readFromHub(hub, options);
  const source = { kind: parts.kind, from: hub ?? from! };
  const purpose = task ?? taskOf(parts);
  expectFitting(name, options, purpose);
  const root = modelsFolder();
  const building = `${name}.${randomUUID()}.tmp`;
  const place = join(root, building);
  try {
    const written = await writeFiles(root, building, parts).catch((cause) => {
      throw unwritable(root, cause);
    });
    const files = addedFiles(root, building, written);
    const model =
      purpose === 'reranking'
        ? await reranker({ name, source, files: written }, parts, options, files)
        : {
            name,
            source,
            ...describeModel(parts, written.model, options),
            dimension: await tryModel(files),
            files: written,
          };
    await writeFile(join(place, MODEL_FILE), modelText(model));
    await rename(place, join(root, name)).catch((cause) => {
      throw unwritable(root, cause);
    });
    return model;
  } finally {
    await rm(place, { recursive: true, force: true }).catch(() => {});
  }
}

/** @throws PaperSearchError BAD_REQUEST for a name or an option that a model of this task cannot have. */
function expectFitting(name: string, options: AddOptions, task: Task): void {
  const other = task === 'embedding' ? 'reranking' : 'embedding';
  const unfit = CHOICES[other].find((choice) => options[choice] !== undefined);
  if (unfit !== undefined) {
    const flag = `--${kebabCase(unfit)}`;
    throw new PaperSearchError(
      'BAD_REQUEST',
      `${flag} is for ${other === 'embedding' ? 'embedding models' : 'rerankers'}, and this model is for ${task}: config.json says so, or --task.`,
    );
  }
  if (task === 'reranking' && (comparesSentences(name) || /^\d+$/.test(name))) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `A reranker cannot be called "${name}": that means the comparison of sentences. Choose another name.`,
    );
  }
}

async function expectFree(name: string): Promise<void> {
  if (!MODEL_NAME.test(name) || name.endsWith('.tmp')) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `"${name}" cannot be the name of a model: use letters, digits, ".", "_" and "-", at most 100.`,
    );
  }
  const { models, rerankers, unusable } = await listModels();
  if (![...models, ...rerankers, ...unusable].some((model) => model.name === name)) return;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `There is a model "${name}" already. Choose another name, or remove it with "paper-search model remove ${name}".`,
  );
}

async function writeFiles(root: string, folder: string, parts: ModelParts): Promise<Model['files']> {
  const { model, tokenizer } = parts;
  // transformers.js wants a configuration, which some archives lack.
  const config = parts.config ?? Buffer.from(JSON.stringify({ model_type: 'bert' }));
  const place = join(root, folder);
  await makeFolder(join(place, 'onnx'));
  await writeFile(onnxFile({ root, folder, quantized: false }), model);
  await writeFile(join(place, 'tokenizer.json'), tokenizer);
  await writeFile(join(place, 'config.json'), config);
  return { model: sha256(model), tokenizer: sha256(tokenizer), config: sha256(config) };
}

async function reranker(
  identity: Pick<RerankerModel, 'name' | 'source' | 'files'>,
  parts: ModelParts,
  options: AddOptions,
  files: ModelFiles,
): Promise<RerankerModel> {
  const description = describeReranker(parts, options);
  return { ...identity, ...description, labels: await tryPair(files, description.maxTokens) };
}

/** Encodes a text. @returns the dimension of the vectors. */
async function tryModel(files: ModelFiles): Promise<number> {
  const { loadTokenizer } = await import('../tokenizer.ts');
  const { openSession } = await import('../session.ts');
  const tokenizer = await loadTokenizer(files).catch(unusableTokenizer);
  const session = await openSession(files, tokenizer.padding);
  try {
    const tokenIds = tokenizer.wrap(tokenizer.tokenize(PROBE));
    const { values, dimension } = await session.run([tokenIds]).catch(unusableModel);
    expectFinite(values.subarray(0, dimension));
    return dimension;
  } finally {
    await session.dispose();
  }
}

/** Compares two texts. @returns the number of logits. */
async function tryPair(files: ModelFiles, maxTokens: number): Promise<RerankerModel['labels']> {
  const { cutLongest, loadPairTokenizer } = await import('../pair-tokenizer.ts');
  const { openPairSession } = await import('../session.ts');
  const tokenizer = await loadPairTokenizer(files).catch(unusableTokenizer);
  const session = await openPairSession(files, tokenizer.padding);
  try {
    const tokens = tokenizer.tokenize(PROBE);
    const pair = cutLongest(tokens, tokens, maxTokens - tokenizer.specialTokens);
    const logits = await session.run(tokenizer.join(...pair)).catch(unusableModel);
    expectFinite(logits);
    if (logits.length === 1 || logits.length === 2) return logits.length;
    throw new PaperSearchError(
      'BAD_INPUT',
      `The model distinguishes ${logits.length} classes of texts. A reranker has one logit for relevance, or two for irrelevant and relevant.`,
    );
  } finally {
    await session.dispose();
  }
}

function unusableTokenizer(cause: unknown): never {
  if (cause instanceof PaperSearchError) throw cause;
  const message = `The model's tokenizer.json cannot be used: ${messageOf(cause)}`;
  throw new PaperSearchError('BAD_INPUT', message, { cause });
}

function unusableModel(cause: unknown): never {
  if (cause instanceof PaperSearchError) throw cause;
  throw new PaperSearchError('MODEL_UNAVAILABLE', `The model does not run: ${messageOf(cause)}`, { cause });
}

function expectFinite(numbers: Float32Array): void {
  if (numbers.every(Number.isFinite)) return;
  throw new PaperSearchError('MODEL_UNAVAILABLE', 'The model gives numbers that are not finite.');
}

function unwritable(root: string, cause: unknown): PaperSearchError {
  return new PaperSearchError(
    'INDEX_UNWRITABLE',
    `The model cannot be written to ${root}: ${messageOf(cause)}. Set PAPER_SEARCH_MODELS to a folder that can be written.`,
    { cause },
  );
}
