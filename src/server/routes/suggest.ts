import { Router } from 'express';
import { z } from 'zod';
import type { Searcher } from '../../search/searcher.ts';
import { methodNotAllowed } from '../errors.ts';
import { limitParameter, parseParameters, queryParameter } from '../validate.ts';

const Parameters = z.object({ q: queryParameter, limit: limitParameter });

/** `GET /suggest`: titles, authors and keywords that complete what is being typed. */
export function suggestRoutes(searcher: Searcher): Router {
  const router = Router();
  router
    .route('/suggest')
    .get(async (request, response) => {
      const { q, limit } = parseParameters(Parameters, request.query);
      response.json({ query: q, suggestions: await searcher.suggest(q, limit) });
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  return router;
}
