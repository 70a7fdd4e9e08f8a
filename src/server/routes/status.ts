import { Router } from 'express';
import type { Searcher } from '../../search/searcher.ts';
import { VERSION } from '../../version.ts';
import { methodNotAllowed } from '../errors.ts';
import { noParameters, parseParameters } from '../validate.ts';

/** What the server offers, for somebody who calls its root. */
const ROUTES = {
  '/search?q=…&mode=hybrid|keyword|semantic&limit=10&offset=0': 'papers that answer a query',
  'POST /related': 'papers near to any of several, and away from others',
  '/papers/:id': 'one paper',
  '/papers/:id/related?limit=10&offset=0': 'papers near to one',
  '/suggest?q=…&limit=10': 'titles, authors and keywords that complete what is typed',
  'POST /papers': 'adds papers, in any format; needs a token',
  'DELETE /papers/:id': 'removes a paper; needs a token',
  '/health': 'whether the server answers',
  '/stats': 'what the index holds',
};

/** `GET /`, `GET /health` and `GET /stats`. */
export function statusRoutes(searcher: Searcher): Router {
  const router = Router();
  router
    .route('/')
    .get((request, response) => {
      parseParameters(noParameters, request.query);
      response.json({ name: 'paper-search', version: VERSION, routes: ROUTES });
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  router
    .route('/health')
    .get(async (request, response) => {
      parseParameters(noParameters, request.query);
      const { snapshot, papers } = await searcher.stats();
      response.json({ status: 'ok', version: VERSION, snapshot, papers });
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  router
    .route('/stats')
    .get(async (request, response) => {
      parseParameters(noParameters, request.query);
      response.json(await searcher.stats());
    })
    .all(methodNotAllowed(['GET', 'HEAD']));
  return router;
}
