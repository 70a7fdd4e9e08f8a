import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../papers/paper.ts';
import type { Snapshot } from './engine.ts';

/** What there is of several ids. */
export interface PapersById {
  /** Each once, in the order in which they were asked for. */
  readonly papers: readonly Paper[];
  /** Ids that no paper has. */
  readonly unknown: readonly string[];
}

/** The papers of several ids, those that there are. @throws what `Snapshot.paper` throws but NOT_FOUND. */
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

/** The paper of an id; undefined where there is none. @throws what `Snapshot.paper` throws but NOT_FOUND. */
export async function paperOrNone(snapshot: Pick<Snapshot, 'paper'>, id: string): Promise<Paper | undefined> {
  try {
    return await snapshot.paper(id);
  } catch (error) {
    if (error instanceof PaperSearchError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
