import { Router } from 'express';
import { z } from 'zod';
import { withFilters } from '../../matching/filters.ts';
import type { Searcher } from '../../search/searcher.ts';
import { methodNotAllowed } from '../errors.ts';
import {
  filterParameters,
  limitParameter,
  modeParameter,
  noParameters,
  offsetParameter,
  parseParameters,
} from '../validate.ts';

const RelatedParameters = z.object({
  mode: modeParameter,
  limit: limitParameter,
  offset: offsetParameter,
  ...filterParameters,
});

/**
 * `GET /papers/:id` and `GET /papers/:id/related`. A slash in an id is written %2F.
 * @param otherMethods of a paper that others serve.
 */
export function paperRoutes(searcher: Searcher, otherMethods: readonly string[]): Router {
  const router = Router();
  router
    .route('/papers/:id')
    .get(async (request, response) => {
      parseParameters(noParameters, request.query);
      response.json(await searcher.paper(request.params.id));
    })
    .all(methodNotAllowed(['GET', 'HEAD', ...otherMethods]));
  router
    .route('/papers/:id/related')
    .get(async (request, response) => {
      const parameters = withFilters(parseParameters(RelatedParameters, request.query));
      response.json(await searcher.related({ positive: [request.params.id], ...parameters }));
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  return router;
}
