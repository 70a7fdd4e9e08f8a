import { randomUUID } from 'node:crypto';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { messageOf, PaperSearchError } from '../../errors.ts';
import { makeFolder } from '../../util/make-folder.ts';
import { isIntact, type ModelFiles, onnxFile, sha256 } from '../models/files.ts';
import { type Precision, writeBertModel } from './bert-graph.ts';
import { bundledModel, locateWeights, SHAPE, WEIGHTS_DIGEST } from './minilm.ts';
import { Safetensors } from './safetensors.ts';

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
): Promise<ModelFiles> {
  const files = preparedFiles(precision);
  if (await isIntact(files)) return files;
  onConvert();
  await convert(files, precision);
  return files;
}

/** Where the converted model is, whether or not it has been converted. */
function preparedFiles(precision: Precision = 'int8'): ModelFiles {
  const { name, files: digests } = bundledModel(precision);
  const folder = `${name}-${precision}-${digests.model.slice(0, 12)}`;
  return { root: modelCacheFolder(), folder, quantized: precision === 'int8', digests };
}

async function convert(files: ModelFiles, precision: Precision): Promise<void> {
  const { root, folder, digests } = files;
  const source = await locateWeights();
  const bytes = await readFile(source.weightsPath);
  expectDigest('weights', sha256(bytes), WEIGHTS_DIGEST);
  const onnx = writeBertModel(new Safetensors(bytes), SHAPE, precision);
  expectDigest('converted model', sha256(onnx), digests.model);

  // Built beside its final place and renamed: a reader never sees half a model.
  const building = `${folder}.${randomUUID()}.tmp`;
  const place = join(root, building);
  try {
    await makeFolder(join(place, 'onnx'));
    await writeFile(onnxFile({ ...files, folder: building }), onnx);
    await copyFile(source.configPath, join(place, 'config.json'));
    await copyFile(source.tokenizerPath, join(place, 'tokenizer.json'));
    await putInPlace(place, files);
  } catch (cause) {
    throw new PaperSearchError(
      'MODEL_UNAVAILABLE',
      `The converted model cannot be written to ${root}: ${messageOf(cause)}. Set PAPER_SEARCH_CACHE to a folder that can be written.`,
      { cause },
    );
  } finally {
    await rm(place, { recursive: true, force: true }).catch(() => {});
  }
}

/** Another process may have finished the same conversion first: its result is identical and is kept. */
async function putInPlace(building: string, files: ModelFiles): Promise<void> {
  const place = join(files.root, files.folder);
  const isTaken = await rename(building, place).then(
    () => false,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      return true;
    },
  );
  if (!isTaken || (await isIntact(files))) return;
  await rm(place, { recursive: true, force: true });
  await rename(building, place);
}

function expectDigest(what: string, found: string, expected: string): void {
  if (found === expected) return;
  throw new PaperSearchError(
    'MODEL_UNAVAILABLE',
    `The ${what} has digest ${found}; expected ${expected}. Reinstall with "npm ci".`,
    { details: { found, expected } },
  );
}
