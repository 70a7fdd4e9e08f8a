import { citationNotes } from '../../../papers/citation-note.ts';
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

/** A page of a search, for a feed. */
export interface SearchFeed {
  /** The search as a title. */
  readonly title: string;
  /** A remark on the whole search, for people. */
  readonly remark?: string | undefined;
  /** The search as sorted parameters. The same search has the same feed id. */
  readonly search: string;
  /** In the order of the entries. */
  readonly papers: readonly Paper[];
  /** Number of papers in the whole search. */
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  /** When the papers were last changed (RFC 3339). */
  readonly updated: string;
  /** URL of the server without a final slash. */
  readonly base: string;
  /** URLs of this page, of the next and previous pages if any, and of the search on the web page. */
  readonly links: {
    readonly self: string;
    readonly alternate: string;
    readonly next?: string | undefined;
    readonly previous?: string | undefined;
  };
}

/** Writes a search as an Atom feed (RFC 4287), with the totals of OpenSearch and the paging of RFC 5005. */
export function searchFeed(feed: SearchFeed): string {
  const { title, remark, search, papers, total, offset, limit, updated, base, links } = feed;
  const types = { self: ATOM_TYPE, alternate: 'text/html', next: ATOM_TYPE, previous: ATOM_TYPE };
  return xmlDocument({
    feed: {
      '@_xmlns': ATOM_NAMESPACE,
      '@_xmlns:opensearch': OPENSEARCH_NAMESPACE,
      id: `${FEED_TAG}search?${search}`,
      title,
      subtitle: remark,
      updated,
      author: { name: 'paper-search' },
      link: Object.entries(types).flatMap(([rel, type]) => {
        const href = links[rel as keyof typeof types];
        return href === undefined ? [] : [{ '@_rel': rel, '@_type': type, '@_href': href }];
      }),
      'opensearch:totalResults': total,
      'opensearch:startIndex': offset,
      'opensearch:itemsPerPage': limit,
      entry: papers.map((paper) => entryOf(paper, base)),
    },
  });
}

/** The title, after what became of the paper where its source says so: "RETRACTED: …". */
function markedTitle({ title, abstract, status }: Paper): string {
  const text = title || abstract.slice(0, 100);
  const mark = status && `${STATUS_LABELS[status.kind].toUpperCase()}: `;
  return mark && !text.toUpperCase().startsWith(mark.trimEnd()) ? mark + text : text;
}

function entryOf(paper: Paper, base: string): XmlElement {
  const published = publishedInstant(paper);
  const { landing, pdf } = paper.urls;
  return {
    id: `${FEED_TAG}paper/${encodeURIComponent(paper.id)}`,
    title: markedTitle(paper),
    updated: published,
    published,
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
