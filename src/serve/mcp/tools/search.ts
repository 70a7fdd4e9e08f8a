import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { FACETS } from '../../../papers/fields.ts';
import { SORTS } from '../../../search/api.ts';
import { CONFIDENCE_LEVELS } from '../../../search/confidence.ts';
import type { Reranked } from '../../../search/rerank/rerank.ts';
import { firstWords } from '../../../text/shorten.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { withinBudget } from '../budget.ts';
import { FacetView, facetView } from '../facet-view.ts';
import { HitView, pageOf, pageOutput } from '../hits.ts';
import {
  ABSTRACT_LENGTH,
  budgetInput,
  filtersInput,
  modeInput,
  pageInput,
  queryInput,
  rejectedInput,
  rerankInput,
} from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { answerOf, READS_ONLY, runTool, type Service } from '../result.ts';

/** Limits of the repeated query and of notices, so that hits have room. */
const MAX_ECHO_LENGTH = 300;
const MAX_NOTICES = 5;

const Input = inputObject({
  query: queryInput
    .default('')
    .describe(
      'A question in plain words, or a query in the language that describe_corpus describes. May be empty with filters.',
    ),
  mode: modeInput,
  filters: filtersInput,
  rejected: rejectedInput,
  sort: z
    .enum(SORTS)
    .default('relevance')
    .describe(
      'date: newest first. citations: most cited first. added: those that came into the collection last first.',
    ),
  ...rerankInput,
  facets: z
    .array(z.enum(FACETS))
    .optional()
    .describe('Facets whose most frequent values are counted over the relevant papers.'),
  ...pageInput,
  maxBytes: budgetInput,
});

const Output = z.object({
  query: z.string().describe('The query, shortened when it is long.'),
  confidence: z
    .enum(CONFIDENCE_LEVELS)
    .describe(
      'strong: the collection has it. weak: it may have it, or only something similar. none: it has nothing relevant.',
    ),
  verdict: z.enum(CONFIDENCE_LEVELS).describe('Deprecated: the former name of confidence.'),
  notices: z.array(z.string()).describe('Notes on how the query was understood and answered.'),
  facets: FacetView.optional(),
  ...pageOutput,
  hits: z.array(HitView),
});

/** Adds the tool `search`: papers that match a query. */
export function addSearch(server: McpServer, service: Service): void {
  server.registerTool(
    'search',
    {
      title: 'Search papers',
      description: `Finds papers for a question or keywords, best first, with the first sentences of their abstracts. ${UNTRUSTED_TEXT}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ abstracts, maxBytes, ...request }) =>
      runTool(service, async (snapshot) => {
        const response = await snapshot.search({ ...request, highlight: false });
        const { query, confidence, understood, didYouMean, fallback, facets } = response;
        const notices = [
          ...understood.notices.map(({ message }) => message),
          ...(fallback?.kind === 'spelling'
            ? [`The hits are for the corrected query: ${fallback.query}`]
            : []),
          ...(response.reranked ? [rerankedNotice(response.reranked)] : []),
          ...(didYouMean && !fallback ? [`Did you mean: ${didYouMean.text}`] : []),
        ]
          .slice(0, MAX_NOTICES)
          .map(visibleText);
        const wanted = ABSTRACT_LENGTH[abstracts];
        const answer = withinBudget(
          { hits: response.hits.length, abstractLength: wanted, maxBytes },
          (shown, used) => ({
            query: firstWords(query, MAX_ECHO_LENGTH),
            confidence: confidence.level,
            verdict: confidence.level,
            notices,
            ...(facets && { facets: facetView(facets.values) }),
            ...pageOf(response, shown, { wanted, used }),
          }),
        );
        return answerOf(answer, answer.hits);
      }),
  );
}

function rerankedNotice({ by, papers, outOfTime }: Reranked): string {
  if (papers === 0 && !outOfTime) return `Nothing was reranked: ${by} cannot rerank this order.`;
  return `The first ${papers} papers were reranked by ${by}${outOfTime ? ', until the time was up' : ''}.`;
}
