import { join } from 'node:path';
import { bundledModel, locateWeights } from '../../encode/model/minilm.ts';
import { infoOf, type Model } from '../../encode/models/model.ts';
import { filesOf, modelOfIndex } from '../../encode/models/registry.ts';
import { createProcessEncoder } from '../../encode/process-encoder.ts';
import { messageOf } from '../../errors.ts';
import { currentSnapshot, readManifest } from '../../indexes/store/snapshot-reader.ts';
import { type Check, ok, problem } from './check.ts';

const KEYWORD_ADVICE = 'Until it runs, search with --mode keyword.';

/**
 * Whether the model of an index is installed and runs; without an index, the bundled one. The bundled one is converted
 * first if necessary.
 */
export async function modelCheck(index: string): Promise<Check> {
  let model = bundledModel();
  try {
    model = await modelOf(index);
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

/** An index that cannot be read is reported by its own check. */
async function modelOf(index: string): Promise<Model> {
  const snapshot = await currentSnapshot(index).catch(() => undefined);
  if (snapshot === undefined) return bundledModel();
  const manifest = await readManifest(index, snapshot).catch(() => undefined);
  return manifest ? modelOfIndex(manifest.model) : bundledModel();
}
