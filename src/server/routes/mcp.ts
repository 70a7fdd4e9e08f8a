import { Router } from 'express';
import { PaperSearchError } from '../../errors.ts';
import { answerMcp, isAllowedOrigin } from '../../mcp/http.ts';
import type { Searcher } from '../../search/searcher.ts';
import { methodNotAllowed } from '../errors.ts';

/** `POST /mcp`: the Model Context Protocol, for agents. It is a protocol of its own, with its own errors. */
export function mcpRoutes(searcher: Searcher, log: (error: unknown) => void): Router {
  const router = Router();
  router
    .route('/mcp')
    .post(async (request, response) => {
      if (!isAllowedOrigin(request.get('Origin'))) {
        throw new PaperSearchError('FORBIDDEN', 'Web pages of other hosts may not use this server.');
      }
      await answerMcp(request, response, { searcher, log });
    })
    .all(methodNotAllowed(['POST']));
  return router;
}
