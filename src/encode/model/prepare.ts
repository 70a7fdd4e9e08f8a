import { createHash, randomUUID } from 'node:crypto';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { type Precision, writeBertModel } from './bert-graph.ts';
import {
  CONFIG_DIGEST,
  locateWeights,
  MINILM,
  MODEL_DIGESTS,
  TOKENIZER_DIGEST,
  WEIGHTS_DIGEST,
} from './minilm.ts';
import { Safetensors } from './safetensors.ts';

/** A model on disk in the layout transformers.js loads: `<root>/<name>/{config,tokenizer}.json` and `onnx/`. */
export interface PreparedModel {
  readonly root: string;
  readonly name: string;
  readonly precision: Precision;
  /** sha256 of the ONNX file, in hex. */
  readonly digest: string;
}

/** Where converted models are kept: $PAPER_SEARCH_CACHE, or the system's cache folder for this program. */
function modelCacheFolder(): string {
  const cache = process.env.PAPER_SEARCH_CACHE || envPaths('paper-search', { suffix: '' }).cache;
  return join(cache, 'models');
}

/**
 * Converts the installed weights once into the cache folder and returns where they are. Every file is checked
 * by digest whenever it is found, so a damaged cache repairs itself.
 * @throws PaperSearchError MODEL_UNAVAILABLE when the weights are missing or not the expected ones, or the
 *   cache folder cannot be written.
 */
export async function prepareModel(
  precision: Precision = 'int8',
  onConvert: () => void = () => {},
): Promise<PreparedModel> {
  const model = modelOf(precision);
  if (await isIntact(join(model.root, model.name), model)) return model;
  onConvert();
  await convert(model);
  return model;
}

/** Where the model is, and whether it is complete. Converts nothing. */
export async function preparedModelState(
  precision: Precision = 'int8',
): Promise<{ readonly folder: string; readonly digest: string; readonly prepared: boolean }> {
  const model = modelOf(precision);
  const folder = join(model.root, model.name);
  return { folder, digest: model.digest, prepared: await isIntact(folder, model) };
}

function modelOf(precision: Precision): PreparedModel {
  const digest = MODEL_DIGESTS[precision];
  const name = `${MINILM.name}-${precision}-${digest.slice(0, 12)}`;
  return { root: modelCacheFolder(), name, precision, digest };
}

async function convert(model: PreparedModel): Promise<void> {
  const { root, name, precision, digest } = model;
  const source = await locateWeights();
  const bytes = await readFile(source.weightsPath);
  expectDigest('weights', sha256(bytes), WEIGHTS_DIGEST);
  const onnx = writeBertModel(new Safetensors(bytes), MINILM.shape, precision);
  expectDigest('converted model', sha256(onnx), digest);

  // Built beside its final place and renamed: a reader never sees half a model.
  const building = join(root, `${name}.${randomUUID()}.tmp`);
  try {
    await makeFolder(join(building, 'onnx'));
    await writeFile(onnxFile(building, precision), onnx);
    await copyFile(source.configPath, join(building, 'config.json'));
    await copyFile(source.tokenizerPath, join(building, 'tokenizer.json'));
    await putInPlace(building, join(root, name), model);
  } catch (cause) {
    throw new PaperSearchError(
      'MODEL_UNAVAILABLE',
      `The converted model cannot be written to ${root}: ${messageOf(cause)}. Set PAPER_SEARCH_CACHE to a folder that can be written.`,
      { cause },
    );
  } finally {
    await rm(building, { recursive: true, force: true }).catch(() => {});
  }
}

/** Another process may have finished the same conversion first: its result is identical and is kept. */
async function putInPlace(building: string, place: string, model: PreparedModel): Promise<void> {
  const isTaken = await rename(building, place).then(
    () => false,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      return true;
    },
  );
  if (!isTaken || (await isIntact(place, model))) return;
  await rm(place, { recursive: true, force: true });
  await rename(building, place);
}

async function isIntact(folder: string, { precision, digest }: PreparedModel): Promise<boolean> {
  const files = [
    [onnxFile(folder, precision), digest],
    [join(folder, 'config.json'), CONFIG_DIGEST],
    [join(folder, 'tokenizer.json'), TOKENIZER_DIGEST],
  ] as const;
  for (const [file, expected] of files) {
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes || sha256(bytes) !== expected) return false;
  }
  return true;
}

function onnxFile(folder: string, precision: Precision): string {
  return join(folder, 'onnx', precision === 'int8' ? 'model_quantized.onnx' : 'model.onnx');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function expectDigest(what: string, found: string, expected: string): void {
  if (found === expected) return;
  throw new PaperSearchError(
    'MODEL_UNAVAILABLE',
    `The ${what} has digest ${found}; expected ${expected}. Reinstall with "npm ci".`,
    { details: { found, expected } },
  );
}
