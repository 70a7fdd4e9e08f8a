import { Worker } from 'node:worker_threads';
import { pause } from '../../util/pause.ts';
import type { Progress } from '../../util/progress.ts';
import { type SeedRun, type SeedStart, type SimulationTask, TaskRunner } from './task.ts';

/** What a thread says about its run. */
export type WorkerMessage =
  | { readonly kind: 'read'; readonly read: number }
  | { readonly kind: 'run'; readonly run: SeedRun };

/** Progress of a simulation, in papers of all runs. */
export interface SimulationProgress {
  readonly stage: 'simulating';
  readonly done: number;
  readonly total: number;
}

/** When this runs from its source, there is no JavaScript file that a thread could start. */
const IS_SOURCE = import.meta.url.endsWith('.ts');

/**
 * Does the runs of a task in several threads; from source, in this one. The result does not depend on how many there are.
 * @param threads at least 1. @param onProgress in papers: a run that ends early counts as the whole pool.
 * @returns in the order of the starts.
 * @throws what a run throws; the signal's reason when it aborts.
 */
export async function simulateAll(
  task: SimulationTask,
  starts: readonly SeedStart[],
  threads: number,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<readonly SeedRun[]> {
  signal.throwIfAborted();
  const papers = task.truth.length;
  const done = new Array<number>(starts.length).fill(0);
  const report = (place: number, read: number) => {
    done[place] = read;
    onProgress(
      done.reduce((sum, each) => sum + each, 0),
      papers * starts.length,
    );
  };
  const runs = new Array<SeedRun>(starts.length);
  const places = Array.from(starts.keys());
  const next = async (run: (start: SeedStart, onRead: (read: number) => void) => Promise<SeedRun>) => {
    for (let place = places.shift(); place !== undefined; place = places.shift()) {
      const at = place;
      signal.throwIfAborted();
      runs[at] = await run(starts[at]!, (read) => report(at, read));
      report(at, papers);
    }
  };
  if (IS_SOURCE) {
    const runner = new TaskRunner(task);
    await next(async (start, onRead) => {
      await pause(signal);
      return runner.run(start, onRead);
    });
    return runs;
  }
  const shared = withSharedVectors(task);
  await Promise.all(
    Array.from({ length: Math.min(threads, starts.length) }, async () => {
      const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: shared });
      try {
        await next((start, onRead) => runIn(worker, start, onRead, signal));
      } finally {
        await worker.terminate();
      }
    }),
  );
  return runs;
}

function runIn(
  worker: Worker,
  start: SeedStart,
  onRead: (read: number) => void,
  signal: AbortSignal,
): Promise<SeedRun> {
  return new Promise<SeedRun>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    const failed = (error: unknown) => reject(error);
    const exited = (code: number) => reject(new Error(`A thread that simulates ended with code ${code}.`));
    worker.removeAllListeners();
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'read') return onRead(message.read);
      signal.removeEventListener('abort', abort);
      resolve(message.run);
    });
    worker.on('error', failed);
    worker.on('exit', exited);
    signal.addEventListener('abort', abort, { once: true });
    worker.postMessage(start);
  });
}

/** Threads share the vectors, the largest part, instead of copying them. */
function withSharedVectors(task: SimulationTask): SimulationTask {
  const { vectors } = task.input;
  if (!vectors) return task;
  const values = new Float32Array(new SharedArrayBuffer(vectors.values.byteLength));
  values.set(vectors.values);
  return { ...task, input: { ...task.input, vectors: { ...vectors, values } } };
}
