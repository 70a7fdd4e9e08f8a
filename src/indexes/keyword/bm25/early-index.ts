import type { Paper, PaperSequence } from '../../../papers/paper.ts';
import { pause } from '../../../util/pause.ts';
import type { EarlyBuild } from '../keyword-index.ts';
import type { Inverter } from './thread/inverter.ts';

/** Papers between two pauses, in which timers run, as that of the ingest lock. */
const YIELD_EVERY = 100;

/**
 * Inverts papers as they are read, in an order that is not that of the index, so that it takes place beside the reading of the
 * others. It begins when there are many: the first ones are kept until then.
 */
export class EarlyIndex implements EarlyBuild {
  readonly #start: () => Inverter;
  readonly #many: number;
  readonly #ofSegment: number;
  #first: Paper[] = [];
  #inverter: Inverter | undefined;
  #added = 0;

  /** @param start makes the inverter. @param many papers from which on it is worth it. @param ofSegment papers of a segment. */
  constructor(start: () => Inverter, many: number, ofSegment: number) {
    this.#start = start;
    this.#many = many;
    this.#ofSegment = ofSegment;
  }

  add(paper: Paper): Promise<void> | undefined {
    if (this.#inverter) return this.#invert(this.#inverter, paper);
    if (this.#first.push(paper) < this.#many) return undefined;
    return this.#begin().then(() => {});
  }

  get hasBegun(): boolean {
    return this.#inverter !== undefined;
  }

  async finish(papers: PaperSequence, positions: Int32Array, signal?: AbortSignal): Promise<Uint8Array[]> {
    const end = () => void this.close();
    signal?.addEventListener('abort', end);
    try {
      const inverter = this.#inverter ?? (await this.#begin());
      const others = positionsWithout(positions, papers.length);
      for (const [n, doc] of others.entries()) {
        if (n % YIELD_EVERY === 0) await pause(signal);
        await this.#invert(inverter, papers.at(doc)!);
      }
      await inverter.keep();
      const all = new Int32Array(positions.length + others.length);
      all.set(positions);
      all.set(others, positions.length);
      return await inverter.arrange(all, papers.length);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', end);
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.#inverter?.close();
  }

  async #begin(): Promise<Inverter> {
    const inverter = this.#start();
    this.#inverter = inverter;
    const first = this.#first;
    this.#first = [];
    for (const paper of first) await this.#invert(inverter, paper);
    return inverter;
  }

  #invert(inverter: Inverter, paper: Paper): Promise<void> | undefined {
    const taken = inverter.add(paper);
    if (++this.#added % this.#ofSegment !== 0) return taken;
    return taken ? taken.then(() => inverter.keep()) : inverter.keep();
  }
}

/** The positions from 0 to `length` - 1 that are not among these, ascending. */
function positionsWithout(positions: Int32Array, length: number): number[] {
  const isThere = new Uint8Array(length);
  for (const position of positions) if (position >= 0) isThere[position] = 1;
  const others: number[] = [];
  for (let position = 0; position < length; position++) if (isThere[position] === 0) others.push(position);
  return others;
}
