import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { z } from 'zod';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { bundledModel } from '../model/minilm.ts';
import type { ModelInfo } from '../model-info.ts';
import { damagedFile, type ModelFiles } from './files.ts';
import { infoOf, MODEL_NAME, type Model, ModelSchema } from './model.ts';
import { type RerankerModel, RerankerSchema } from './reranker.ts';
import { isReranker } from './tasks.ts';

/** The file with the values of an added model, in its folder. */
export const MODEL_FILE = 'model.json';

/** Where added models are kept: $PAPER_SEARCH_MODELS, or the system's data folder for this program. */
export function modelsFolder(): string {
  return process.env.PAPER_SEARCH_MODELS || join(envPaths('paper-search', { suffix: '' }).data, 'models');
}

/** A model in the folder of models, or the bundled one. */
export type InstalledModel = Model | RerankerModel;

/** A folder that looks like a model but cannot be used, and why. */
export interface UnusableModel {
  readonly name: string;
  readonly reason: string;
}

/** The embedding models, the bundled one first, and the rerankers, by name; and those that cannot be used. */
export async function listModels(): Promise<{
  models: Model[];
  rerankers: RerankerModel[];
  unusable: UnusableModel[];
}> {
  const models: Model[] = [bundledModel()];
  const rerankers: RerankerModel[] = [];
  const unusable: UnusableModel[] = [];
  const folders = await readdir(modelsFolder(), { withFileTypes: true }).catch(() => []);
  const names = folders.flatMap((entry) =>
    entry.isDirectory() && !entry.name.endsWith('.tmp') ? [entry.name] : [],
  );
  for (const name of names.sort()) {
    try {
      const model = await readModel(name);
      if (model && isReranker(model)) rerankers.push(model);
      else if (model) models.push(model);
    } catch (error) {
      unusable.push({ name, reason: messageOf(error) });
    }
  }
  return { models, rerankers, unusable };
}

/**
 * The embedding model with a name.
 * @throws PaperSearchError NOT_FOUND when there is none; the message lists all and says how to add one. BAD_REQUEST for
 *   a reranker, MODEL_UNAVAILABLE when its description is damaged.
 */
export async function findModel(name: string): Promise<Model> {
  const model = await findInstalled(name);
  if (!isReranker(model)) return model;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `"${name}" is a reranker and makes no vectors. Use it with "paper-search search … --rerank ${name}".`,
  );
}

/** The reranker with a name; undefined if there is none. @throws PaperSearchError MODEL_UNAVAILABLE for a damaged one. */
export async function findReranker(name: string): Promise<RerankerModel | undefined> {
  const model = await readModel(name);
  return model && isReranker(model) ? model : undefined;
}

/** The model or reranker with a name. @throws PaperSearchError as `findModel` does. */
export async function findInstalled(name: string): Promise<InstalledModel> {
  const bundled = bundledModel();
  if (name === bundled.name) return bundled;
  const model = await readModel(name);
  if (model) return model;
  const { models, rerankers } = await listModels();
  const known = [...models, ...rerankers].map((each) => each.name).join(', ');
  throw new PaperSearchError(
    'NOT_FOUND',
    `There is no model "${name}". Installed: ${known}. "paper-search model add --help" says how to add one.`,
    { details: { name, folder: modelsFolder() } },
  );
}

/**
 * The installed model that made the vectors of an index.
 * @param info as the index records it.
 * @throws PaperSearchError INDEX_INCOMPATIBLE when it is not installed; the message says what to run.
 */
export async function modelOfIndex(info: ModelInfo): Promise<Model> {
  const { models } = await listModels();
  const same = models.flatMap(withFormerTitleWeights).filter((model) => infoOf(model).digest === info.digest);
  const found = same.find(({ name }) => name === info.name) ?? same[0];
  if (found) return found;
  const { name, digest } = info;
  const other = models.find((model) => model.name === name);
  const bundled = bundledModel();
  const why = other
    ? `the model installed under that name has other files or settings (digest ${infoOf(other).digest})`
    : 'which is not installed here';
  const add =
    other || name === bundled.name
      ? ''
      : `Add it with "paper-search model add ${name} --from <folder or archive>", or run `;
  throw new PaperSearchError(
    'INDEX_INCOMPATIBLE',
    `The index was built with another model: it has ${name} ${digest}, ${why}. ${add || 'Run '}"paper-search model use ${other?.name ?? bundled.name}" to encode its papers again.`,
    { details: { found: name, digest, installed: models.map((model) => model.name) } },
  );
}

/**
 * A model, and what it was with its former title weights: indexes with such vectors can be searched and added to until
 * their papers are encoded again.
 */
function withFormerTitleWeights(model: Model): Model[] {
  return [model, ...(model.formerTitleWeights ?? []).map((titleWeight) => ({ ...model, titleWeight }))];
}

/**
 * The files of a model, checked by digest. The bundled one is converted first if that has not been done yet.
 * @throws PaperSearchError MODEL_UNAVAILABLE when one is missing or damaged.
 */
export async function filesOf(model: InstalledModel, onConvert?: () => void): Promise<ModelFiles> {
  if (model.source.kind === 'bundled') {
    const { prepareModel } = await import('../model/prepare.ts');
    const isInt8 = model.files.model === bundledModel().files.model;
    return prepareModel(isInt8 ? 'int8' : 'fp32', onConvert);
  }
  const files = addedFiles(modelsFolder(), model.name, model.files);
  const damaged = await damagedFile(files);
  if (damaged === undefined) return files;
  throw new PaperSearchError(
    'MODEL_UNAVAILABLE',
    `The file ${damaged} of the model "${model.name}" is missing or has changed. Remove the model with "paper-search model remove ${model.name}", and add it again from ${model.source.from}.`,
    { details: { model: model.name, file: damaged } },
  );
}

/** Where the files of an added model are. */
export function addedFiles(root: string, folder: string, digests: Model['files']): ModelFiles {
  return { root, folder, quantized: false, digests };
}

/** Removes an added model. @throws PaperSearchError NOT_FOUND, or BAD_REQUEST for the bundled model. */
export async function removeModel(name: string): Promise<void> {
  if (name === bundledModel().name) {
    throw new PaperSearchError('BAD_REQUEST', `"${name}" is part of paper-search and cannot be removed.`);
  }
  const { models, rerankers, unusable } = await listModels();
  if (![...models, ...rerankers, ...unusable].some((each) => each.name === name)) await findInstalled(name);
  await rm(join(modelsFolder(), name), { recursive: true, force: true });
}

/**
 * Replaces the recorded values of an added model at once: a reader sees the old ones or the new ones. A title weight that
 * changes is kept among the former ones.
 * @throws PaperSearchError NOT_FOUND, BAD_REQUEST for the bundled model, INDEX_UNWRITABLE.
 */
export async function recordModel(changed: Model): Promise<Model> {
  const { name, titleWeight } = changed;
  const { source, titleWeight: before, formerTitleWeights = [] } = await findModel(name);
  if (source.kind === 'bundled') {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `"${name}" is part of paper-search: its values cannot be changed.`,
    );
  }
  const former = [...new Set([...formerTitleWeights, before])].filter((weight) => weight !== titleWeight);
  const { formerTitleWeights: _, ...others } = changed;
  const model = { ...others, ...(former.length > 0 && { formerTitleWeights: former }) };
  const file = join(modelsFolder(), name, MODEL_FILE);
  const written = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(written, modelText(model));
    await rename(written, file);
  } catch (cause) {
    await rm(written, { force: true });
    throw new PaperSearchError('INDEX_UNWRITABLE', `${file} cannot be written: ${messageOf(cause)}`, {
      details: { file },
      cause,
    });
  }
  return model;
}

/** A model as the text of its file. */
export function modelText(model: InstalledModel): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/** @returns undefined when there is no such folder, or it is not a model's. */
async function readModel(name: string): Promise<InstalledModel | undefined> {
  // A user or a request names it: it must not lead out of the folder of models.
  if (!MODEL_NAME.test(name)) return undefined;
  const file = join(modelsFolder(), name, MODEL_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    // Its folder may have been renamed.
    const values: unknown = JSON.parse(text);
    const isOfReranker = typeof values === 'object' && values !== null && isReranker(values);
    return { ...(isOfReranker ? RerankerSchema : ModelSchema).parse(values), name };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new PaperSearchError('MODEL_UNAVAILABLE', `${file} is damaged: ${reason}`, {
      details: { file },
      cause: error,
    });
  }
}
