import { HEAD_LENGTH } from './reader.ts';

/** A text whose beginning can be looked at before it is read, and that knows how far it was read. */
export class PeekedText {
  readonly #pieces: AsyncIterator<string>;
  #head = '';
  #broken: { readonly error: unknown } | undefined;
  #line = 1;

  constructor(chunks: AsyncIterable<string>) {
    this.#pieces = chunks[Symbol.asyncIterator]();
  }

  /** 1-based line up to which the text was handed out. */
  get line(): number {
    return this.#line;
  }

  /** The first text: HEAD_LENGTH or all there is. `chunks` reports a read error after this text. */
  async head(): Promise<string> {
    while (this.#head.length < HEAD_LENGTH && !this.#broken) {
      const next = await this.#pieces.next().catch((error: unknown) => {
        this.#broken = { error };
      });
      if (!next || next.done) break;
      this.#head += next.value;
    }
    return this.#head.slice(0, HEAD_LENGTH);
  }

  /** Throws what broke while the head was read. */
  throwIfBroken(): void {
    if (this.#broken) throw this.#broken.error;
  }

  /** All the text, the head first. */
  async *chunks(): AsyncIterable<string> {
    yield this.#counted(this.#head);
    this.throwIfBroken();
    for (let next = await this.#pieces.next(); !next.done; next = await this.#pieces.next()) {
      yield this.#counted(next.value);
    }
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #counted(piece: string): string {
    for (let at = piece.indexOf('\n'); at !== -1; at = piece.indexOf('\n', at + 1)) this.#line++;
    return piece;
  }
}
