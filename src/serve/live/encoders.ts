import type { Encoder } from '../../encode/encoder.ts';
import type { ModelInfo } from '../../encode/model-info.ts';

/** An encoder that several snapshots use. */
interface Shared {
  readonly encoder: Promise<Encoder>;
  users: number;
}

/** One encoder per model, shared by the open snapshots of that model, and closed with the last of them. */
export class Encoders {
  readonly #open: (model: ModelInfo) => Promise<Encoder>;
  readonly #shared = new Map<string, Shared>();

  /** @param open makes the encoder of a model. */
  constructor(open: (model: ModelInfo) => Promise<Encoder>) {
    this.#open = open;
  }

  /**
   * The encoder of a model.
   * @returns an encoder of which `close` only says that it is no longer used. @throws what opening one throws.
   */
  async of(model: ModelInfo): Promise<Encoder> {
    const { digest } = model;
    const shared = this.#shared.get(digest) ?? { encoder: this.#open(model), users: 0 };
    this.#shared.set(digest, shared);
    shared.users++;
    let isUsed = true;
    const release = async () => {
      if (!isUsed) return;
      isUsed = false;
      if (--shared.users > 0) return;
      this.#shared.delete(digest);
      await (await shared.encoder).close();
    };
    try {
      const encoder = await shared.encoder;
      return {
        model: encoder.model,
        encode: (texts, options) => encoder.encode(texts, options),
        close: release,
      };
    } catch (error) {
      isUsed = false;
      this.#shared.delete(digest);
      throw error;
    }
  }
}
