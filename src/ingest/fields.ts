import { PaperSearchError } from '../errors.ts';
import type { NamedArrays } from '../indexes/binary/arrays.ts';
import { changedFieldArrays, fieldArrays, unpackFields } from '../indexes/fields/build.ts';
import { placesAfter } from '../indexes/store/kept-papers.ts';
import type { PaperSequence } from '../papers/paper.ts';
import { pause } from '../util/pause.ts';
import type { Previous } from './previous.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 100;
/** Papers that a change holds in memory at most. With more of them, all columns are written again. */
const MAX_CHANGED = 20_000;

/** The snapshot whose columns are changed. */
export interface FieldsBasis {
  readonly previous: Pick<Previous, 'papers' | 'readFields'>;
  /** Position there of each paper that is the same, ascending; -1 for the others. */
  readonly unchanged: Int32Array;
}

/**
 * The columns of the fields of papers: those of the snapshot before, changed, where few papers are not the same.
 * @param basis undefined to write all of them again, which gives the same.
 */
export async function fieldsOf(
  papers: PaperSequence,
  basis: FieldsBasis | undefined,
  signal: AbortSignal,
): Promise<NamedArrays> {
  if (!basis) return fieldArrays(papers, signal);
  const { previous, unchanged: positions } = basis;
  const places = placesAfter(positions, previous.papers.size);
  const fresh = papersWithout(positions);
  const gone = papersWithout(places);
  const earlier = fresh.length + gone.length <= MAX_CHANGED && readable(previous);
  if (!earlier) return fieldArrays(papers, signal);
  const before = (position: number) => previous.papers.read(position);
  const change = {
    size: papers.length,
    positions,
    places,
    fresh: await inPieces(fresh, (doc) => ({ doc, paper: papers.at(doc)! }), signal),
    gone: await inPieces(gone, before, signal),
    before,
  };
  return changedFieldArrays(papers, earlier, change, signal);
}

/** The columns of a snapshot; undefined where they are damaged, and have to be written again. */
function readable(previous: Pick<Previous, 'readFields'>): NamedArrays | undefined {
  try {
    return unpackFields(previous.readFields());
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'INDEX_CORRUPT') return undefined;
    throw error;
  }
}

/** The numbers of papers that another snapshot does not have. */
function papersWithout(positions: Int32Array): number[] {
  const found: number[] = [];
  for (let doc = 0; doc < positions.length; doc++) if (positions[doc]! < 0) found.push(doc);
  return found;
}

/** Reads one after another, with pauses. */
async function inPieces<T>(
  numbers: readonly number[],
  read: (number: number) => T,
  signal: AbortSignal,
): Promise<T[]> {
  const all: T[] = [];
  for (const number of numbers) {
    if (all.length % YIELD_EVERY === 0) await pause(signal);
    all.push(read(number));
  }
  return all;
}
