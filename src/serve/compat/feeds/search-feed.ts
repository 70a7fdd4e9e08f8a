import { citationNotes } from '../../../papers/citation-note.ts';
import { firstDayOf, UNDATED } from '../../../papers/day.ts';
import type { Paper } from '../../../papers/paper.ts';
import { STATUS_LABELS } from '../../../papers/status.ts';
import {
  ATOM_NAMESPACE,
  ATOM_TYPE,
  FEED_TAG,
  OPENSEARCH_NAMESPACE,
  paperPage,
  publishedInstant,
} from '../../../papers/write/atom.ts';
import { type XmlElement, xmlDocument } from '../../../papers/write/xml.ts';
import { plainPaper } from '../../../search/plain-hit.ts';

/** A page of a list of papers, for a feed. */
export interface PaperFeed {
  /** What the list is of, as a title. */
  readonly title: string;
  /** A remark on the whole list, for people. */
  readonly remark?: string | undefined;
  /** The request as a kind and sorted parameters: `search?q=worms`. The same request has the same feed id. */
  readonly request: string;
  /** In the order of the entries. */
  readonly papers: readonly Paper[];
  /** Whether that is the order of arrival, so that a page can begin after a paper. */
  readonly byArrival: boolean;
  /** Number of papers in the whole list. */
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  /** When the papers were last changed (RFC 3339), where no paper says so. */
  readonly updated: string;
  /** URL of the server without a final slash. */
  readonly base: string;
  /** URLs of this page, of other pages if there are any, and of the list on the web page. */
  readonly links: {
    readonly self: string;
    readonly alternate: string;
    readonly first: string;
    readonly previous?: string | undefined;
    readonly next?: string | undefined;
    readonly last: string;
  };
}

/** Writes a list of papers as an Atom feed (RFC 4287), with the totals of OpenSearch and the paging of RFC 5005. */
export function atomFeed(feed: PaperFeed): string {
  const { title, remark, request, papers, total, offset, limit, updated, base, links } = feed;
  const changes = papers.flatMap(({ changed }) => changed ?? []).sort();
  return xmlDocument({
    feed: {
      '@_xmlns': ATOM_NAMESPACE,
      '@_xmlns:opensearch': OPENSEARCH_NAMESPACE,
      id: `${FEED_TAG}${request}`,
      title,
      subtitle: remark,
      updated: changes.at(-1) ?? updated,
      author: { name: 'paper-search' },
      link: LINKS.flatMap((rel) => {
        const href = links[rel];
        const type = rel === 'alternate' ? 'text/html' : ATOM_TYPE;
        return href === undefined ? [] : [{ '@_rel': rel, '@_type': type, '@_href': href }];
      }),
      'opensearch:totalResults': total,
      'opensearch:startIndex': offset,
      'opensearch:itemsPerPage': limit,
      entry: papers.map((paper) => entryOf(paper, updated, base)),
    },
  });
}

/** Relations of links, in the order in which they are written. */
const LINKS = ['self', 'alternate', 'first', 'previous', 'next', 'last'] as const;

/** The title, after what became of the paper where its source says so: "RETRACTED: …". */
export function markedTitle({ title, abstract, status }: Paper): string {
  const text = title || abstract.slice(0, 100);
  const mark = status && `${STATUS_LABELS[status.kind].toUpperCase()}: `;
  return mark && !text.toUpperCase().startsWith(mark.trimEnd()) ? mark + text : text;
}

/** @param updated when it changed, where it does not say so itself. */
function entryOf(given: Paper, updated: string, base: string): XmlElement {
  const paper = plainPaper(given);
  const { landing, pdf } = paper.urls;
  return {
    id: `${FEED_TAG}paper/${encodeURIComponent(paper.id)}`,
    title: markedTitle(paper),
    updated: paper.changed ?? updated,
    published: firstDayOf(paper) === UNDATED ? undefined : publishedInstant(paper),
    author: paper.authors.map((name) => ({ name })),
    link: [
      { '@_rel': 'alternate', '@_type': 'text/html', '@_href': paperPage(paper, base) },
      ...(landing === undefined ? [] : [{ '@_rel': 'via', '@_href': landing }]),
      ...(pdf === undefined ? [] : [{ '@_rel': 'related', '@_type': 'application/pdf', '@_href': pdf }]),
    ],
    category: paper.categories.map((term) => ({ '@_term': term })),
    summary: [...citationNotes(paper), paper.abstract].filter(Boolean).join('\n\n') || undefined,
  };
}
