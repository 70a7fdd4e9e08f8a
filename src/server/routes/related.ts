import express, { Router } from 'express';
import { z } from 'zod';
import { PaperSearchError } from '../../errors.ts';
import { HAS_VALUES } from '../../query/ast.ts';
import type { Searcher } from '../../search/searcher.ts';
import { SEARCH_MODES } from '../../types.ts';
import { methodNotAllowed } from '../errors.ts';
import { LONGEST_QUERY, noParameters, oneOf, parseParameters } from '../validate.ts';

/** Seeds of one kind: each is compared with every paper. */
const MOST_SEEDS = 20;

const ids = z.array(z.string().min(1).max(1000)).max(MOST_SEEDS, `Expected at most ${MOST_SEEDS} ids.`);
const values = z.array(z.string().min(1).max(500)).max(50).optional();
const year = z.number().int().optional();

const Body = z.object({
  positive: ids.default([]),
  negative: ids.default([]),
  text: z.string().max(LONGEST_QUERY, `Expected at most ${LONGEST_QUERY} characters.`).optional(),
  mode: oneOf(SEARCH_MODES).default('hybrid'),
  limit: z.number().int().min(1).max(100).default(10),
  offset: z.number().int().min(0).max(1_000_000_000).default(0),
  filters: z
    .strictObject({
      year: z
        .union([z.string().max(20), z.number().int(), z.strictObject({ from: year, to: year })])
        .optional(),
      venue: values,
      author: values,
      keyword: values,
      area: values,
      session: values,
      has: z.array(oneOf(HAS_VALUES)).optional(),
    })
    .optional(),
});

/** `POST /related`: papers near to any of several, and away from others. */
export function relatedRoutes(searcher: Searcher): Router {
  const router = Router();
  router
    .route('/related')
    .post(express.json({ limit: '64kb' }), async (request, response) => {
      parseParameters(noParameters, request.query);
      if (request.body === undefined) {
        throw new PaperSearchError(
          'BAD_REQUEST',
          'Send a JSON object with "positive", "negative" or "text", and the header Content-Type: application/json.',
        );
      }
      response.json(await searcher.related(parseParameters(Body, request.body)));
    })
    .all(methodNotAllowed(['POST']));
  return router;
}
