import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { sleep } from '../../util/pause.ts';
import type { ClusterClient } from '../client/cluster-client.ts';

/** A process that changes a corpus. */
export interface Who {
  readonly host: string;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly since: string;
}

/** What a worker says of itself in the index of keys. */
export interface WorkerDocument extends Who {
  readonly kind: 'worker';
  readonly change: string;
  /** Raised while the worker lives. */
  readonly beat: number;
  /** Its transactions up to this number have ended. */
  readonly finished: number;
}

/** A worker that shows no sign of life for so long is dead (milliseconds). */
const DEFAULT_LEASE_MS = 60_000;
const POLL_MS = 50;

export interface WorkerOptions {
  readonly client: ClusterClient;
  /** The index of keys. */
  readonly index: string;
  readonly change: string;
  readonly leaseMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * This process as a writer to a corpus: it shows that it lives, numbers its transactions, and knows whether those of
 * others have ended. A transaction marks the keys that it changes with its name; it ends for all of them at once, when its
 * worker says so or has died. No clocks are compared: a worker is dead when its document stays the same while we watch.
 */
export class Worker {
  readonly id = randomBytes(6).toString('hex');
  readonly who: Who = { host: hostname(), pid: process.pid, since: new Date().toISOString() };
  readonly #options: WorkerOptions;
  readonly #leaseMs: number;
  readonly #watch: Watch;
  #beat = 0;
  #started = 0;
  #finished = 0;
  #lastBeat = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #saying: Promise<void> = Promise.resolve();

  private constructor(options: WorkerOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? DEFAULT_LEASE_MS;
    this.#watch = new Watch(options.client, options.index, this.#leaseMs);
  }

  static async start(options: WorkerOptions): Promise<Worker> {
    const worker = new Worker(options);
    await worker.#say();
    worker.#timer = setInterval(() => {
      // A beat that fails is missed by `isTimely`.
      worker.#say().catch(() => {});
    }, worker.#leaseMs / 6).unref();
    return worker;
  }

  /** Begins a transaction. @returns its name. */
  begin(): string {
    return `${this.#options.change}/${this.id}#${++this.#started}`;
  }

  /** Ends the transactions that have begun: their keys are free. */
  async finish(): Promise<void> {
    this.#finished = this.#started;
    await this.#say();
  }

  /**
   * Whether others cannot have taken this worker for dead. After a suspension, or without an answer of the cluster for long,
   * they may have taken over the keys of its transactions.
   */
  isTimely(): boolean {
    return performance.now() - this.#lastBeat < this.#leaseMs / 2;
  }

  /** Whether a transaction of another worker has not ended. @param transaction as `begin` returns it. */
  async isOpen(transaction: string): Promise<boolean> {
    const [, change, worker, number] = /^(.*)\/(.*)#(\d+)$/.exec(transaction) ?? [];
    if (change !== this.#options.change || worker === undefined || worker === this.id) return false;
    return this.#watch.isOpen(worker, Number(number));
  }

  /** Whether another worker lives. @param worker its id. */
  async isAlive(worker: string): Promise<boolean> {
    return worker === this.id || this.#watch.isAlive(worker);
  }

  /** Returns when none of these transactions is open. */
  async waitFor(transactions: Iterable<string>): Promise<void> {
    for (const transaction of transactions) {
      for (let wait = POLL_MS; await this.isOpen(transaction); wait = Math.min(wait * 1.5, 1000)) {
        await sleep(wait, this.#options.signal);
        this.#options.signal?.throwIfAborted();
      }
    }
  }

  /** Stops showing that it lives. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#finished = this.#started;
    const { client, index } = this.#options;
    await this.#saying.catch(() => {});
    await client.request('DELETE', `/${index}/_doc/worker:${this.id}`).catch(() => {});
  }

  /** One after another, so that an older state never overwrites a newer one. */
  #say(): Promise<void> {
    const write = async () => {
      const { client, index, change } = this.#options;
      const at = performance.now();
      const { since, host, pid } = this.who;
      const body: WorkerDocument = {
        kind: 'worker',
        change,
        beat: ++this.#beat,
        finished: this.#finished,
        since,
        host,
        pid,
      };
      await client.request('PUT', `/${index}/_doc/worker:${this.id}`, { body });
      this.#lastBeat = at;
    };
    this.#saying = this.#saying.then(write, write);
    return this.#saying;
  }
}

/** Watches other workers. */
export class Watch {
  readonly #client: ClusterClient;
  readonly #index: string;
  readonly #leaseMs: number;
  /** The last beat of each worker, and since when we have seen it (milliseconds of our clock). */
  readonly #seen = new Map<string, { beat: number; since: number }>();
  readonly #finished = new Map<string, number>();

  constructor(client: ClusterClient, index: string, leaseMs: number = DEFAULT_LEASE_MS) {
    this.#client = client;
    this.#index = index;
    this.#leaseMs = leaseMs;
  }

  async isOpen(worker: string, number: number): Promise<boolean> {
    if ((this.#finished.get(worker) ?? -1) >= number) return false;
    const document = await this.read(worker);
    if (!document) {
      this.#finished.set(worker, Number.POSITIVE_INFINITY);
      return false;
    }
    this.#finished.set(worker, document.finished);
    return document.finished < number && this.#lives(worker, document);
  }

  async isAlive(worker: string): Promise<boolean> {
    const document = await this.read(worker);
    return document !== undefined && this.#lives(worker, document);
  }

  /** What a worker says of itself; undefined of one that has stopped. */
  async read(worker: string): Promise<WorkerDocument | undefined> {
    const { docs } = await this.#client.request<{
      docs: { found?: boolean; _source: WorkerDocument }[];
    }>('POST', `/${this.#index}/_mget`, { body: { ids: [`worker:${worker}`] } });
    return docs[0]?.found ? docs[0]._source : undefined;
  }

  #lives(worker: string, { beat, host, pid }: WorkerDocument): boolean {
    if (host === hostname() && !isRunning(pid)) return false;
    const now = performance.now();
    const seen = this.#seen.get(worker);
    if (seen?.beat === beat) return now - seen.since < this.#leaseMs;
    this.#seen.set(worker, { beat, since: now });
    return true;
  }
}

/** Whether this machine runs a process. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
