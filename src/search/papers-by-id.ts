import { PaperSearchError } from '../errors.ts';
import type { Paper } from '../types.ts';
import type { Searcher } from './searcher.ts';

/** What there is of several ids. */
export interface PapersById {
  /** Each once, in the order in which they were asked for. */
  readonly papers: readonly Paper[];
  /** Ids that no paper has. */
  readonly unknown: readonly string[];
}

/** The papers of several ids, those that there are. @throws what `Searcher.paper` throws but NOT_FOUND. */
export async function papersById(
  searcher: Pick<Searcher, 'paper'>,
  ids: readonly string[],
): Promise<PapersById> {
  const papers = new Map<string, Paper>();
  const unknown: string[] = [];
  for (const id of new Set(ids)) {
    try {
      const paper = await searcher.paper(id);
      papers.set(paper.id, paper);
    } catch (error) {
      if (!(error instanceof PaperSearchError) || error.code !== 'NOT_FOUND') throw error;
      unknown.push(id);
    }
  }
  return { papers: Array.from(papers.values()), unknown };
}
