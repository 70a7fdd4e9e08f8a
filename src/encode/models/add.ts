import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { describeModel, type ModelChoices } from './describe.ts';
import { onnxFile, sha256 } from './files.ts';
import { readFromHub } from './hub.ts';
import type { DownloadOptions } from './hub-files.ts';
import { MODEL_NAME, type Model } from './model.ts';
import { type ModelParts, readParts } from './parts.ts';
import { addedFiles, listModels, MODEL_FILE, modelsFolder } from './registry.ts';

export interface AddOptions extends ModelChoices, DownloadOptions {
  /** A folder, or a zip or jar file. */
  readonly from?: string | undefined;
  /** Id of a model on a hub, such as `Xenova/multilingual-e5-small`, and its revision (default `main`). */
  readonly hub?: string | undefined;
  readonly revision?: string | undefined;
  /** Name of the ONNX file, if a folder or archive has several. */
  readonly onnx?: string | undefined;
}

/** A short text that is encoded to see whether a model runs. */
const PROBE = 'self-improvement of language models';

/**
 * Adds a model: copies its files into the folder of models, checks that it runs, and records how to use it.
 * @param name to use it by; not one that exists.
 * @returns what was recorded. @throws PaperSearchError BAD_REQUEST for a bad or taken name, BAD_INPUT for files that are
 *   not a model, FETCH_FAILED when a hub cannot be reached, MODEL_UNAVAILABLE when the model does not run.
 */
export async function addModel(name: string, options: AddOptions): Promise<Model> {
  await expectFree(name);
  const { from, hub } = options;
  if ((from === undefined) === (hub === undefined)) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      'Say where the model is: --from <folder or archive>, or --hub <id>.',
    );
  }
  const parts = hub === undefined ? await readParts(from!, options.onnx) : await readFromHub(hub, options);
  const root = modelsFolder();
  const building = `${name}.${randomUUID()}.tmp`;
  const place = join(root, building);
  try {
    const written = await writeFiles(root, building, parts).catch((cause) => {
      throw unwritable(root, cause);
    });
    const description = describeModel(parts, written.model, options);
    const dimension = await tryModel(root, building, written);
    const source = { kind: parts.kind, from: hub ?? from! };
    const model: Model = { name, source, ...description, dimension, files: written };
    await writeFile(join(place, MODEL_FILE), `${JSON.stringify(model, null, 2)}\n`);
    await rename(place, join(root, name)).catch((cause) => {
      throw unwritable(root, cause);
    });
    return model;
  } finally {
    await rm(place, { recursive: true, force: true }).catch(() => {});
  }
}

async function expectFree(name: string): Promise<void> {
  if (!MODEL_NAME.test(name) || name.endsWith('.tmp')) {
    throw new PaperSearchError(
      'BAD_REQUEST',
      `"${name}" cannot be the name of a model: use letters, digits, ".", "_" and "-", at most 100.`,
    );
  }
  const { models, unusable } = await listModels();
  if (![...models, ...unusable].some((model) => model.name === name)) return;
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

/** Encodes a text. @returns the dimension of the vectors. */
async function tryModel(root: string, folder: string, digests: Model['files']): Promise<number> {
  const files = addedFiles(root, folder, digests);
  const { loadTokenizer } = await import('../tokenizer.ts');
  const { openSession } = await import('../session.ts');
  const tokenizer = await loadTokenizer(files).catch((cause) => {
    throw new PaperSearchError(
      'BAD_INPUT',
      `The model's tokenizer.json cannot be used: ${messageOf(cause)}`,
      { cause },
    );
  });
  const session = await openSession(files, tokenizer.padding);
  try {
    const tokenIds = tokenizer.wrap(tokenizer.tokenize(PROBE));
    const { values, dimension } = await session.run([tokenIds]).catch((cause) => {
      if (cause instanceof PaperSearchError) throw cause;
      throw new PaperSearchError('MODEL_UNAVAILABLE', `The model does not run: ${messageOf(cause)}`, {
        cause,
      });
    });
    if (values.subarray(0, dimension).every(Number.isFinite)) return dimension;
    throw new PaperSearchError('MODEL_UNAVAILABLE', 'The model gives numbers that are not finite.');
  } finally {
    await session.dispose();
  }
}

function unwritable(root: string, cause: unknown): PaperSearchError {
  return new PaperSearchError(
    'INDEX_UNWRITABLE',
    `The model cannot be written to ${root}: ${messageOf(cause)}. Set PAPER_SEARCH_MODELS to a folder that can be written.`,
    { cause },
  );
}
