import type { LinkDirection } from '../../../indexes/citations/citation-graph.ts';
import type { Snapshot } from '../../../search/engine.ts';
import type { Listing, ListPage } from './authors.ts';
import { type FieldSelection, insideOf } from './field-selection.ts';
import { linkedPapers } from './linked-papers.ts';
import { presentPapers } from './present-papers.ts';

/** The name of the paper at the other end of a link. */
const OTHER_END = { citations: 'citingPaper', references: 'citedPaper' } as const;

/** What is known of a link itself: nothing but that it exists. */
const OF_LINK: Readonly<Record<string, unknown>> = {
  contexts: [],
  intents: [],
  contextsWithIntent: [],
  isInfluential: false,
};

/**
 * A page of the papers that a paper cites or that cite it, the newest first. A field of papers may be named with or
 * without the end of the link before it: `citingPaper.year`, `year`.
 * @param id our id. @throws PaperSearchError NOT_FOUND for an unknown id.
 */
export async function linksOf(
  id: string,
  direction: LinkDirection,
  { offset, limit }: ListPage,
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<Listing> {
  const among = linkedPapers(id, direction);
  const total = await snapshot.count(among);
  const papers = snapshot.papers({ ...among, order: 'date', offset, limit });
  const presented = await presentPapers(snapshot, papers, ofPaper(selection, direction));
  const ofLink = Object.entries(OF_LINK).filter(([name]) => selection.has(name));
  const next = offset + limit;
  return {
    offset,
    ...(next < total && { next }),
    data: presented.map((paper) => ({ ...Object.fromEntries(ofLink), [OTHER_END[direction]]: paper })),
  };
}

/** The selected fields of the paper at the other end. */
function ofPaper(selection: FieldSelection, direction: LinkDirection): FieldSelection {
  const ends: readonly string[] = Object.values(OTHER_END);
  const own = [...selection].filter(([name]) => !ends.includes(name) && !(name in OF_LINK));
  const end = selection.get(OTHER_END[direction]);
  return new Map([...own, ...(end ? insideOf(end, 'paperId', 'title') : [])]);
}
