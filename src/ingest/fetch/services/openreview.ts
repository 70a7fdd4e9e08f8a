import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { readJsonPage } from '../json-page.ts';

/** The maximum number of notes in an answer. */
const PAGE_SIZE = 1000;

const response = z.object({ notes: z.array(z.unknown()), count: z.number().nullish() });

/**
 * OpenReview, by API 2 or, for venues before 2023, API 1. It answers 180 requests a minute. Since 2026 it asks
 * visitors without an account to prove that they are not machines; a token of an account needs no proof.
 */
export const openReviewConnector: Connector = {
  title: 'OpenReview',
  prefixes: ['https://api2.openreview.net/', 'https://api.openreview.net/'],
  intervalMs: 1000,
  timeoutMs: 120_000,
  contentType: /\bjson\b/i,
  fileEnding: 'json',
  asksForContact: false,
  key: { variable: 'OPENREVIEW_TOKEN', header: 'authorization', scheme: 'Bearer' },
  hints: {
    401: 'Set OPENREVIEW_TOKEN to a token of your account; tokens expire',
    403: 'OpenReview lets no programs in without an account: set OPENREVIEW_TOKEN to a token of yours',
  },
  takes: ['venue', 'invitation', 'api', 'limit'],
  resumable: true,
  exactTotals: true,
  objection: ({ venue, invitation, api }) => {
    if (!venue && !invitation) {
      return 'Say what: --venue (ICLR.cc/2025/Conference) or --invitation (ICLR.cc/2025/Conference/-/Submission).';
    }
    if (venue && invitation) return 'Give either --venue or --invitation.';
    return api === '1' && venue
      ? 'API 1 knows no venues: give --invitation (ICLR.cc/2019/Conference/-/Blind_Submission).'
      : undefined;
  },
  request: ({ venue, invitation, api }, cursor) => {
    const url = new URL(`https://${api === '1' ? 'api' : 'api2'}.openreview.net/notes`);
    url.search = new URLSearchParams({
      ...(venue ? { 'content.venueid': venue } : {}),
      ...(invitation ? { invitation } : {}),
      limit: String(PAGE_SIZE),
      offset: cursor ?? '0',
      // New notes come last, so the pages before stay as they are.
      sort: 'tcdate:asc',
    }).toString();
    return url;
  },
  read: (text, _selection, cursor) =>
    readJsonPage(text, response, ({ notes, count }) => {
      const end = Number(cursor ?? 0) + notes.length;
      const more = notes.length > 0 && (count ? end < count : notes.length === PAGE_SIZE);
      return {
        kind: 'page',
        papers: notes.length,
        total: count ?? undefined,
        next: more ? String(end) : undefined,
      };
    }),
  // Notes change their venue with the decision: what is old is asked for again too.
  since: () => undefined,
};
