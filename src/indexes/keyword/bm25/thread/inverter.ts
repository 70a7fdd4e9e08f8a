import { Worker } from 'node:worker_threads';
import { TEXT_FIELDS } from '../../../../papers/fields.ts';
import type { Paper } from '../../../../papers/paper.ts';
import { completeSegment } from '../complete-segment.ts';
import { KeptSegments } from '../kept-segments.ts';
import type { Segment } from '../segment.ts';
import { SegmentBuilder } from '../segment-builder.ts';
import type { BuildMessage, BuiltMessage, PaperTexts } from './protocol.ts';

/** When this runs from its source, there is no JavaScript file that a thread could start. */
const IS_SOURCE = import.meta.url.endsWith('.ts');
/** From so many papers on, inverting takes longer than a thread takes to start. */
export const MANY = 4000;
/**
 * Papers in a message, and messages that may be under way: what bounds memory. So many that the sender need not wait while
 * the thread sorts a segment.
 */
const PAPERS_AT_ONCE = 100;
const MESSAGES_AHEAD = 64;
/** Memory for new objects (MiB): most live as long as a paper, and with more of it fewer are copied on the way. */
const YOUNG_MIB = 64;

/** Inverts papers one after another into segments. */
export interface Inverter {
  /** Takes in the next paper of the segment; waits where it is behind. */
  add(paper: Paper): Promise<void> | undefined;
  /** The segment of the papers since the last call of this or `keep`. */
  finish(): Promise<Segment>;
  /** Ends a segment, too, and keeps it for `arrange`. */
  keep(): Promise<void>;
  /** The index of the papers of all segments that are kept: see `KeptSegments.arrange`. The positions are handed over. */
  arrange(positions: Int32Array, documents: number): Promise<Uint8Array[]>;
  /** Ends what it started; its segments stay. */
  close(): Promise<void>;
}

/** An inverter for some papers: in a separate thread for many, else (and from source) in this one. */
export function inverterFor(papers: number): Inverter {
  if (IS_SOURCE || papers < MANY) return new InverterHere();
  return new InverterInThread(new URL('./worker.js', import.meta.url));
}

class InverterHere implements Inverter {
  readonly #kept = new KeptSegments();
  #builder = new SegmentBuilder();

  add(paper: Paper): undefined {
    this.#builder.add(paper);
  }

  async finish(): Promise<Segment> {
    const segment = this.#builder.finish();
    this.#builder = new SegmentBuilder();
    return segment;
  }

  async keep(): Promise<void> {
    this.#kept.add(await this.finish());
  }

  async arrange(positions: Int32Array, documents: number): Promise<Uint8Array[]> {
    return this.#kept.arrange(positions, documents);
  }

  async close(): Promise<void> {}
}

/** Inverts in a separate thread: the same segments, byte for byte. */
export class InverterInThread implements Inverter {
  readonly #worker: Worker;
  #texts: PaperTexts[] = [];
  /** Messages with papers that were sent and not taken in yet. */
  #ahead = 0;
  readonly #segments: Segment[] = [];
  #index: Uint8Array[] | undefined;
  #broken: { readonly error: unknown } | undefined;
  #onChange = () => {};

  /** @param script that of the thread, `worker.ts` as JavaScript. */
  constructor(script: URL) {
    this.#worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } });
    this.#worker.on('message', (message: BuiltMessage) => {
      if (message.kind === 'taken') this.#ahead--;
      else if (message.kind === 'index') this.#index = message.parts;
      else this.#segments.push(completeSegment(message.core, message, message.compoundBits));
      this.#onChange();
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', (code) =>
      this.#end(new Error(`The thread that indexes texts ended with code ${code}.`)),
    );
  }

  add(paper: Paper): Promise<void> | undefined {
    const texts: Record<string, unknown> = { language: paper.language };
    for (const field of TEXT_FIELDS) texts[field] = paper[field];
    this.#texts.push(texts as PaperTexts);
    return this.#texts.length < PAPERS_AT_ONCE ? undefined : this.#sendWhenItFits();
  }

  async finish(): Promise<Segment> {
    await this.#sendWhenItFits();
    this.#post({ kind: 'finish' });
    await this.#until(() => this.#segments.length > 0);
    return this.#segments.shift()!;
  }

  async keep(): Promise<void> {
    await this.#sendWhenItFits();
    this.#post({ kind: 'keep' });
  }

  async arrange(positions: Int32Array, documents: number): Promise<Uint8Array[]> {
    this.#worker.postMessage({ kind: 'arrange', positions, documents } satisfies BuildMessage, [
      positions.buffer as ArrayBuffer,
    ]);
    await this.#until(() => this.#index !== undefined);
    const parts = this.#index!;
    this.#index = undefined;
    return parts;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #sendWhenItFits(): Promise<void> {
    await this.#until(() => this.#ahead < MESSAGES_AHEAD);
    this.#ahead++;
    this.#post({ kind: 'papers', json: JSON.stringify(this.#texts) });
    this.#texts = [];
  }

  #post(message: BuildMessage): void {
    this.#worker.postMessage(message);
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.#broken) throw this.#broken.error;
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
  }

  #end(error: unknown): void {
    this.#broken ??= { error };
    this.#onChange();
  }
}
