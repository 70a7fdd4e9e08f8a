import type { Encoder } from '../encode/encoder.ts';
import type { ModelInfo } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import type { AcquireOptions, Engine, Snapshot } from '../search/engine.ts';
import type { DeadlineAfter } from '../search/rerank/rerank.ts';
import type { Rerankers } from '../search/rerank/rerankers.ts';
import type { ClusterClient } from './client/cluster-client.ts';
import { type CandidateSize, OpenedClusterSnapshot } from './cluster-corpus.ts';
import { ClusterSnapshot } from './cluster-snapshot.ts';
import { type CurrentSnapshot, currentSnapshot } from './current-snapshot.ts';

/** How long it is known which snapshot is the current one (milliseconds): a new one is seen about as much later. */
const CURRENT_FOR_MS = 1000;

/** What an engine over a cluster is made of. */
export interface ClusterEngineParts {
  /** Closed with the engine. */
  readonly client: ClusterClient;
  /** The name of the corpus. */
  readonly corpus: string;
  /** Makes the encoder of a model, which is closed with the engine, or when no snapshot of this model is held any more. */
  readonly encoderOf: (model: ModelInfo) => Promise<Encoder>;
  /** Closed with the engine. */
  readonly rerankers: Rerankers;
  readonly deadlineAfter?: DeadlineAfter | undefined;
  readonly onCacheLookup?: ((found: boolean) => void) | undefined;
  /** As in `ClusterTools`. */
  readonly candidateSizes?: readonly CandidateSize[] | undefined;
}

/** An opened snapshot and its holders. */
interface Held {
  readonly opened: OpenedClusterSnapshot;
  readonly model: string;
  holders: number;
}

/**
 * The engine over a corpus in a cluster. The current snapshot is the index behind the alias of the corpus, which is
 * looked up at most once a second; a holder stays on the index that it acquired.
 */
export class ClusterEngine implements Engine {
  readonly #parts: ClusterEngineParts;
  /** By index: the current one, and earlier ones that are held. */
  readonly #held = new Map<string, Promise<Held>>();
  /** By model. */
  readonly #encoders = new Map<string, Promise<Encoder>>();
  #current: { readonly snapshot: Promise<CurrentSnapshot>; readonly until: number } | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: ClusterEngineParts) {
    this.#parts = parts;
  }

  async acquire({ signal }: AcquireOptions = {}): Promise<Snapshot> {
    const held = await this.#hold();
    return new ClusterSnapshot(held.opened, signal, async () => this.#leave(held));
  }

  async warmUp(): Promise<void> {
    const held = await this.#hold();
    try {
      await held.opened.warmUp();
    } finally {
      await this.#leave(held);
    }
  }

  /** Makes the next snapshot that is acquired the one that is current then: a change of our own is seen at once. */
  refresh(): void {
    this.#current = undefined;
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  /** The current snapshot with one more holder. */
  async #hold(): Promise<Held> {
    const { index, meta } = await this.#lookUp();
    let opening = this.#held.get(index);
    if (!opening) {
      opening = this.#open({ index, meta });
      this.#held.set(index, opening);
      opening.catch(() => this.#held.delete(index));
    }
    const held = await opening;
    this.#expectOpen();
    held.holders++;
    await this.#dropOthers(index);
    return held;
  }

  #expectOpen(): void {
    if (this.#closing) throw new PaperSearchError('STOPPED', 'The connection to the cluster is closed.');
  }

  #lookUp(): Promise<CurrentSnapshot> {
    this.#expectOpen();
    const now = performance.now();
    if (this.#current && now < this.#current.until) return this.#current.snapshot;
    const { client, corpus } = this.#parts;
    const snapshot = currentSnapshot(client, corpus);
    const current = { snapshot, until: now + CURRENT_FOR_MS };
    this.#current = current;
    snapshot.catch(() => {
      if (this.#current === current) this.#current = undefined;
    });
    return snapshot;
  }

  async #open({ index, meta }: CurrentSnapshot): Promise<Held> {
    const { client, encoderOf, ...others } = this.#parts;
    const model = JSON.stringify(meta.model);
    let encoder = this.#encoders.get(model);
    if (!encoder) {
      encoder = encoderOf(meta.model);
      this.#encoders.set(model, encoder);
      encoder.catch(() => this.#encoders.delete(model));
    }
    const tools = { ...others, encoder: await encoder };
    return { opened: new OpenedClusterSnapshot(client, index, meta, tools), model, holders: 0 };
  }

  async #leave(held: Held): Promise<void> {
    held.holders--;
    if (held.holders > 0 || this.#closing) return;
    const current = await this.#current?.snapshot.catch(() => undefined);
    if (current) await this.#dropOthers(current.index);
  }

  /** Forgets snapshots without a holder, except the current one, and closes encoders of models that none of the others has. */
  async #dropOthers(current: string): Promise<void> {
    const models = new Set<string>();
    for (const [index, opening] of this.#held) {
      const held = await opening.catch(() => undefined);
      if (held && (index === current || held.holders > 0)) models.add(held.model);
      else if (held) this.#held.delete(index);
    }
    if (models.size === 0) return;
    // Chosen without a pause, so that none is closed that another request has just made.
    const unused = [...this.#encoders].filter(([model]) => !models.has(model));
    for (const [model] of unused) this.#encoders.delete(model);
    for (const [, encoder] of unused) await (await encoder.catch(() => undefined))?.close();
  }

  async #closeAll(): Promise<void> {
    this.#held.clear();
    for (const encoder of this.#encoders.values()) await (await encoder.catch(() => undefined))?.close();
    this.#encoders.clear();
    await this.#parts.rerankers.close();
    await this.#parts.client.close();
  }
}
