import { pause } from '../../util/pause.ts';
import { sortInParts } from './sorted.ts';

/** All spellings that fold to one key. */
export interface Counted {
  readonly key: string;
  /** Its most frequent spelling; of equally frequent ones, the first by code units. */
  readonly spelling: string;
  /** Papers that have it in any spelling. */
  readonly papers: number;
  /** A paper that has it in this spelling. */
  readonly id: string;
}

interface Count {
  papers: number;
  readonly id: string;
}

/** Separates key and spelling. It sorts before every character of a key, so that keys remain sorted. */
export const SEPARATOR = '\n';

/** Keys between two pauses in which other work runs: some milliseconds. */
const YIELD_EVERY = 2000;

/** Counts the papers that have a key, and their spellings of it. */
export class SpellingCounts {
  // One flat map: one map per key would take several times the memory while the corpus is read.
  readonly #counts = new Map<string, Count>();

  /** Counts one paper. @param spelling by key. Neither contains a line break. */
  add(id: string, spellings: ReadonlyMap<string, string>): void {
    for (const [key, spelling] of spellings) this.addCounted(key + SEPARATOR + spelling, 1, id);
  }

  /** Counts papers with a key in one spelling. @param entry both, with `SEPARATOR` between. @param id of one of them. */
  addCounted(entry: string, papers: number, id: string): void {
    const count = this.#counts.get(entry);
    if (count) count.papers += papers;
    else this.#counts.set(entry, { papers, id });
  }

  /** Every key once, ascending by code units. Lets other work run. @throws the signal's reason when aborted. */
  async counted(signal?: AbortSignal): Promise<Counted[]> {
    const merged: Counted[] = [];
    let most = 0;
    for (const [n, entry] of (await sortInParts(this.#counts.keys(), signal)).entries()) {
      if (n % YIELD_EVERY === 0) await pause(signal);
      const { papers, id } = this.#counts.get(entry)!;
      const [key, spelling] = entry.split(SEPARATOR) as [string, string];
      const last = merged.at(-1);
      if (last?.key !== key) {
        merged.push({ key, spelling, papers, id });
        most = papers;
      } else if (papers > most) {
        merged[merged.length - 1] = { key, spelling, papers: last.papers + papers, id };
        most = papers;
      } else {
        merged[merged.length - 1] = { ...last, papers: last.papers + papers };
      }
    }
    return merged;
  }
}
