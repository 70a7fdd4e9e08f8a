import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type SharedMemory, sharedMemory } from './layout.ts';
import { WORK_KERNEL } from './work-kernel.ts';

/** A kernel whose exported function does the parts of tasks, and the memory that it works on. */
export interface WorkKernel {
  readonly module: WebAssembly.Module;
  readonly memory: SharedMemory;
  /** Does part n of the task that is described at an address of the memory; any thread may. */
  readonly part: (task: number, n: number) => void;
}

/** The kernels of an index: of its coarse codes and of its 8-bit codes. */
export interface WorkKernels {
  readonly scan: WorkKernel;
  readonly score: WorkKernel;
}

/** The functions of work.wat. */
interface Exports {
  do(task: number, parts: number, isScore: number): void;
  wait(): void;
}

/** The same from source and from JavaScript: all that the thread does is in work.wat. */
const HELPER = `
const { work, scan, score } = require('node:worker_threads').workerData;
const start = ({ module, memory }, name, functions) =>
  new WebAssembly.Instance(module, { [name]: { memory, ...functions } }).exports;
const parts = { scan: start(scan, 'coarse').scan, score: start(score, 'dense').score_part };
start(work, 'work', parts).help();
`;
/** A part takes 0.1 ms: in a longer wait the other thread has lost its processor in the middle of one. */
const MAX_WAIT_MS = 1;
/** For how long nothing is shared then: so long at first, twice as long each time that it is no better. */
const MIN_REST_MS = 250;
const MAX_REST_MS = 16_000;
/** All that a thread without objects needs (MiB). */
const HEAP = 16;

/**
 * Does tasks together with a second thread that shares the memory. The thread takes part when it gets a processor in time: this one
 * starts at once, takes part after part, and waits only for a part that the other one is doing, some 0.1 ms. On a busy machine, where
 * that part may wait for a processor, nothing is shared for a while.
 */
export class SharedWork {
  readonly #exports: Exports;
  readonly #worker: Worker;
  #restMs = MIN_REST_MS;
  #restsUntil = Number.NEGATIVE_INFINITY;

  private constructor({ scan, score }: WorkKernels) {
    const memory = sharedMemory(1);
    const functions = { memory, scan: scan.part, score: score.part };
    this.#exports = new WebAssembly.Instance(MODULE, { work: functions }).exports as unknown as Exports;
    const shared = ({ module, memory: own }: WorkKernel) => ({ module, memory: own });
    this.#worker = new Worker(HELPER, {
      eval: true,
      workerData: { work: { module: MODULE, memory }, scan: shared(scan), score: shared(score) },
      resourceLimits: { maxOldGenerationSizeMb: HEAP, maxYoungGenerationSizeMb: HEAP / 4 },
    });
    this.#worker.unref();
    // Without it, this thread does all.
    this.#worker.on('error', () => {});
  }

  /** @returns undefined where there is one processor only. */
  static start(kernels: WorkKernels): SharedWork | undefined {
    return availableParallelism() > 1 ? new SharedWork(kernels) : undefined;
  }

  /** Whether sharing pays, as far as is known: the other thread has been in time lately. */
  get pays(): boolean {
    return performance.now() >= this.#restsUntil;
  }

  /** Does a task, as `WorkKernel.part` says it, and returns when all its parts are done. @param kind whose task it is. */
  do(kind: keyof WorkKernels, task: number, parts: number): void {
    this.#exports.do(task, parts, kind === 'score' ? 1 : 0);
    const started = performance.now();
    this.#exports.wait();
    const ended = performance.now();
    if (ended - started <= MAX_WAIT_MS) {
      this.#restMs = Math.max(MIN_REST_MS, this.#restMs / 2);
      return;
    }
    this.#restsUntil = ended + this.#restMs;
    this.#restMs = Math.min(MAX_REST_MS, 2 * this.#restMs);
  }

  /** Ends the thread. Not while a task is done. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

const MODULE = new WebAssembly.Module(Buffer.from(WORK_KERNEL, 'base64'));
