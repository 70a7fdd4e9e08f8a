import { Worker } from 'node:worker_threads';
import type { Progress } from '../../util/progress.ts';
import { CodeMemory } from '../vectors/code-memory.ts';
import { layOut, type MapLayout } from './lay-out.ts';
import type { LayOutMessage, LayOutTask } from './protocol.ts';

/** When this runs from its source, there is no JavaScript file that a thread could start. */
const IS_SOURCE = import.meta.url.endsWith('.ts');

/**
 * As `layOut`, in a separate thread; from source, in this one.
 * @param signal aborting ends the thread and rejects with the signal's reason.
 */
export function layOutInThread(
  task: LayOutTask,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<MapLayout> {
  signal.throwIfAborted();
  if (IS_SOURCE) {
    const memory = new CodeMemory(task.count, task.dimension);
    memory.image.set(task.image);
    return Promise.resolve(layOut(memory, task.earlier, onProgress));
  }
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: task });
  return new Promise<MapLayout>((resolve, reject) => {
    worker.on('message', (message: LayOutMessage) => {
      if (message.kind === 'progress') onProgress(message.done, message.total);
      else resolve(message.layout);
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`The thread that makes the map ended with code ${code}.`)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  }).finally(() => worker.terminate());
}
