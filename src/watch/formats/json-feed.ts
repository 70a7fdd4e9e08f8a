import type { ReportedPaper, WatchReport } from '../report.ts';
import { entryId, type FeedPlace, publishedAt } from './atom.ts';
import { paperLines } from './paper-lines.ts';

export const JSON_FEED_TYPE = 'application/feed+json';

/** Reports as a JSON Feed (https://www.jsonfeed.org/version/1.1/), with the entries of the Atom feed. */
export function toJsonFeed(
  { watch, question }: Pick<WatchReport, 'watch' | 'question'>,
  reports: readonly Pick<WatchReport, 'at' | 'papers'>[],
  place: FeedPlace,
) {
  const items = reports.flatMap(({ at, papers }) => papers.map((paper) => itemOf(paper, at, place)));
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: `paper-search: ${watch}`,
    description: question,
    feed_url: place.self,
    items: items.reverse(),
  };
}

function itemOf(reported: ReportedPaper, at: string, place: FeedPlace) {
  const { paper } = reported;
  const { title, byline, notes, excerpt, address, remark } = paperLines(reported);
  return {
    id: entryId(reported),
    url: place.pageOf(paper.id),
    ...(address !== undefined && { external_url: address }),
    title,
    content_text: [byline, ...notes, remark, excerpt].filter(Boolean).join('\n\n'),
    date_published: publishedAt(reported, at),
    authors: paper.authors.map((name) => ({ name })),
    tags: [...paper.categories],
  };
}
