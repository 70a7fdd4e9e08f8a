/** A thread that simulates: it gets the task when it starts, and one run after another. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerMessage } from './in-threads.ts';
import { type SeedStart, type SimulationTask, TaskRunner } from './task.ts';

/** Milliseconds between two messages on progress. */
const PROGRESS_MS = 100;

const say = (message: WorkerMessage) => parentPort!.postMessage(message);
const runner = new TaskRunner(workerData as SimulationTask);

parentPort!.on('message', (start: SeedStart) => {
  let last = performance.now();
  const run = runner.run(start, (read) => {
    if (performance.now() - last < PROGRESS_MS) return;
    last = performance.now();
    say({ kind: 'read', read });
  });
  say({ kind: 'run', run });
});
