import { parentPort, workerData } from 'node:worker_threads';
import { mulberry32 } from '../../src/util/random.ts';
import { CodeCoverage } from './coverage.ts';
import { mutated } from './mutate.ts';
import { TARGETS } from './targets.ts';

/** The task of a worker. */
export interface WorkerTask {
  readonly target: string;
  readonly seed: number;
  /** Texts of earlier runs. */
  readonly kept: readonly string[];
  /** One number, which the worker sets to the index of the current text in its batch. */
  readonly at: Int32Array;
}

/** Messages of a worker: the texts that it will try, one that reached new code, or one that failed. */
export type WorkerMessage =
  | { readonly kind: 'batch'; readonly texts: readonly string[]; readonly covered: number }
  | { readonly kind: 'kept'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly error: string };

/** Texts between two readings of the coverage, which take some milliseconds. */
const BATCH = 25;

const { target, seed, kept, at } = workerData as WorkerTask;
const { run, seeds } = TARGETS[target]!;
const random = mulberry32(seed);
const draw = (below: number) => Math.floor(random() * below);
const report = (message: WorkerMessage) => parentPort!.postMessage(message);

const texts = [...seeds(), ...kept];
const coverage = new CodeCoverage();
const seen = new Set<string>();
await tryAll(texts);
for (const part of coverage.take()) seen.add(part);
for (;;) {
  const batch = Array.from({ length: BATCH }, () => mutated(texts, draw));
  await tryAll(batch);
  if (!isNews(coverage.take())) continue;
  // Once more one by one, to find which of them it was.
  for (const text of batch) {
    await tryAll([text]);
    const ran = coverage.take();
    if (!isNews(ran)) continue;
    for (const part of ran) seen.add(part);
    texts.push(text);
    report({ kind: 'kept', text });
  }
}

function isNews(ran: ReadonlySet<string>): boolean {
  for (const part of ran) if (!seen.has(part)) return true;
  return false;
}

async function tryAll(batch: readonly string[]): Promise<void> {
  report({ kind: 'batch', texts: batch, covered: seen.size });
  for (const [place, text] of batch.entries()) {
    Atomics.store(at, 0, place);
    try {
      await run(text);
    } catch (error) {
      report({ kind: 'failed', text, error: error instanceof Error ? String(error.stack) : String(error) });
    }
  }
}
