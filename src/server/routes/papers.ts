import { Router } from 'express';
import { z } from 'zod';
import type { Searcher } from '../../search/searcher.ts';
import { methodNotAllowed } from '../errors.ts';
import { limitParameter, noParameters, offsetParameter, parseParameters } from '../validate.ts';

const RelatedParameters = z.object({ limit: limitParameter, offset: offsetParameter });

/** `GET /papers/:id` and `GET /papers/:id/related`. A slash in an id is written %2F. */
export function paperRoutes(searcher: Searcher): Router {
  const router = Router();
  router
    .route('/papers/:id')
    .get(async (request, response) => {
      parseParameters(noParameters, request.query);
      response.json(await searcher.paper(request.params.id));
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  router
    .route('/papers/:id/related')
    .get(async (request, response) => {
      const page = parseParameters(RelatedParameters, request.query);
      response.json(await searcher.related(request.params.id, page));
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  return router;
}
