import { dateOf, UNDATED, yearOf } from '../../papers/day.ts';
import { identifierKeys } from '../../papers/identifiers.ts';
import type { PaperSequence } from '../../papers/paper.ts';
import { foldValue } from '../../text/fold-value.ts';
import { pause } from '../../util/pause.ts';
import { packTexts } from '../binary/packed-texts.ts';
import { FLAGS, serializeAttributes } from './arrays.ts';
import { FacetBuilder } from './facet-builder.ts';

/** Papers between two pauses, in which timers run, as that of the ingest lock. */
const YIELD_EVERY = 1000;

/**
 * The facts of papers, as bytes in parts that `Attributes` reads. The same papers give the same bytes.
 * @param signal aborting rejects with its reason at the next pause.
 */
export async function buildAttributes(papers: PaperSequence, signal?: AbortSignal): Promise<Uint8Array[]> {
  const size = papers.length;
  const years = new Uint16Array(size);
  const flags = new Uint8Array(size);
  const dates = new Uint32Array(size);
  const titles: string[] = [];
  const ids: { readonly key: string; readonly doc: number }[] = [];
  const venue = new FacetBuilder();
  const author = new FacetBuilder();
  const keyword = new FacetBuilder();
  const area = new FacetBuilder();
  const session = new FacetBuilder();
  for (let doc = 0; doc < size; doc++) {
    if (doc % YIELD_EVERY === 0) await pause(signal);
    const paper = papers.at(doc)!;
    years[doc] = yearOf(paper);
    dates[doc] = dateOf(paper);
    flags[doc] = (paper.abstract === '' ? 0 : FLAGS.abstract) | (paper.urls.pdf ? FLAGS.pdf : 0);
    titles.push(titleSortKey(paper.title));
    for (const key of identifierKeys(paper)) ids.push({ key, doc });
    venue.add(doc, paper.venue);
    for (const name of paper.authors) author.add(doc, name);
    for (const text of paper.keywords) keyword.add(doc, text);
    for (const text of paper.categories) area.add(doc, text);
    session.add(doc, paper.session?.name);
  }
  const titleOrder = orderBy(size, (a, b) => compareTitles(titles[a]!, titles[b]!) || a - b);
  const titleRanks = new Uint32Array(size);
  titleOrder.forEach((doc, rank) => {
    titleRanks[doc] = rank;
  });
  const dateOrder = orderBy(
    size,
    (a, b) => newestFirst(dates[a]!, dates[b]!) || titleRanks[a]! - titleRanks[b]!,
  );
  ids.sort((a, b) => (a.key === b.key ? a.doc - b.doc : a.key < b.key ? -1 : 1));
  const { bytes: idBytes, ends: idEnds } = packTexts(ids.map(({ key }) => key));
  return serializeAttributes({
    years,
    flags,
    titleOrder,
    dateOrder,
    idBytes,
    idEnds,
    idDocs: Uint32Array.from(ids, ({ doc }) => doc),
    facets: {
      venue: venue.finish(),
      author: author.finish(),
      keyword: keyword.finish(),
      area: area.finish(),
      session: session.finish(),
    },
  });
}

/** A title from its first letter or digit on, folded: quotes and brackets do not sort. */
function titleSortKey(title: string): string {
  return foldValue(title).replace(/^[^\p{L}\p{N}]+/u, '');
}

/** By UTF-16 code units; papers without a title last. */
function compareTitles(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  return a < b ? -1 : 1;
}

/** Papers without a date come last. */
function newestFirst(a: number, b: number): number {
  return UNDATED < Math.min(a, b) ? b - a : Math.sign(b) - Math.sign(a);
}

function orderBy(size: number, compare: (a: number, b: number) => number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, doc) => doc).sort(compare);
}
