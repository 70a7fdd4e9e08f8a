import { setImmediate } from 'node:timers/promises';

type Task = () => Promise<void>;

/**
 * What a model's process has to do, one task at a time: questions before papers, each in order of arrival. A long task
 * calls `pause` between its steps, so that a question waits for one step of it and not for all of them.
 */
export class TaskQueue {
  readonly #urgent: Task[] = [];
  readonly #others: Task[] = [];
  #isRunning = false;

  /** Runs a task when it is its turn. @param task handles its errors. */
  add(task: Task, isUrgent: boolean): void {
    (isUrgent ? this.#urgent : this.#others).push(task);
    if (!this.#isRunning) void this.#run();
  }

  /** Reads what has arrived meanwhile, and runs the urgent tasks. Called by a task that is not urgent. */
  async pause(): Promise<void> {
    await setImmediate();
    for (let task = this.#urgent.shift(); task; task = this.#urgent.shift()) await task();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let task = this.#next(); task; task = this.#next()) {
      await task();
      // The model runs synchronously: without this, a question that has arrived is not read before the next task.
      if (this.#urgent.length === 0) await setImmediate();
    }
    this.#isRunning = false;
  }

  #next(): Task | undefined {
    return this.#urgent.shift() ?? this.#others.shift();
  }
}
