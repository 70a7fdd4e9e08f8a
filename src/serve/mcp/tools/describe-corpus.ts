import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { EXPORT_FORMAT_NAMES } from '../../../papers/write/formats.ts';
import { SEARCH_MODES } from '../../../search/mode.ts';
import { corpusFacts } from '../corpus-facts.ts';
import { FacetView, facetView } from '../facet-view.ts';
import { encodedOutput } from '../hits.ts';
import { QUERY_SYNTAX, UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { answerOf, READS_ONLY, runTool, type Service } from '../result.ts';

const Output = z.object({
  papers: z.number().int(),
  withoutAbstract: z.number().int(),
  encoded: encodedOutput,
  builtAt: z.string().describe('When the index was built, ISO 8601.'),
  snapshot: z.string().describe('Id of the snapshot; it changes when the papers change.'),
  years: z.object({ first: z.number().int(), last: z.number().int() }).optional(),
  citations: z
    .object({
      citing: z.number().int().describe('Papers whose references are known.'),
      cited: z.number().int().describe('Papers that another paper of the collection cites.'),
    })
    .describe('How much citations can find. 0: the sources of the papers name no references.'),
  facets: FacetView.describe('The most frequent values, at most 20 per facet; all can be used as filters.'),
  modes: z.array(z.enum(SEARCH_MODES)),
  querySyntax: z.array(z.string()),
  exportFormats: z.array(z.string()),
});

/** Adds the tool `describe_corpus`: what the collection contains and how to search it. */
export function addDescribeCorpus(server: McpServer, service: Service): void {
  server.registerTool(
    'describe_corpus',
    {
      title: 'Describe the collection',
      description: `Returns the number of papers, the range of years, the most frequent venues, areas, authors and sessions, the query language and the export formats. ${UNTRUSTED_TEXT}`,
      inputSchema: inputObject({}),
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    () =>
      runTool(service, async (snapshot) => {
        const { papers, withoutAbstract, encoded, createdAt, citations } = await snapshot.stats();
        const { facets, years } = await corpusFacts(snapshot);
        return answerOf({
          papers,
          withoutAbstract,
          ...(encoded && { encoded }),
          builtAt: createdAt,
          snapshot: snapshot.id,
          ...(years && { years }),
          citations: { citing: citations.citing, cited: citations.cited },
          facets: facetView(facets),
          modes: [...SEARCH_MODES],
          querySyntax: [...QUERY_SYNTAX],
          exportFormats: [...EXPORT_FORMAT_NAMES],
        });
      }),
  );
}
