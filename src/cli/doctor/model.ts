import { join } from 'node:path';
import { bundledModel, locateWeights } from '../../encode/model/minilm.ts';
import type { ModelInfo } from '../../encode/model-info.ts';
import { infoOf } from '../../encode/models/model.ts';
import { filesOf, modelOfIndex } from '../../encode/models/registry.ts';
import { createProcessEncoder } from '../../encode/process-encoder.ts';
import { messageOf } from '../../errors.ts';
import { currentSnapshot, readManifest } from '../../indexes/store/snapshot-reader.ts';
import { type Check, ok, problem } from './check.ts';

const KEYWORD_ADVICE = 'Until it runs, search with --mode keyword.';

/** The model of an index, as its manifest records it; undefined for an index that cannot be read, which has its own check. */
export async function modelOfFolder(index: string): Promise<ModelInfo | undefined> {
  const snapshot = await currentSnapshot(index).catch(() => undefined);
  if (snapshot === undefined) return undefined;
  return (await readManifest(index, snapshot).catch(() => undefined))?.model;
}

/**
 * Whether a model is installed and runs. Default: the bundled one. The bundled one is converted
 * first if necessary.
 */
export async function modelCheck(info: ModelInfo | undefined): Promise<Check> {
  let model = bundledModel();
  try {
    if (info) model = await modelOfIndex(info);
  } catch (error) {
    return problem('model', messageOf(error));
  }
  const isBundled = model.source.kind === 'bundled';
  const encoder = createProcessEncoder({ model });
  try {
    if (isBundled) await locateWeights();
    const started = performance.now();
    await encoder.encode(['a short question']);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { root, folder } = await filesOf(model);
    const digest = infoOf(model).digest.slice(0, 12);
    return ok('model', `${model.name}, digest ${digest}, ran in ${seconds} s, in ${join(root, folder)}`);
  } catch (error) {
    const advice = isBundled
      ? `${KEYWORD_ADVICE} "npm ci" installs the model again; PAPER_SEARCH_CACHE names another folder for it.`
      : KEYWORD_ADVICE;
    return problem('model', messageOf(error), advice);
  } finally {
    await encoder.close();
  }
}
