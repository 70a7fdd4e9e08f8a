import { isNamed, personOf } from '../../../papers/people.ts';
import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import type { PaperSelection, Snapshot } from '../../../search/engine.ts';
import { foldValue } from '../../../text/fold-value.ts';
import { compareTexts } from '../../../util/compare-texts.ts';
import { asksForCitations, authorOf } from './author.ts';
import { authorNotFound } from './errors.ts';
import { type FieldSelection, insideOf } from './field-selection.ts';
import { authorFactsOf, presentPapers } from './present-papers.ts';

/** Maximum number of papers whose authors are compared with a name. */
const MAX_READ = 2000;

/** A page of a list; `next` is absent on the last page. */
export interface Listing<T = Record<string, unknown>> {
  readonly offset: number;
  readonly next?: number;
  readonly data: readonly T[];
}

/** One page of a list. */
export interface ListPage {
  readonly offset: number;
  readonly limit: number;
}

/** The name of an author in the spelling of the first of the papers; undefined for an unknown id. */
export async function nameOf(authorId: string, snapshot: Snapshot): Promise<string | undefined> {
  for await (const { authors } of snapshot.papers({ ...papersBy(authorId), limit: 1 })) {
    return authors.find((name) => authorIdOf(name) === authorId);
  }
  return undefined;
}

/** An author with the selected fields, including papers if they are selected. */
export async function presentAuthor(
  name: string,
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<Record<string, unknown>> {
  const facts = await authorFactsOf([name], snapshot, asksForCitations(selection));
  const author = authorOf(name, selection, facts);
  const field = selection.get('papers');
  if (!field) return author;
  const papers = snapshot.papers(papersBy(authorIdOf(name)));
  return { ...author, papers: await presentPapers(snapshot, papers, insideOf(field, 'paperId', 'title')) };
}

/** One author. @throws PaperSearchError NOT_FOUND for an unknown id. */
export async function author(
  authorId: string,
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<Record<string, unknown>> {
  const name = await nameOf(authorId, snapshot);
  if (name === undefined) throw authorNotFound(authorId);
  return presentAuthor(name, selection, snapshot);
}

/** The papers of an author, newest first. @throws PaperSearchError NOT_FOUND for an unknown id. */
export async function papersOfAuthor(
  authorId: string,
  { offset, limit }: ListPage,
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<Listing> {
  const [total = 0] = await snapshot.countEach('s2AuthorId', [authorId]);
  if (total === 0) throw authorNotFound(authorId);
  const papers = snapshot.papers({ ...papersBy(authorId), order: 'day', offset, limit });
  const next = offset + limit;
  return {
    offset,
    ...(next < total && { next }),
    data: await presentPapers(snapshot, papers, selection),
  };
}

/** The authors whose name a text may be (`isNamed`), those of the most papers first. */
export async function searchAuthors(
  query: string,
  page: ListPage,
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<Listing & { readonly total: number }> {
  const span = { start: 0, end: query.length };
  const condition = { kind: 'words', text: query, field: 'author', span } as const;
  const asked = personOf(query);
  const names = new Map<string, string>();
  for await (const { authors } of snapshot.papers({ condition, limit: MAX_READ })) {
    for (const name of authors) {
      if (isNamed(asked, personOf(name)) && !names.has(foldValue(name))) names.set(foldValue(name), name);
    }
  }
  const found = Array.from(names.values());
  const { paperCountOf } = await authorFactsOf(found, snapshot);
  const counts = new Map(found.map((name) => [name, paperCountOf(authorIdOf(name))]));
  const sorted = found.sort((a, b) => counts.get(b)! - counts.get(a)! || compareTexts(a, b));
  const { data, ...rest } = listing(sorted, page);
  return {
    total: sorted.length,
    ...rest,
    data: await Promise.all(data.map((name) => presentAuthor(name, selection, snapshot))),
  };
}

/** The authors of a paper, in its order. @param id our id. */
export async function authorsOfPaper(
  id: string,
  page: ListPage,
  selection: FieldSelection,
  snapshot: Snapshot,
): Promise<Listing> {
  const { authors } = await snapshot.paper(id);
  const { data, ...rest } = listing(authors, page);
  return { ...rest, data: await Promise.all(data.map((name) => presentAuthor(name, selection, snapshot))) };
}

/** The papers of an author. */
function papersBy(authorId: string): PaperSelection {
  return { filters: { s2AuthorId: [authorId] } };
}

/** A page of a list. */
function listing<T>(all: readonly T[], { offset, limit }: ListPage): Listing<T> {
  const next = offset + limit;
  return { offset, ...(next < all.length && { next }), data: all.slice(offset, next) };
}
