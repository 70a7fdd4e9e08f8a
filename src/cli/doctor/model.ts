import { join } from 'node:path';
import { bundledModel, locateWeights } from '../../encode/model/minilm.ts';
import { preparedFiles } from '../../encode/model/prepare.ts';
import { createProcessEncoder } from '../../encode/process-encoder.ts';
import { messageOf } from '../../errors.ts';
import { type Check, ok, problem } from './check.ts';

/** Whether the model is installed and runs. It is converted first if necessary. */
export async function modelCheck(): Promise<Check> {
  const encoder = createProcessEncoder();
  try {
    await locateWeights();
    const started = performance.now();
    await encoder.encode(['a short question']);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { root, folder, digests } = preparedFiles();
    return ok(
      'model',
      `${bundledModel().name}, digest ${digests.model.slice(0, 12)}, ran in ${seconds} s, in ${join(root, folder)}`,
    );
  } catch (error) {
    return problem(
      'model',
      messageOf(error),
      'Until it runs, search with --mode keyword. "npm ci" installs the model again; PAPER_SEARCH_CACHE names another folder for it.',
    );
  } finally {
    await encoder.close();
  }
}
