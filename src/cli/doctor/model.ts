import { locateWeights, MINILM } from '../../encode/model/minilm.ts';
import { preparedModelState } from '../../encode/model/prepare.ts';
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
    const { folder, digest } = await preparedModelState();
    return ok('model', `${MINILM.name}, digest ${digest.slice(0, 12)}, ran in ${seconds} s, in ${folder}`);
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
