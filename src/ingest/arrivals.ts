import { isDeepStrictEqual } from 'node:util';
import { PaperSearchError } from '../errors.ts';
import type { NewArrivals } from '../indexes/store/arrivals.ts';
import type { PaperRecords } from '../indexes/store/paper-records.ts';
import { titleKey } from '../papers/identity.ts';
import type { Paper } from '../papers/paper.ts';
import { pause } from '../util/pause.ts';
import type { Assembled } from './assemble.ts';
import type { Group } from './groups.ts';
import type { Previous } from './previous.ts';

/** Papers between two pauses that let timers run (that of the ingest lock, for one). */
const YIELD_EVERY = 1000;

/**
 * When the papers of a new snapshot came in and last changed. A paper of the previous snapshot keeps its arrival,
 * whatever its records and ids are now; one that several papers make has the earliest of theirs. It has changed when it
 * says something else than before, wherever that comes from.
 * @param previous also for a rebuilt index, whose papers are known by their ids alone. One that cannot be read has changed.
 */
export async function arrivalsOf(
  { papers, groups, unchanged }: Pick<Assembled, 'papers' | 'groups' | 'unchanged'>,
  previous: Pick<Previous, 'papers' | 'arrivals'>,
): Promise<NewArrivals> {
  const { arrivals } = previous;
  const next = arrivals.generation + 1;
  const addedIn = new Uint32Array(groups.length).fill(next);
  const changedIn = new Uint32Array(groups.length).fill(next);
  const earlierOf = earlierPapers({ groups, unchanged }, previous.papers);
  for (let doc = 0; doc < groups.length; doc++) {
    if (doc % YIELD_EVERY === 0) await pause();
    const same = unchanged[doc]!;
    if (same >= 0) {
      addedIn[doc] = arrivals.addedIn(same);
      changedIn[doc] = arrivals.changedIn(same);
      continue;
    }
    const paper = () => papers.at(doc)!;
    const [nearest, ...others] = earlierOf(groups.at(doc), paper);
    if (nearest === undefined) continue;
    addedIn[doc] = Math.min(...[nearest, ...others].map((earlier) => arrivals.addedIn(earlier)));
    if (saysTheSame(readable(previous.papers, nearest), paper()))
      changedIn[doc] = arrivals.changedIn(nearest);
  }
  const isNew = addedIn.includes(next) || changedIn.includes(next);
  return { addedIn, changedIn, generation: isNew ? next : arrivals.generation, instants: arrivals.instants };
}

/** Returns the papers of the previous snapshot that a new one is or was made of; first the one to compare it with. */
function earlierPapers({ groups, unchanged }: Pick<Assembled, 'groups' | 'unchanged'>, papers: PaperRecords) {
  /** 1 for each earlier paper that a new one has records of, or the id of. */
  const isTaken = new Uint8Array(papers.size);
  for (let place = 0; place < groups.length; place++) {
    const same = unchanged[place]!;
    if (same >= 0) {
      isTaken[same] = 1;
      continue;
    }
    const { id, records } = groups.at(place);
    const own = records.map(({ earlierDoc }) => earlierDoc).filter((doc) => doc >= 0);
    for (const doc of own) isTaken[doc] = 1;
    const named = own.length === 0 ? papers.find(id) : -1;
    if (named >= 0 && readable(papers, named)?.id === id) isTaken[named] = 1;
  }
  return ({ id, aliases, records }: Group, paper: () => Paper): number[] => {
    const own = new Set(records.map(({ earlierDoc }) => earlierDoc).filter((doc) => doc >= 0));
    const named = papers.find(id);
    if (own.size === 0) {
      for (const each of [id, ...aliases, ...records.map(({ keys }) => keys.id)]) {
        const doc = papers.find(each);
        if (doc >= 0 && isMeant(each, doc, paper)) own.add(doc);
      }
    }
    return own.has(named) ? [named, ...[...own].filter((doc) => doc !== named)] : [...own];
  };

  /** An alias may now be the id of another paper: then only an equal title says that it is the same one. */
  function isMeant(id: string, doc: number, paper: () => Paper): boolean {
    const earlier = readable(papers, doc);
    // A damaged record does not say which id is its own.
    if (!earlier) return isTaken[doc] === 0;
    return earlier.id === id || isTaken[doc] === 0 || titleKey(earlier.title) === titleKey(paper().title);
  }
}

/** A paper of a snapshot; undefined where its record is damaged. */
function readable(papers: PaperRecords, doc: number): Paper | undefined {
  try {
    return papers.read(doc);
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'INDEX_CORRUPT') return undefined;
    throw error;
  }
}

/** Whether two papers say the same. Where it was read and under which ids is not what a paper says. */
function saysTheSame(a: Paper | undefined, b: Paper): boolean {
  return a !== undefined && isDeepStrictEqual(contentOf(a), contentOf(b));
}

/** What a paper says, without absent members. */
function contentOf(paper: Paper): unknown {
  const { id: _, aliases: __, source: ___, sources: ____, provenance: _____, ...said } = paper;
  return JSON.parse(JSON.stringify(said));
}
