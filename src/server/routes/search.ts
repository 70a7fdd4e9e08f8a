import { Router } from 'express';
import { z } from 'zod';
import { DEFAULT_FUSION, FUSION_NAMES } from '../../fusion/methods.ts';
import type { Searcher } from '../../search/searcher.ts';
import { SEARCH_MODES } from '../../types.ts';
import { methodNotAllowed } from '../errors.ts';
import { limitParameter, offsetParameter, parseParameters, queryParameter } from '../validate.ts';

const Parameters = z.object({
  q: queryParameter,
  mode: z.enum(SEARCH_MODES, { error: `Expected one of: ${SEARCH_MODES.join(', ')}.` }).default('hybrid'),
  fusion: z
    .enum(FUSION_NAMES, { error: `Expected one of: ${FUSION_NAMES.join(', ')}.` })
    .default(DEFAULT_FUSION),
  limit: limitParameter,
  offset: offsetParameter,
});

/** `GET /search`: papers that answer a query. */
export function searchRoutes(searcher: Searcher): Router {
  const router = Router();
  router
    .route('/search')
    .get(async (request, response) => {
      const { q, ...rest } = parseParameters(Parameters, request.query);
      response.json(await searcher.search({ query: q, ...rest }));
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  return router;
}
