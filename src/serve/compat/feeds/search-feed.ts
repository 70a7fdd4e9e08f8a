import { citationNotes } from '../../../papers/citation-note.ts';
import type { Paper } from '../../../papers/paper.ts';
import { STATUS_LABELS } from '../../../papers/status.ts';
import { ATOM_NAMESPACE, ATOM_TYPE, OPENSEARCH_NAMESPACE, paperPage, publishedInstant } from './atom.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/**
 * Begins every id of ours (RFC 4151). The name is nobody's and stays: were it that of the server, every entry would
 * be new to readers when it moves.
 */
const TAG = 'tag:paper-search.invalid,2026:';

/** A page of a search, as a feed. */
export interface SearchFeed {
  /** What was searched, for people. */
  readonly title: string;
  /** What was searched, for programs: the parameters in a fixed order. The same search has the same id. */
  readonly search: string;
  /** In the order in which they are told. */
  readonly papers: readonly Paper[];
  /** All papers of the search. */
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  /** When the papers were last changed, as RFC 3339 has it. */
  readonly updated: string;
  /** The server, without a slash at its end. */
  readonly base: string;
  /** The addresses of this page, of its neighbours where there are any, and of the search for people. */
  readonly links: {
    readonly self: string;
    readonly alternate: string;
    readonly next?: string | undefined;
    readonly previous?: string | undefined;
  };
}

/** A search as an Atom feed (RFC 4287), with the totals of OpenSearch and the pages of RFC 5005. */
export function searchFeed(feed: SearchFeed): string {
  const { title, search, papers, total, offset, limit, updated, base, links } = feed;
  const types = { self: ATOM_TYPE, alternate: 'text/html', next: ATOM_TYPE, previous: ATOM_TYPE };
  return xmlDocument({
    feed: {
      '@_xmlns': ATOM_NAMESPACE,
      '@_xmlns:opensearch': OPENSEARCH_NAMESPACE,
      id: `${TAG}search?${search}`,
      title,
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
    id: `${TAG}paper/${encodeURIComponent(paper.id)}`,
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
