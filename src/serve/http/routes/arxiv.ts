import type { Request, Response } from 'express';
import { ERRORS, type PaperSearchError } from '../../../errors.ts';
import type { Snapshot } from '../../../search/engine.ts';
import { answerArxiv } from '../../compat/arxiv/answer.ts';
import { arxivErrorFeed, arxivFeed } from '../../compat/arxiv/feed.ts';
import { ArxivParameters, arxivRequest } from '../../compat/arxiv/request.ts';
import { ATOM_TYPE } from '../../compat/feeds/atom.ts';
import { baseUrl } from '../base-url.ts';
import { type Operation, operation } from '../operation.ts';

const DESCRIPTION = `Answers as the service of arXiv does, over the papers of this server.

AND and ANDNOT bind tighter than OR. Both dates are that of publication, at midnight GMT; a paper without any has the year 1, which stands for an unknown one. Comments (co) and report numbers (rn) are known of no paper.`;

const shared = {
  path: '/api/query',
  mount: 'as-is',
  tag: 'arXiv',
  summary: 'Papers that answer a query of the arXiv API',
  description: DESCRIPTION,
  unknown: 'ignore',
  responses: {
    200: { description: 'A feed.', content: { [ATOM_TYPE]: undefined } },
    default: { description: 'A failure, as a feed of one entry.', content: { [ATOM_TYPE]: undefined } },
  },
  onError: answerError,
} as const;

/** The arXiv API, at the path where its clients expect it. */
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
  return { base, self: `${base}${request.originalUrl}` };
}
