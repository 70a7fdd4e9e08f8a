import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { MAX_SEEDS } from '../../../limits.ts';
import { FACETS } from '../../../papers/fields.ts';
import { SORTS } from '../../../search/api.ts';
import { CONFIDENCE_LEVELS } from '../../../search/confidence.ts';
import { linksText } from '../../../search/related/links-text.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { withinBudget } from '../budget.ts';
import { FacetView, facetView } from '../facet-view.ts';
import { HitView, pageOf, pageOutput } from '../hits.ts';
import {
  ABSTRACT_LENGTH,
  budgetInput,
  filtersInput,
  idInput,
  modeInput,
  pageInput,
  queryInput,
  rejectedInput,
} from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { answerOf, READS_ONLY, runTool, type Service } from '../result.ts';

const Input = inputObject({
  positive: z
    .array(idInput)
    .max(MAX_SEEDS)
    .default([])
    .describe('Ids of papers that the hits should be similar to.'),
  negative: z
    .array(idInput)
    .max(MAX_SEEDS)
    .default([])
    .describe('Ids of papers that the hits should not be similar to.'),
  text: queryInput
    .optional()
    .describe('What else the hits should be about. Give at least one positive id or a text.'),
  mode: modeInput,
  filters: filtersInput,
  rejected: rejectedInput,
  sort: z
    .enum(SORTS)
    .default('relevance')
    .describe('relevance: most similar first. The others sort the relevant papers. date: newest first.'),
  facets: z
    .array(z.enum(FACETS))
    .optional()
    .describe('Facets whose most frequent values are counted over the relevant papers.'),
  ...pageInput,
  maxBytes: budgetInput,
});

const Output = z.object({
  confidence: z
    .enum(CONFIDENCE_LEVELS)
    .describe('Of the most similar paper. none: the collection has nothing relevant.'),
  relevant: z
    .number()
    .int()
    .describe('How many papers are relevant; in the order by relevance, the first ones.'),
  facets: FacetView.optional(),
  ...pageOutput,
  hits: z.array(
    HitView.extend({
      confidence: z.enum(CONFIDENCE_LEVELS).describe('Whether the paper is relevant: strong, weak, or none.'),
      nearestTo: z
        .string()
        .optional()
        .describe('Id of the positive seed that is most similar. Absent when it is the text.'),
      links: z
        .array(z.string())
        .optional()
        .describe('How citations link both, as "cited together by 4 papers". Absent when they do not.'),
      sharedTerms: z.array(z.string()).describe('The most significant words that both have.'),
    }),
  ),
});

/** Adds the tool `related`: papers similar to some and unlike others. */
export function addRelated(server: McpServer, service: Service): void {
  server.registerTool(
    'related',
    {
      title: 'Find related papers',
      description: `Finds papers similar to one or more papers, and unlike others. Several seeds count equally. ${UNTRUSTED_TEXT}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ abstracts, maxBytes, ...request }) =>
      runTool(service, async (snapshot) => {
        const response = await snapshot.related(request);
        const wanted = ABSTRACT_LENGTH[abstracts];
        const answer = withinBudget(
          { hits: response.hits.length, abstractLength: wanted, maxBytes },
          (shown, used) => {
            const page = pageOf(response, shown, { wanted, used });
            const hits = page.hits.map((hit, place) => {
              const { confidence, nearest } = response.hits[place]!;
              const { id, sharedTerms, links } = nearest;
              return {
                ...hit,
                confidence: confidence.level,
                ...(id !== undefined && { nearestTo: id }),
                ...(links && { links: linksText(links) }),
                sharedTerms: visibleTexts([...sharedTerms]),
              };
            });
            return {
              confidence: response.confidence.level,
              relevant: response.relevant,
              ...(response.facets && { facets: facetView(response.facets.values) }),
              ...page,
              hits,
            };
          },
        );
        return answerOf(answer, answer.hits);
      }),
  );
}
