import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { Snapshot } from './engine.ts';

/** The papers of several ids, and the ids without a paper. */
export interface PapersById {
  /** Each once, in the order of the request. */
  readonly papers: readonly Paper[];
  /** Ids without a paper. */
  readonly unknown: readonly string[];
}

/** The papers of several ids; unknown ids are listed. @throws errors of `Snapshot.paper` except NOT_FOUND. */
export async function papersById(
  snapshot: Pick<Snapshot, 'paper'>,
  ids: readonly string[],
): Promise<PapersById> {
  const papers = new Map<string, Paper>();
  const unknown: string[] = [];
  for (const id of new Set(ids)) {
    const paper = await paperOrNone(snapshot, id);
    if (paper) papers.set(paper.id, paper);
    else unknown.push(id);
  }
  return { papers: Array.from(papers.values()), unknown };
}

/** The paper of an id; undefined for an unknown id. @throws errors of `Snapshot.paper` except NOT_FOUND. */
export async function paperOrNone(snapshot: Pick<Snapshot, 'paper'>, id: string): Promise<Paper | undefined> {
  try {
    return await snapshot.paper(id);
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
