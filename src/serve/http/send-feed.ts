import type { Request, Response } from 'express';
import { z } from 'zod';
import { MAX_ID_LENGTH } from '../../limits.ts';
import type { Paper } from '../../papers/paper.ts';
import { ATOM_TYPE } from '../../papers/write/atom.ts';
import { rejectedNote } from '../../search/match/rejected.ts';
import { type PageAfter, pageAfterSchema } from '../../search/page-after.ts';
import { feedPage } from '../compat/feeds/feed-page.ts';
import { atomFeed, type PaperFeed } from '../compat/feeds/search-feed.ts';
import { baseUrl } from './base-url.ts';
import type { ResponseDescription } from './operation.ts';
import { sendPlainPage } from './plain-page.ts';

/** An answer with a feed, for the document. Clients that accept any type get Atom. */
export const FEED_RESPONSE: ResponseDescription = {
  description: 'The feed; for browsers, a page with its entries.',
  content: { [ATOM_TYPE]: undefined },
  alternatives: { 'text/html': undefined },
};

/** A list of papers that becomes a feed. */
interface FeedList
  extends Pick<PaperFeed, 'title' | 'papers' | 'byArrival' | 'total' | 'offset' | 'limit' | 'updated'> {
  /** `search` or `related`: what is asked for. */
  readonly kind: string;
  /** Rejected submissions that the list leaves out. */
  readonly hidden: number | undefined;
}

/** Sends a page of a list of papers: to feed readers as Atom, to browsers as a page that says what a feed is. */
export function sendFeed(request: Request, response: Response, list: FeedList): void {
  const { kind, hidden, byArrival, papers, total, offset, limit } = list;
  const base = baseUrl(request);
  const asked = requestOf(request);
  const end = offset + papers.length;
  const at = (page: Readonly<Record<string, string>>) => {
    const parameters = new URLSearchParams([...asked, ...Object.entries(page)]);
    if (new URL(request.originalUrl, base).searchParams.has('limit')) parameters.set('limit', String(limit));
    return `${base}${request.path}?${parameters}`;
  };
  const skipping = (count: number) => at(count > 0 ? { offset: String(count) } : {});
  const last = papers.at(-1);
  const next = byArrival && last?.added !== undefined ? at({ after: afterText(last) }) : skipping(end);
  const feed: PaperFeed = {
    ...list,
    remark: hidden ? rejectedNote(hidden, 'Add rejected=show') : undefined,
    request: `${kind}?${asked}`,
    base,
    links: {
      self: `${base}${request.url}`,
      alternate: `${base}/?${asked}`,
      first: at({}),
      previous: offset > 0 ? skipping(Math.max(0, offset - limit)) : undefined,
      next: papers.length > 0 && end < total ? next : undefined,
      last: skipping(Math.max(0, Math.ceil(total / limit) - 1) * limit),
    },
  };
  response.vary('Accept');
  if (wantsPage(request)) sendPlainPage(response, feedPage(feed));
  else response.set('Content-Type', `${ATOM_TYPE}; charset=utf-8`).send(atomFeed(feed));
}

/** The parameter `after`: where a page of a feed begins, as links to the next page have it. */
export const afterParameter = z
  .string({ error: 'Expected the link to the next page of a feed.' })
  .max(MAX_ID_LENGTH + 50)
  .transform((text, context): PageAfter => {
    const [, added = '', id = ''] = /^(\S+) (.+)$/s.exec(text) ?? [];
    const parsed = pageAfterSchema.safeParse({ id, added });
    if (parsed.success) return parsed.data;
    context.addIssue(
      'Expected the time and the id of a paper, as links to the next page of a feed have them.',
    );
    return z.NEVER;
  })
  .meta({ json: { type: 'string' } });

function afterText({ id, added }: Paper): string {
  return `${added} ${id}`;
}

/** The request as sorted parameters, without those of a page. */
function requestOf(request: Request): URLSearchParams {
  const parameters = new URL(request.originalUrl, 'http://localhost').searchParams;
  for (const name of ['offset', 'limit', 'after']) parameters.delete(name);
  parameters.sort();
  return parameters;
}

/** Whether a browser asks: it prefers a page to a feed, and does not name feeds, as readers do. */
export function wantsPage(request: Request): boolean {
  return (
    request.accepts([ATOM_TYPE, 'text/html']) === 'text/html' &&
    !/application\/(?:atom|rss|rdf)\+xml/i.test(request.get('Accept') ?? '')
  );
}
