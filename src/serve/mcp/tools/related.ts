import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { MAX_SEEDS } from '../../../limits.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { withinBudget } from '../budget.ts';
import { HitView, pageOf, pageOutput } from '../hits.ts';
import {
  ABSTRACT_LENGTH,
  budgetInput,
  filtersInput,
  idInput,
  modeInput,
  pageInput,
  queryInput,
} from '../inputs.ts';
import { STRANGERS } from '../instructions.ts';
import { answered, answerOf, READS_ONLY, type Service } from '../result.ts';

const Input = z.strictObject({
  positive: z
    .array(idInput)
    .max(MAX_SEEDS)
    .default([])
    .describe('Ids of papers that the hits should be like.'),
  negative: z
    .array(idInput)
    .max(MAX_SEEDS)
    .default([])
    .describe('Ids of papers that they should not be like.'),
  text: queryInput.optional().describe('What else they should be about. A positive id or a text is needed.'),
  mode: modeInput,
  filters: filtersInput,
  ...pageInput,
  maxBytes: budgetInput,
});

const Output = z.object({
  ...pageOutput,
  hits: z.array(
    HitView.extend({
      nearestTo: z
        .string()
        .optional()
        .describe('Id of the positive seed it is nearest to. Absent for the text.'),
      sharedTerms: z.array(z.string()).describe('Words of both that say most.'),
    }),
  ),
});

/** Adds the tool `related`: papers near to some, and away from others. */
export function addRelated(server: McpServer, service: Service): void {
  server.registerTool(
    'related',
    {
      title: 'Find related papers',
      description: `Finds papers like one or several, and unlike others. Several seeds keep their several interests: each hit is near to one of them. ${STRANGERS}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ abstracts, maxBytes, ...request }) =>
      answered(service, async (snapshot) => {
        const response = await snapshot.related(request);
        const wanted = ABSTRACT_LENGTH[abstracts];
        const answer = withinBudget(
          { hits: response.hits.length, abstractLength: wanted, maxBytes },
          (shown, used) => {
            const page = pageOf(response, shown, { wanted, used });
            const hits = page.hits.map((hit, place) => {
              const { id, sharedTerms } = response.hits[place]!.nearest;
              return {
                ...hit,
                ...(id !== undefined && { nearestTo: id }),
                sharedTerms: visibleTexts([...sharedTerms]),
              };
            });
            return { ...page, hits };
          },
        );
        return answerOf(answer, answer.hits);
      }),
  );
}
