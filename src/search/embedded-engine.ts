import type { ModelInfo } from '../encode/model-info.ts';
import { PaperSearchError } from '../errors.ts';
import { EmbeddedSnapshot } from './embedded-snapshot.ts';
import type { AcquireOptions, Engine, Snapshot } from './engine.ts';
import type { OpenedSnapshot } from './opened-snapshot.ts';

/** The engine in this process, over one snapshot. It counts the holders of the snapshot. */
export class EmbeddedEngine implements Engine {
  readonly #opened: OpenedSnapshot;
  #holders = 0;
  /** Called when the last holder has released the snapshot. */
  #onReleased: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** @param opened closed with the engine. */
  constructor(opened: OpenedSnapshot) {
    this.#opened = opened;
  }

  /** The id of its snapshot. */
  get snapshot(): string {
    return this.#opened.stored.name;
  }

  /** The model of its vectors. */
  get model(): ModelInfo {
    return this.#opened.stored.manifest.model;
  }

  async acquire({ signal }: AcquireOptions = {}): Promise<Snapshot> {
    if (this.#closing) throw new PaperSearchError('STOPPED', 'The index is closed.');
    this.#holders++;
    return new EmbeddedSnapshot(this.#opened, signal, async () => this.#leave());
  }

  async warmUp(): Promise<void> {
    await this.#holding(() => this.#opened.warmUp());
  }

  /** See `OpenedSnapshot.prepare`. */
  async prepare(): Promise<void> {
    await this.#holding(() => this.#opened.prepare());
  }

  close(): Promise<void> {
    this.#closing ??= this.#opened.close();
    return this.#closing;
  }

  /** Closes when the last holder has released the snapshot; resolves when it is closed. */
  async retire(): Promise<void> {
    if (this.#holders > 0) {
      await new Promise<void>((resolve) => {
        this.#onReleased = resolve;
      });
    }
    await this.close();
  }

  async #holding(work: () => Promise<void>): Promise<void> {
    this.#holders++;
    try {
      await work();
    } finally {
      this.#leave();
    }
  }

  #leave(): void {
    this.#holders--;
    if (this.#holders === 0) this.#onReleased?.();
  }
}
