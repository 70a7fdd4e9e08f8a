import { z } from 'zod';
import { PaperSearchError } from '../../../errors.ts';
import { type IdentifierSource, sourcesOf } from '../../../ingest/fetch/by-identifier.ts';
import { SERVICE_NAMES } from '../../../ingest/fetch/names.ts';
import { CONNECTORS } from '../../../ingest/fetch/services.ts';
import { MAX_ID_LENGTH } from '../../../limits.ts';
import { type Engine, withSnapshot } from '../../../search/engine.ts';
import { paperOrNone } from '../../../search/papers-by-id.ts';
import type { Authorize } from '../authorize.ts';
import { notesOf } from '../exchange.ts';
import { json, type Operation, operation } from '../operation.ts';
import { IngestReport } from '../schemas/writing.ts';
import type { Writing } from './write-papers.ts';

const identifier = z
  .string({ error: 'Expected an identifier.' })
  .min(1, 'Expected an identifier.')
  .max(MAX_ID_LENGTH, `Expected at most ${MAX_ID_LENGTH} characters.`)
  .describe('A DOI, an arXiv, ACL Anthology, OpenAlex or PubMed identifier, or an address with one.');

const FetchOffer = z
  .object({
    identifier: z.string(),
    allowed: z
      .boolean()
      .describe('Whether this server fetches papers, for clients whose token has the scope `add`.'),
    services: z
      .array(z.string())
      .describe('The services that would be asked. Empty for a text that is not such an identifier.'),
  })
  .meta({ id: 'FetchOffer', examples: [{ identifier: '2101.11408', allowed: true, services: ['arXiv'] }] });

const FetchedPaper = z
  .object({
    id: z.string().describe('The id of the paper in the index.'),
    title: z.string(),
    service: z.enum(SERVICE_NAMES).describe('The service that had it.'),
    ingest: IngestReport,
  })
  .meta({
    id: 'FetchedPaper',
    examples: [
      {
        id: 'arxiv:2101.11408',
        title: 'A paper',
        service: 'arxiv',
        ingest: (IngestReport.meta()!.examples as readonly unknown[])[0],
      },
    ],
  });

/**
 * Fetching a paper by its identifier, for clients whose token has the scope `add`. Only the hosts of known services are
 * asked, never an address that the client gives.
 * @param writing undefined, or without `fetch`, refuses to fetch.
 */
export function fetchOperations(
  engine: Engine,
  writing: Writing | undefined,
  authorized: Authorize,
): Operation[] {
  return [
    operation({
      id: 'offerFetch',
      method: 'get',
      path: '/fetch',
      mount: 'v1',
      tag: 'Changes',
      summary: 'Says whether a paper can be fetched by its identifier, and from where',
      needs: 'nothing',
      parameters: z.object({ identifier }),
      responses: { 200: json(FetchOffer, 'What `POST /fetch` would do. Nothing is fetched.') },
      handle: async (_request, response, { query }) => {
        response.json({
          identifier: query.identifier,
          allowed: writing?.fetch !== undefined,
          services: sourcesOf(query.identifier).map(titleOf),
        });
      },
    }),
    operation({
      id: 'fetchPaper',
      method: 'post',
      path: '/fetch',
      mount: 'v1',
      tag: 'Changes',
      summary: 'Fetches a paper by its identifier from a service, and adds it',
      authorize: authorized('add'),
      needs: 'nothing',
      body: {
        kind: 'json',
        schema: z.object({ identifier }).meta({ id: 'FetchRequest' }),
        limit: 16 * 1024,
        example: { identifier: 'arXiv:2101.11408' },
      },
      responses: { 200: json(FetchedPaper, 'The paper. New requests already see it.') },
      errors: [
        'UNAUTHORIZED',
        'FORBIDDEN',
        'NOT_FOUND',
        'INDEX_LOCKED',
        'STOPPED',
        'FETCH_FAILED',
        'FETCH_REFUSED',
      ],
      handle: async (_request, response, { body }) => {
        if (!writing?.fetch) {
          const message =
            'This server does not fetch papers. Start it with "serve --allow-fetch" to allow it.';
          throw new PaperSearchError('FORBIDDEN', message);
        }
        const sources = sourcesOf(body.identifier);
        if (sources.length === 0) {
          const message = `"${body.identifier}" is not an identifier that a paper can be fetched by. Send a DOI, or an arXiv, ACL Anthology, OpenAlex or PubMed identifier.`;
          throw new PaperSearchError('BAD_REQUEST', message);
        }
        for (const source of sources) {
          const { ingest } = await writing.fetch(source);
          const paper = ingest && (await withSnapshot(engine, (held) => paperOrNone(held, body.identifier)));
          if (!paper) continue;
          notesOf(response).papers = ingest.added + ingest.updated;
          response.json({ id: paper.id, title: paper.title, service: source.service, ingest });
          return;
        }
        const asked = sources.map(titleOf).join(' and ');
        throw new PaperSearchError(
          'NOT_FOUND',
          `No paper with the identifier "${body.identifier}" at ${asked}.`,
        );
      },
    }),
  ];
}

function titleOf({ service }: IdentifierSource): string {
  return CONNECTORS[service].title;
}
