import { setImmediate } from 'node:timers/promises';
import { PaperSearchError } from '../../../errors.ts';
import { LINK_DIRECTIONS } from '../../../indexes/citations/citation-graph.ts';
import type { Paper } from '../../../papers/paper.ts';
import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { type AuthorFacts, asksForCitations } from './author.ts';
import { bibtexOf } from './bibtex.ts';
import { type FieldSelection, insideOf } from './field-selection.ts';
import { linkedPapers } from './linked-papers.ts';
import { type PaperLinks, semanticScholarPaper } from './paper.ts';

/** Papers between two pauses for other requests. */
const YIELD_EVERY = 100;
/** Limits of the lists `citations` and `references`: of one list, and of all lists of an answer. */
const MAX_LINKED = 1000;
const MAX_LINKED_OF_ALL = 9999;

/** How many papers the lists of an answer may still have. */
interface Room {
  left: number;
}

/**
 * Papers in Semantic Scholar's format, with the selected fields, in the given order.
 * @throws PaperSearchError BAD_REQUEST when the lists of citations and references have too many papers; INDEX_CORRUPT
 *   when a paper or a vector cannot be read.
 */
export async function presentPapers(
  snapshot: Snapshot,
  papers: Iterable<Paper> | AsyncIterable<Paper>,
  selection: FieldSelection,
): Promise<Record<string, unknown>[]> {
  const presented: Record<string, unknown>[] = [];
  const room = { left: MAX_LINKED_OF_ALL };
  let some: Paper[] = [];
  const presentSome = async () => {
    presented.push(...(await presentAtOnce(snapshot, some, selection, room)));
    some = [];
    await setImmediate();
  };
  for await (const paper of papers) if (some.push(paper) === YIELD_EVERY) await presentSome();
  if (some.length > 0) await presentSome();
  return presented;
}

async function presentAtOnce(
  snapshot: Snapshot,
  papers: readonly Paper[],
  selection: FieldSelection,
  room: Room,
): Promise<Record<string, unknown>[]> {
  const ofAuthors = selection.get('authors')?.inside ?? new Map();
  const isCited = asksForCitations(ofAuthors);
  const names = ofAuthors.has('paperCount') || isCited ? papers.flatMap(({ authors }) => authors) : [];
  const authorFacts = await authorFactsOf(names, snapshot, isCited);
  const model = selection.has('embedding') ? (await snapshot.stats()).model.name : undefined;
  const vectors = model === undefined ? [] : await snapshot.vectors(papers.map(({ id }) => id));
  const links = await linksOfEach(papers, selection, snapshot, room);
  return papers.map((paper, i) => {
    const embedding = model === undefined ? undefined : { model, vector: vectors[i]! };
    return semanticScholarPaper({ paper, embedding, bibtexOf, authorFacts, links: links[i] }, selection);
  });
}

/** The links of each paper; none if they are not requested. */
async function linksOfEach(
  papers: readonly Paper[],
  selection: FieldSelection,
  snapshot: Snapshot,
  room: Room,
): Promise<PaperLinks[]> {
  const lists = LINK_DIRECTIONS.filter((direction) => selection.has(direction));
  if (lists.length === 0 && !selection.has('citationCount') && !selection.has('referenceCount')) return [];
  const counts = await snapshot.countLinks(papers.map(({ id }) => id));
  const links: PaperLinks[] = [];
  for (const [i, { id }] of papers.entries()) {
    const found: Record<(typeof LINK_DIRECTIONS)[number], Record<string, unknown>[]> = {
      references: [],
      citations: [],
    };
    for (const direction of lists) {
      if (counts[i]![direction] === 0) continue;
      const linked = await listed(
        snapshot.papers({ ...linkedPapers(id, direction), order: 'date', limit: MAX_LINKED }),
      );
      takeRoom(room, linked.length);
      const inside = insideOf(selection.get(direction)!, 'paperId', 'title');
      found[direction] = await presentPapers(snapshot, linked, inside);
    }
    links.push({ counts: counts[i]!, ...found });
  }
  return links;
}

function takeRoom(room: Room, papers: number): void {
  room.left -= papers;
  if (room.left >= 0) return;
  throw new PaperSearchError(
    'BAD_REQUEST',
    `Response would exceed maximum size: at most ${MAX_LINKED_OF_ALL} citations and references. Request fewer papers, or the citations of each.`,
  );
}

async function listed(papers: AsyncIterable<Paper>): Promise<Paper[]> {
  const list: Paper[] = [];
  for await (const paper of papers) list.push(paper);
  return list;
}

/**
 * The facts about the authors with these names. Other authors have no papers in the index.
 * @param withCitations whether the citations of their papers are counted, for which all of these are read.
 */
export async function authorFactsOf(
  names: readonly string[],
  snapshot: Snapshot,
  withCitations = false,
): Promise<AuthorFacts> {
  const ids = [...new Set(names.map(authorIdOf))];
  const counts = await snapshot.countEach('s2AuthorId', ids);
  const countOf = new Map(ids.map((id, i) => [id, counts[i]!]));
  const citations = withCitations && ids.length > 0 ? await citationsOfEach(ids, snapshot) : undefined;
  return {
    paperCountOf: (id) => countOf.get(id) ?? 0,
    citationsOf: (id) => citations?.get(id) ?? [],
  };
}

/** How many papers cite each paper of authors. @param ids of the authors. */
async function citationsOfEach(
  ids: readonly string[],
  snapshot: Snapshot,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const citations = new Map(ids.map((id) => [id, [] as number[]]));
  const papers = await listed(snapshot.papers({ filters: { s2AuthorId: ids }, order: 'index' }));
  const counts = await snapshot.countLinks(papers.map(({ id }) => id));
  for (const [i, { authors }] of papers.entries()) {
    for (const id of new Set(authors.map(authorIdOf))) citations.get(id)?.push(counts[i]!.citations);
  }
  return citations;
}
