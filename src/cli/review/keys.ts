import { createInterface, emitKeypressEvents, type Key } from 'node:readline';
import { styleText } from 'node:util';

/** The input of `review screen`: a key at a time, and lines of text. */
export interface Keys {
  /** Whether a person at a terminal can try again after an error. */
  readonly isInteractive: boolean;
  /** The next key with the text after it, if it came with one; undefined at the end, and `interrupt` for Ctrl-C. */
  next(): Promise<{ readonly key: string; readonly text?: string | undefined } | undefined>;
  /** A line of text; undefined if the reader changed their mind. */
  line(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** The name of the key for Ctrl-C. */
export const INTERRUPT = 'interrupt';

/** A line per key, its first character, with the text after it: `i`, `e 3`, `n a note`. For scripts and tests. */
export class LineKeys implements Keys {
  readonly isInteractive = false;
  readonly #lines: AsyncIterator<string>;
  readonly #close: () => void;

  constructor(input: NodeJS.ReadableStream) {
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines = lines[Symbol.asyncIterator]();
    this.#close = () => lines.close();
  }

  async next() {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) return undefined;
      const [, key, text] = /^\s*(\S)\s*(.*?)\s*$/su.exec(value) ?? [];
      if (key !== undefined) return { key, ...(text !== '' && { text }) };
    }
  }

  /** Text follows its key in the same line. */
  async line() {
    return undefined;
  }

  close() {
    this.#close();
  }
}

/** A terminal: the part of `process.stdin` that is used. */
export interface TerminalInput extends NodeJS.ReadableStream {
  setRawMode?(raw: boolean): unknown;
}

type Pressed = Pick<Key, 'name' | 'ctrl' | 'meta' | 'sequence'>;

/**
 * Keys as they are pressed at a terminal. What is pressed while a decision is being written is dropped, so that a key
 * that is held down does not decide about papers that were not read; Ctrl-C is kept, and a second one ends the process.
 */
export class TerminalKeys implements Keys {
  readonly isInteractive = true;
  readonly #input: TerminalInput;
  readonly #output: { write(text: string): unknown };
  #onKey: ((key: Pressed) => void) | undefined;
  #interrupted = false;
  readonly #listener = (text: string | undefined, key: Key) => this.#pressed({ ...key, sequence: text });

  constructor(input: TerminalInput, output: { write(text: string): unknown }) {
    this.#input = input;
    this.#output = output;
    emitKeypressEvents(input);
    input.setRawMode?.(true);
    input.on('keypress', this.#listener);
    input.resume();
  }

  #pressed(key: Pressed): void {
    if (key.ctrl && key.name === 'c') {
      // The terminal is restored when the process exits.
      if (this.#interrupted) process.exit(130);
      this.#interrupted = true;
    }
    this.#onKey?.(key);
  }

  #key(): Promise<Pressed | typeof INTERRUPT> {
    if (this.#interrupted) return Promise.resolve(INTERRUPT);
    return new Promise((resolve) => {
      this.#onKey = (key) => {
        this.#onKey = undefined;
        resolve(this.#interrupted ? INTERRUPT : key);
      };
    });
  }

  async next() {
    const key = await this.#key();
    if (key === INTERRUPT) return { key };
    if (key.ctrl && key.name === 'd') return undefined;
    return { key: key.ctrl || key.meta ? '' : (key.sequence ?? '').toLowerCase() };
  }

  async line(prompt: string) {
    let text = '';
    const show = () => this.#output.write(`\r\x1b[2K${styleText('bold', prompt)}${text}`);
    for (;;) {
      show();
      const key = await this.#key();
      // Escape and a key soon after it arrive as that key with Meta.
      if (key === INTERRUPT || key.name === 'escape' || key.meta) return undefined;
      if (key.name === 'return' || key.name === 'enter') break;
      if (key.name === 'backspace') text = [...text].slice(0, -1).join('');
      else if (key.ctrl && key.name === 'u') text = '';
      else if (!key.ctrl && /^[^\p{Cc}]+$/u.test(key.sequence ?? '')) text += key.sequence;
    }
    this.#output.write('\n');
    return text.trim();
  }

  close() {
    this.#input.off('keypress', this.#listener);
    this.#input.setRawMode?.(false);
    this.#input.pause();
  }
}
