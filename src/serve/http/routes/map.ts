import type { Response } from 'express';
import { z } from 'zod';
import type { Snapshot } from '../../../search/engine.ts';
import type { MapView } from '../../../search/map-view.ts';
import { withFilters } from '../../../search/match/filters.ts';
import { json, type Operation, operation } from '../operation.ts';
import {
  filterParameters,
  flagParameter,
  modeParameter,
  optionalQueryParameter,
  rejectedParameter,
  wholeNumber,
} from '../parameters.ts';
import { CorpusMap, MapHits, MapPaper } from '../schemas/map.ts';

const HitsParameters = z.object({
  q: optionalQueryParameter,
  mode: modeParameter,
  plain: flagParameter.default(false).describe('Whether operators in the query are read as text.'),
  rejected: rejectedParameter,
  ...filterParameters,
});

const Position = z.object({
  position: wholeNumber(0, 2 ** 31 - 1).describe(
    'The position of a paper in the columns of `/map/points`, from 0.',
  ),
});

/** The map of the papers: its clusters, the point of each paper, and the hits of a query. */
export function mapOperations(): Operation[] {
  return [
    operation({
      id: 'getMap',
      method: 'get',
      path: '/map',
      mount: 'v1',
      tag: 'Map',
      summary: 'Returns the clusters, venues and years of the map',
      responses: { 200: json(CorpusMap, 'Clusters, venues and years.') },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { snapshot }) => {
        const view = await snapshot.map();
        const { xs, clusters, venues } = view;
        cacheBySnapshot(response, snapshot);
        const years = yearsOf(view);
        response.json({
          snapshot: snapshot.id,
          papers: xs.length,
          clusters,
          venues,
          ...(years && { years }),
        });
      },
    }),
    operation({
      id: 'getMapPoints',
      method: 'get',
      path: '/map/points',
      mount: 'v1',
      tag: 'Map',
      summary: 'Returns the coordinates of every paper on the map',
      description:
        'Little-endian columns, one after another, each with one number per paper: x, y and year (0: unknown) in 16 bits, then the indexes of its cluster and its venue in the lists of `/map` in 8 bits (255: no venue, or one that is not listed). The ETag names the snapshot.',
      responses: {
        200: { description: 'Eight bytes per paper.', content: { 'application/octet-stream': undefined } },
      },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { snapshot }) => {
        const { xs, ys, years, clusterOf, venueOf } = await snapshot.map();
        cacheBySnapshot(response, snapshot);
        const columns = [xs, ys, years, clusterOf, venueOf].map(
          ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
        );
        response.type('application/octet-stream').send(Buffer.concat(columns));
      },
    }),
    operation({
      id: 'getMapHits',
      method: 'get',
      path: '/map/hits',
      mount: 'v1',
      tag: 'Map',
      summary: 'Searches papers and returns their positions on the map',
      parameters: HitsParameters,
      responses: { 200: json(MapHits, 'The relevant papers, by their positions on the map.') },
      errors: ['NOT_FOUND', 'MODEL_UNAVAILABLE', 'ENCODER_FAILED'],
      handle: async (_request, response, { query, snapshot }) => {
        const { q, ...rest } = withFilters(query);
        const { points, scores, total } = await snapshot.mapHits({ query: q, ...rest });
        response.json({ snapshot: snapshot.id, docs: points, scores, total });
      },
    }),
    operation({
      id: 'getMapPaper',
      method: 'get',
      path: '/map/papers/{position}',
      mount: 'v1',
      tag: 'Map',
      summary: 'Returns the paper at a position of the map',
      pathParameters: Position,
      responses: { 200: json(MapPaper, 'The paper.') },
      errors: ['NOT_FOUND'],
      handle: async (_request, response, { path, snapshot }) => {
        response.json({ snapshot: snapshot.id, paper: await snapshot.mapPoint(path.position) });
      },
    }),
  ];
}

/**
 * The map of a snapshot never changes, so the snapshot's id is its ETag; the client has to revalidate, since another
 * snapshot may be current.
 */
function cacheBySnapshot(response: Response, { id }: Snapshot): void {
  response.set({ ETag: `"${id}"`, 'Cache-Control': 'no-cache' });
}

function yearsOf({ years }: MapView): { first: number; last: number } | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const year of years) {
    if (year === 0) continue;
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  return last === 0 ? undefined : { first, last };
}
