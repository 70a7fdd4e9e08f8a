import { isNamed, personOf } from '../../../papers/people.ts';
import { authorIdOf } from '../../../papers/semantic-scholar/identity.ts';
import { foldValue } from '../../../text/fold-value.ts';
import { compareTexts } from '../../../util/compare-texts.ts';
import { authorOf } from './author.ts';
import { type Corpus, tellPapers } from './corpus.ts';
import { authorNotFound } from './errors.ts';
import { type FieldSelection, insideOf } from './field-selection.ts';

/** Papers whose authors are looked through for a name. */
const MAX_READ = 2000;

/** A page of a list, as clients page through it: `next` is absent on the last page. */
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

/** The name of an author as the first of the papers spells it; undefined for an unknown id. */
export async function nameOf(
  authorId: string,
  { positions, catalogue }: Corpus,
): Promise<string | undefined> {
  const [first] = (await catalogue()).positionsOfAuthor(authorId);
  const [paper] = first === undefined ? [] : await positions.papersAt([first]);
  return paper?.authors.find((name) => authorIdOf(name) === authorId);
}

/** An author with the selected fields, the papers among them where they are selected. */
export async function tellAuthor(
  name: string,
  selection: FieldSelection,
  corpus: Corpus,
): Promise<Record<string, unknown>> {
  const catalogue = await corpus.catalogue();
  const paperCountOf = (id: string) => catalogue.positionsOfAuthor(id).length;
  const author = authorOf(name, selection, { paperCountOf });
  const papers = selection.get('papers');
  if (!papers) return author;
  const positions = Array.from(catalogue.positionsOfAuthor(authorIdOf(name)));
  return { ...author, papers: await tellPapers(corpus, positions, insideOf(papers, 'paperId', 'title')) };
}

/** One author. @throws PaperSearchError NOT_FOUND for an unknown id. */
export async function author(
  authorId: string,
  selection: FieldSelection,
  corpus: Corpus,
): Promise<Record<string, unknown>> {
  const name = await nameOf(authorId, corpus);
  if (name === undefined) throw authorNotFound(authorId);
  return tellAuthor(name, selection, corpus);
}

/** The papers of an author, the newest last known first. @throws PaperSearchError NOT_FOUND for an unknown id. */
export async function papersOfAuthor(
  authorId: string,
  page: ListPage,
  selection: FieldSelection,
  corpus: Corpus,
): Promise<Listing> {
  const catalogue = await corpus.catalogue();
  const { days, placeByPaperId } = catalogue;
  const positions = catalogue.positionsOfAuthor(authorId);
  if (positions.length === 0) throw authorNotFound(authorId);
  const sorted = Array.from(positions).sort(
    (a, b) => days[b]! - days[a]! || placeByPaperId[a]! - placeByPaperId[b]!,
  );
  const { data, ...rest } = listing(sorted, page);
  return { ...rest, data: await tellPapers(corpus, data, selection) };
}

/** The authors whose name a text may be (`isNamed`), those of the most papers first. */
export async function searchAuthors(
  query: string,
  page: ListPage,
  selection: FieldSelection,
  corpus: Corpus,
): Promise<Listing & { readonly total: number }> {
  const span = { start: 0, end: query.length };
  const mask = await corpus.positions.select({
    condition: { kind: 'words', text: query, field: 'author', span },
  });
  const positions: number[] = [];
  for (let doc = 0; doc < mask.length && positions.length < MAX_READ; doc++)
    if (mask[doc] === 1) positions.push(doc);
  const asked = personOf(query);
  const names = new Map<string, string>();
  for (const { authors } of await corpus.positions.papersAt(positions)) {
    for (const name of authors) {
      if (isNamed(asked, personOf(name)) && !names.has(foldValue(name))) names.set(foldValue(name), name);
    }
  }
  const catalogue = await corpus.catalogue();
  const count = (name: string) => catalogue.positionsOfAuthor(authorIdOf(name)).length;
  const sorted = Array.from(names.values()).sort((a, b) => count(b) - count(a) || compareTexts(a, b));
  const { data, ...rest } = listing(sorted, page);
  return {
    total: sorted.length,
    ...rest,
    data: await Promise.all(data.map((name) => tellAuthor(name, selection, corpus))),
  };
}

/** The authors of a paper, in its order. */
export async function authorsOfPaper(
  position: number,
  page: ListPage,
  selection: FieldSelection,
  corpus: Corpus,
): Promise<Listing> {
  const [paper] = await corpus.positions.papersAt([position]);
  const { data, ...rest } = listing(paper!.authors, page);
  return { ...rest, data: await Promise.all(data.map((name) => tellAuthor(name, selection, corpus))) };
}

/** A page of a list that is at hand. */
function listing<T>(all: readonly T[], { offset, limit }: ListPage): Listing<T> {
  const next = offset + limit;
  return { offset, ...(next < all.length && { next }), data: all.slice(offset, next) };
}
