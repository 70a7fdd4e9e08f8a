import type { Request, Response } from 'express';
import { ERRORS, type PaperSearchError } from '../../../errors.ts';
import { ATOM_TYPE } from '../../../papers/write/atom.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { answerArxiv } from '../../compat/arxiv/answer.ts';
import { arxivErrorFeed, arxivFeed } from '../../compat/arxiv/feed.ts';
import { ArxivParameters, arxivRequest } from '../../compat/arxiv/request.ts';
import { baseUrl } from '../base-url.ts';
import { type Operation, operation } from '../operation.ts';

const DESCRIPTION = `Answers like the arXiv API, from the papers of this server.

AND and ANDNOT bind tighter than OR. \`published\` and \`updated\` are both the publication date at midnight GMT; papers without a date get year 0001. Searches of comments (co) and report numbers (rn) find nothing.`;

const shared = {
  path: '/api/query',
  mount: 'as-is',
  tag: 'arXiv',
  summary: 'Searches papers with a query of the arXiv API',
  description: DESCRIPTION,
  unknown: 'ignore',
  responses: {
    200: { description: 'A feed.', content: { [ATOM_TYPE]: undefined } },
    default: { description: 'An error as a feed with one entry.', content: { [ATOM_TYPE]: undefined } },
  },
  onError: answerError,
} as const;

/** The arXiv API, at the path that its clients use. */
export function arxivOperations(): Operation[] {
  return [
    operation({
      ...shared,
      id: 'queryArxiv',
      method: 'get',
      parameters: ArxivParameters,
      handle: (request, response, { query, snapshot }) => answer(request, response, query, snapshot),
    }),
    operation({
      ...shared,
      id: 'postArxivQuery',
      method: 'post',
      parameters: ArxivParameters,
      body: { kind: 'form', schema: ArxivParameters, optional: true },
      handle: (request, response, { query, body, snapshot }) =>
        answer(request, response, { ...query, ...body }, snapshot),
    }),
  ];
}

async function answer(
  request: Request,
  response: Response,
  given: Parameters<typeof arxivRequest>[0],
  snapshot: Snapshot,
): Promise<void> {
  const asked = arxivRequest(given);
  sendFeed(response, arxivFeed(asked, await answerArxiv(asked, snapshot), placeOf(request)));
}

function answerError({ code, message }: PaperSearchError, request: Request, response: Response): void {
  response.status(ERRORS[code].status);
  sendFeed(response, arxivErrorFeed(message, new Date().toISOString(), placeOf(request)));
}

function sendFeed(response: Response, feed: string): void {
  response.set('Content-Type', `${ATOM_TYPE}; charset=utf-8`).send(feed);
}

function placeOf(request: Request): { base: string; self: string } {
  const base = baseUrl(request);
  return { base, self: `${base}${request.url}` };
}
