import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Encoder, EncoderInput } from '../../src/encode/encoder.ts';
import type { Engine, Snapshot } from '../../src/search/engine.ts';
import type { LoadRequest } from './requests.ts';

/** Opens an index, like `openIndex` of the library. */
export type Open = (folder: string, options: { encoder: Encoder }) => Promise<Engine>;

/** Copies that are open at the same time. */
const MAX_OPEN = 6;

/** Copies of snapshots, each opened by its own engine, which returns the expected answers. */
export class References {
  readonly #folder: string;
  readonly #open: Open;
  readonly #encoder: Encoder;
  readonly #engines = new LRUCache<string, Promise<Engine>>({
    max: MAX_OPEN,
    dispose: (engine) => void engine.then((each) => each.close()),
  });

  /** @param folder for the copies. @param encoder closed with the references. */
  constructor(folder: string, open: Open, encoder: Encoder) {
    this.#folder = folder;
    this.#open = open;
    this.#encoder = encoder;
  }

  /**
   * Copies a snapshot before the index removes it.
   * @param index its folder. @returns the ids of its papers. @throws Error when a paper occurs twice.
   */
  async keep(index: string, snapshot: string): Promise<ReadonlySet<string>> {
    const copy = join(this.#folder, snapshot);
    await mkdir(copy, { recursive: true });
    await cp(join(index, snapshot), join(copy, snapshot), { recursive: true });
    await writeFile(join(copy, 'CURRENT'), `${snapshot}\n`);
    const ids = new Set<string>();
    for await (const { id } of (await this.#opened(snapshot)).papers()) {
      if (ids.has(id)) throw new Error(`Snapshot ${snapshot} has ${id} twice.`);
      ids.add(id);
    }
    return ids;
  }

  /** The expected answer to a request. One at a time: an engine may be closed for the next. */
  async expected(snapshot: string, request: LoadRequest): Promise<unknown> {
    return request.expected(await this.#opened(snapshot));
  }

  async close(): Promise<void> {
    this.#engines.clear();
    await this.#encoder.close();
  }

  async #opened(snapshot: string): Promise<Snapshot> {
    const engine = await this.#engine(snapshot);
    return engine.acquire();
  }

  #engine(snapshot: string): Promise<Engine> {
    const known = this.#engines.get(snapshot);
    if (known) return known;
    const { model } = this.#encoder;
    // All engines share one encoder, which stays open when an engine is closed.
    const encoder: Encoder = {
      model,
      encode: (texts, options) => this.#encoder.encode(texts, options),
      close: async () => {},
    };
    const opened = this.#open(join(this.#folder, snapshot), { encoder });
    this.#engines.set(snapshot, opened);
    return opened;
  }
}

/** An encoder that caches single texts: every snapshot gets the same queries. */
export function remembering(encoder: Encoder): Encoder {
  const known = new Map<EncoderInput, Promise<Float32Array>>();
  return {
    model: encoder.model,
    encode: (texts, options) => {
      const [text] = texts;
      if (texts.length !== 1 || typeof text !== 'string') return encoder.encode(texts, options);
      const vector = known.get(text) ?? encoder.encode(texts, options);
      known.set(text, vector);
      return vector;
    },
    close: () => encoder.close(),
  };
}
