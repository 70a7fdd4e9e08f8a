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
}

/** The same from source and from JavaScript: all that the thread does is in work.wat. */
const HELPER = `
const { work, scan, score } = require('node:worker_threads').workerData;
const start = ({ module, memory }, name, functions) =>
  new WebAssembly.Instance(module, { [name]: { memory, ...functions } }).exports;
const parts = { scan: start(scan, 'coarse').scan, score: start(score, 'dense').score_part };
start(work, 'work', parts).help();
`;
/** All that a thread without objects needs (MiB). */
const HEAP = 16;

/**
 * Does tasks together with a second thread that shares the memory. The thread takes part when it gets a processor in time: this one
 * starts at once, takes part after part, and waits only for a part that the other one is doing, some 0.1 ms.
 */
export class SharedWork {
  readonly #exports: Exports;
  readonly #worker: Worker;

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

  /** Does a task, as `WorkKernel.part` says it, and returns when all its parts are done. @param kind whose task it is. */
  do(kind: keyof WorkKernels, task: number, parts: number): void {
    this.#exports.do(task, parts, kind === 'score' ? 1 : 0);
  }

  /** Ends the thread. Not while a task is done. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

const MODULE = new WebAssembly.Module(Buffer.from(WORK_KERNEL, 'base64'));
