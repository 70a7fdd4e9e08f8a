import { PaperSearchError } from '../../errors.ts';
import { packArrays, unpackArrays } from '../binary/arrays.ts';
import type { ArrivalTimes } from '../fields/arrival-columns.ts';
import type { Manifest } from './manifest.ts';

const KIND = 'arrivals';

/** In which generation each paper came in and last changed, by position. */
export type ArrivalArrays = {
  readonly addedIn: Uint32Array;
  readonly changedIn: Uint32Array;
};

/** When a paper came in and last changed: ISO 8601, UTC. */
export interface Arrival {
  readonly added: string;
  readonly changed: string;
}

/** What a new snapshot is to say about arrivals. */
export type NewArrivals = ArrivalArrays & {
  /** The number of the last generation. */
  readonly generation: number;
  /** When generations were published; the last one is absent when it is the one that is about to be. */
  readonly instants: ReadonlyMap<number, string>;
};

/** The parts of a manifest that say when generations were published. */
type DatedManifest = Pick<Manifest, 'createdAt' | 'generation' | 'arrivals'>;

/**
 * When the papers of a snapshot came in and last changed.
 *
 * A generation is an ingest that added or changed papers; its number is one higher than that of the one before, and no
 * number is used twice. A file has the generations of each paper, so that the same ingests give the same bytes, and the
 * manifest has their times, which its digest does not cover. An index of a single generation has no such file.
 */
export class Arrivals {
  /** The number of the last generation, whether or not a paper of it is left. */
  readonly generation: number;
  /** When generations were published: those that a paper refers to, and the last one. */
  readonly instants: ReadonlyMap<number, string>;
  readonly #arrays: ArrivalArrays;

  /**
   * @param bytes what `arrivalFile` returned, in one piece; undefined for a snapshot without the file.
   * @param size number of papers.
   * @throws PaperSearchError INDEX_CORRUPT for bytes that do not fit the papers and the manifest.
   */
  constructor(bytes: Uint8Array | undefined, size: number, manifest: DatedManifest) {
    const { generation = 1 } = manifest;
    this.generation = generation;
    this.instants = instantsOf(manifest);
    this.#arrays = bytes ? unpackArrays<ArrivalArrays>(KIND, bytes) : allInFirst(size);
    const { addedIn, changedIn } = this.#arrays;
    const fits = [addedIn, changedIn].every(
      (numbers) => numbers instanceof Uint32Array && numbers.length === size && this.#areKnown(numbers),
    );
    if (!fits || !this.instants.has(generation)) {
      throw new PaperSearchError('INDEX_CORRUPT', `The ${KIND} do not fit the papers or the manifest.`);
    }
  }

  /** The generation in which a paper came in. @param doc position of the paper. */
  addedIn(doc: number): number {
    return this.#arrays.addedIn[doc]!;
  }

  /** The generation in which what a paper says last changed. */
  changedIn(doc: number): number {
    return this.#arrays.changedIn[doc]!;
  }

  /** When a paper came in and last changed. */
  of(doc: number): Arrival {
    return {
      added: this.instants.get(this.addedIn(doc))!,
      changed: this.instants.get(this.changedIn(doc))!,
    };
  }

  /** The same of all papers as numbers. */
  times(): ArrivalTimes {
    const ms = new Map(Array.from(this.instants, ([number, instant]) => [number, Date.parse(instant)]));
    const timesOf = (numbers: Uint32Array) => {
      const times = new Float64Array(numbers.length);
      // Papers that came in together are often neighbours.
      let [generation, time] = [-1, 0];
      for (let doc = 0; doc < times.length; doc++) {
        if (numbers[doc] !== generation) {
          generation = numbers[doc]!;
          time = ms.get(generation)!;
        }
        times[doc] = time;
      }
      return times;
    };
    return { added: timesOf(this.#arrays.addedIn), changed: timesOf(this.#arrays.changedIn) };
  }

  /** Whether the manifest has the time of each of these generations. */
  #areKnown(generations: Uint32Array): boolean {
    let known = -1;
    for (const generation of generations) {
      if (generation === known) continue;
      if (!this.instants.has(generation)) return false;
      known = generation;
    }
    return true;
  }
}

/** When the generations of a snapshot were published. One from before there were any is one of its own time. */
export function instantsOf({ createdAt, arrivals }: DatedManifest): ReadonlyMap<number, string> {
  const given = Object.entries(arrivals ?? { 1: createdAt });
  return new Map(given.map(([number, instant]) => [Number(number), instant]));
}

/** The file of a new snapshot, in parts; undefined where all papers are of the first generation. */
export function arrivalFile({ generation, addedIn, changedIn }: NewArrivals): Uint8Array[] | undefined {
  return generation === 1 ? undefined : packArrays(KIND, { addedIn, changedIn });
}

/** What the manifest of a new snapshot says. @param createdAt its time. */
export function arrivalFacts(
  { generation, addedIn, changedIn, instants }: NewArrivals,
  createdAt: string,
): Pick<Manifest, 'generation' | 'arrivals'> {
  const used = new Set([...addedIn, ...changedIn, generation]);
  const known = [...instants].filter(([number]) => used.has(number)).sort(([a], [b]) => a - b);
  const all = instants.has(generation)
    ? known
    : [...known, [generation, after([...instants.values()], createdAt)] as const];
  if (generation === 1) {
    const [[, first]] = all as [[number, string]];
    return first === createdAt ? {} : { arrivals: { 1: first } };
  }
  return { generation, arrivals: Object.fromEntries(all) };
}

/** A time, or the first millisecond after others: a clock that was set back must not put new papers before old ones. */
function after(instants: readonly string[], now: string): string {
  const latest = instants.reduce((max, instant) => Math.max(max, Date.parse(instant)), 0);
  return Date.parse(now) > latest ? now : new Date(latest + 1).toISOString();
}

function allInFirst(size: number): ArrivalArrays {
  return { addedIn: new Uint32Array(size).fill(1), changedIn: new Uint32Array(size).fill(1) };
}

/** The arrivals of a snapshot whose papers are all new. @param size number of papers. */
export function firstArrivals(size: number): NewArrivals {
  return { ...allInFirst(size), generation: 1, instants: new Map() };
}

/** The arrivals of a snapshot whose papers all came in at one time. @param size number of papers. @param instant ISO 8601. */
export function arrivedAll(size: number, instant: string): NewArrivals {
  return { ...firstArrivals(size), instants: new Map([[1, instant]]) };
}
