import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { EXPORT_FORMAT_NAMES } from '../../../papers/write/formats.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { corpusFacts } from '../corpus-facts.ts';
import { FacetView, facetView } from '../facet-view.ts';
import { QUERY_SYNTAX, STRANGERS } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { answered, answerOf, READS_ONLY, type Service } from '../result.ts';

const Output = z.object({
  papers: z.number().int(),
  withoutAbstract: z.number().int(),
  builtAt: z.string().describe('When the index was made, ISO 8601.'),
  snapshot: z.string().describe('Changes whenever the papers do.'),
  years: z.object({ first: z.number().int(), last: z.number().int() }).optional(),
  facets: FacetView.describe('The most frequent values, 20 at most; all can be filters.'),
  modes: z.array(z.enum(SEARCH_MODES)),
  querySyntax: z.array(z.string()),
  exportFormats: z.array(z.string()),
});

/** Adds the tool `describe_corpus`: what there is to search, and how. */
export function addDescribeCorpus(server: McpServer, service: Service): void {
  server.registerTool(
    'describe_corpus',
    {
      title: 'Describe the collection',
      description: `Says how many papers there are, of which years, venues, areas, authors and sessions, and which filters and query language search takes. ${STRANGERS}`,
      inputSchema: inputObject({}),
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    () =>
      answered(service, async (snapshot) => {
        const { papers, withoutAbstract, createdAt } = await snapshot.stats();
        const { facets, years } = await corpusFacts(snapshot);
        return answerOf({
          papers,
          withoutAbstract,
          builtAt: createdAt,
          snapshot: snapshot.id,
          ...(years && { years }),
          facets: facetView(facets),
          modes: [...SEARCH_MODES],
          querySyntax: [...QUERY_SYNTAX],
          exportFormats: [...EXPORT_FORMAT_NAMES],
        });
      }),
  );
}
