import { createHash } from 'node:crypto';
import { ATOM_NAMESPACE, ATOM_TYPE, FEED_TAG, publishedInstant } from '../../papers/write/atom.ts';
import { type XmlElement, xmlDocument } from '../../papers/write/xml.ts';
import type { ReportedPaper, WatchReport } from '../report.ts';
import { paperLines } from './paper-lines.ts';

/** Where a feed is served, if it is. */
export interface FeedPlace {
  /** The address of the feed. */
  readonly self: string;
  /** The address of a paper for people. */
  readonly pageOf: (id: string) => string;
}

/**
 * Reports as one Atom feed (RFC 4287), the latest papers first. An entry keeps its id, so that a feed reader shows a
 * paper once, however often it reads the feed.
 * @param updated when the papers were last found or the watch was changed (RFC 3339).
 */
export function toAtom(
  { watch, question }: Pick<WatchReport, 'watch' | 'question'>,
  reports: readonly Pick<WatchReport, 'at' | 'papers'>[],
  updated: string,
  place?: FeedPlace,
): string {
  const entries = reports.flatMap(({ at, papers }) => papers.map((paper) => entryOf(paper, at, place)));
  const feed = {
    '@_xmlns': ATOM_NAMESPACE,
    id: `${FEED_TAG}watch/${watch}/${createHash('sha256').update(question).digest('hex').slice(0, 16)}`,
    title: `paper-search: ${watch}`,
    subtitle: question,
    updated,
    author: { name: 'paper-search' },
    link: place === undefined ? undefined : { '@_rel': 'self', '@_type': ATOM_TYPE, '@_href': place.self },
    entry: entries.reverse(),
  };
  return `${xmlDocument({ feed }).trimEnd()}\n`;
}

function entryOf(reported: ReportedPaper, at: string, place: FeedPlace | undefined): XmlElement {
  const { paper } = reported;
  const { title, byline, notes, excerpt, address, remark } = paperLines(reported);
  const page = place?.pageOf(paper.id) ?? address;
  return {
    id: entryId(reported),
    title,
    updated: publishedAt(reported, at),
    published: publishedInstant(paper),
    author:
      paper.authors.length > 0 ? paper.authors.map((author) => ({ name: author })) : { name: 'unknown' },
    link: page === undefined ? undefined : { '@_rel': 'alternate', '@_type': 'text/html', '@_href': page },
    category: paper.categories.map((term) => ({ '@_term': term })),
    summary: [byline, ...notes, remark, excerpt].filter(Boolean).join('\n\n') || undefined,
  };
}

/** The id of a paper in every feed, or of what has become of it. */
export function entryId({ paper, reason }: ReportedPaper): string {
  const id = `${FEED_TAG}paper/${encodeURIComponent(paper.id)}`;
  return reason === 'new' ? id : `${id}/${paper.status?.kind ?? 'changed'}`;
}

/** When a paper came in, which does not depend on when a watch ran; otherwise when it was found. */
export function publishedAt({ paper, reason }: ReportedPaper, at: string): string {
  return (reason === 'new' ? paper.added : undefined) ?? at;
}
