import { Router } from 'express';
import { z } from 'zod';
import { DEFAULT_FUSION, FUSION_NAMES } from '../../fusion/methods.ts';
import { withFilters } from '../../matching/filters.ts';
import { type Searcher, SORTS } from '../../search/searcher.ts';
import { methodNotAllowed } from '../errors.ts';
import {
  facetsParameter,
  filterParameters,
  flagParameter,
  limitParameter,
  modeParameter,
  offsetParameter,
  oneOf,
  optionalQueryParameter,
  parseParameters,
  rerankParameter,
} from '../validate.ts';

const Parameters = z.object({
  q: optionalQueryParameter,
  mode: modeParameter,
  fusion: oneOf(FUSION_NAMES).default(DEFAULT_FUSION),
  limit: limitParameter,
  offset: offsetParameter,
  sort: oneOf(SORTS).default('relevance'),
  facets: facetsParameter.optional(),
  explain: flagParameter.default(false),
  highlight: flagParameter.default(true),
  plain: flagParameter.default(false),
  strict: flagParameter.default(false),
  secondLook: flagParameter.default(true),
  rerank: rerankParameter,
  ...filterParameters,
});

/** `GET /search`: papers that answer a query. */
export function searchRoutes(searcher: Searcher): Router {
  const router = Router();
  router
    .route('/search')
    .get(async (request, response) => {
      const { q, ...rest } = withFilters(parseParameters(Parameters, request.query));
      response.json(await searcher.search({ query: q, ...rest }));
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  return router;
}
