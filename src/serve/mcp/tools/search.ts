import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { FACETS } from '../../../papers/fields.ts';
import { SORTS } from '../../../search/api.ts';
import { CONFIDENCE_LEVELS } from '../../../search/confidence.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { withinBudget } from '../budget.ts';
import { FacetView, facetView } from '../facet-view.ts';
import { HitView, pageOf, pageOutput } from '../hits.ts';
import { ABSTRACT_LENGTH, budgetInput, filtersInput, modeInput, pageInput, queryInput } from '../inputs.ts';
import { STRANGERS } from '../instructions.ts';
import { answered, answerOf, READS_ONLY, type Service } from '../result.ts';
import { firstWords } from '../shorten.ts';

/** Of the question in the answer, and of remarks on it: an answer has better things to show. */
const MAX_ECHO_LENGTH = 300;
const MAX_NOTICES = 5;

const Input = z.strictObject({
  query: queryInput
    .default('')
    .describe(
      'A question in plain words, or the query language that describe_corpus lists. May be empty with filters.',
    ),
  mode: modeInput,
  filters: filtersInput,
  sort: z.enum(SORTS).default('relevance').describe('date: the newest first.'),
  facets: z
    .array(z.enum(FACETS))
    .optional()
    .describe('Count the most frequent values of these over the relevant papers.'),
  ...pageInput,
  maxBytes: budgetInput,
});

const Output = z.object({
  query: z.string().describe('What was asked, cut when it is long.'),
  confidence: z
    .enum(CONFIDENCE_LEVELS)
    .describe(
      'strong: it is here. weak: perhaps, or only something near it. none: nothing relevant is here.',
    ),
  verdict: z.enum(CONFIDENCE_LEVELS).describe('Deprecated: the former name of confidence.'),
  notices: z.array(z.string()).describe('How the query was understood where that may surprise.'),
  facets: FacetView.optional(),
  ...pageOutput,
  hits: z.array(HitView),
});

/** Adds the tool `search`: papers that answer a query. */
export function addSearch(server: McpServer, service: Service): void {
  server.registerTool(
    'search',
    {
      title: 'Search papers',
      description: `Finds papers by a question or keywords, best first, with the sentences their abstracts begin with. ${STRANGERS}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ abstracts, maxBytes, ...request }) =>
      answered(service, async (snapshot) => {
        const response = await snapshot.search({ ...request, highlight: false });
        const { query, confidence, understood, didYouMean, fallback, facets } = response;
        const notices = [
          ...understood.notices.map(({ message }) => message),
          ...(fallback?.kind === 'spelling'
            ? [`These are the answers to the corrected query: ${fallback.query}`]
            : []),
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
