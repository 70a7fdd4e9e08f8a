import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { MAX_AGENT_EXPORT, MAX_HITS, MAX_SNOWBALL_DEPTH } from '../../../limits.ts';
import { type OutsideWork, SNOWBALL_DIRECTIONS, type SnowballHit } from '../../../search/citations/api.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { jsonBytes, withinBudget } from '../budget.ts';
import { pageOfViews, pageOutput } from '../hits.ts';
import { ABSTRACT_LENGTH, budgetInput, idInput, pageInput } from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { PaperView, viewOf } from '../paper-view.ts';
import { answerOf, READS_ONLY, runTool, type Service } from '../result.ts';

/** Links of a hit that are listed, so that hits have room. */
const MAX_VIA = 3;
/** Works outside the collection that are listed, and the part of the answer that they may take. */
const MAX_OUTSIDE = 20;
const OUTSIDE_SHARE = 0.25;

const Input = inputObject({
  ids: z
    .array(idInput)
    .min(1)
    .max(MAX_AGENT_EXPORT)
    .describe('Ids of one or more papers to begin with, as get_paper takes them.'),
  direction: z
    .enum(SNOWBALL_DIRECTIONS)
    .default('both')
    .describe('backward: the papers that they cite. forward: the papers that cite them.'),
  depth: z
    .number()
    .int()
    .min(1)
    .max(MAX_SNOWBALL_DEPTH)
    .default(1)
    .describe('How many links to follow: 2 also finds what the found papers cite or are cited by.'),
  ...pageInput,
  maxBytes: budgetInput,
});

const LinkedView = PaperView.extend({
  rank: z.number().int(),
  distance: z.number().int().describe('Links to the nearest of the given papers.'),
  links: z
    .number()
    .int()
    .describe('Links to papers at the distance before: to the given papers, when distance is 1.'),
  via: z
    .array(z.object({ id: z.string(), relation: z.enum(['cites', 'citedBy']) }))
    .describe(
      `At most ${MAX_VIA} of these links. cites: this paper cites the one with the id; citedBy: the reverse.`,
    ),
  citations: z.number().int().describe('How many papers of the collection cite it.'),
});

const Output = z.object({
  ...pageOutput,
  total: z.number().int().describe('Papers of the collection that the citations lead to.'),
  outside: z
    .array(z.object({ reference: z.string(), links: z.number().int() }))
    .describe(
      `At most ${MAX_OUTSIDE} works that the given papers cite and that are not in the collection, by identifiers, the most cited first; links: how many of the given papers cite it.`,
    ),
  hits: z.array(LinkedView),
});

/** Adds the tool `citations`: the papers that some papers cite, and those that cite them. */
export function addCitations(server: McpServer, service: Service): void {
  server.registerTool(
    'citations',
    {
      title: 'Follow citations',
      description: `Finds the papers of the collection that some papers cite, and those that cite them. Nearer papers come first, then those with more links to the papers before, then newer ones. Empty when the collection has no references. ${UNTRUSTED_TEXT}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ abstracts, maxBytes, ...request }) =>
      runTool(service, async (snapshot) => {
        const response = await snapshot.snowball(request);
        const wanted = ABSTRACT_LENGTH[abstracts];
        const outside = outsideWithin(response.outside, maxBytes * OUTSIDE_SHARE);
        const answer = withinBudget(
          { hits: response.hits.length, abstractLength: wanted, maxBytes },
          (shown, used) => {
            const page = pageOfViews(response, shown, { wanted, used }, linkedView);
            return { ...page, leftOut: [...page.leftOut, ...outside.leftOut], outside: outside.shown };
          },
        );
        return answerOf(answer, answer.hits);
      }),
  );
}

function linkedView({ rank, paper, distance, links, via, citations }: SnowballHit, abstractLength: number) {
  return {
    rank,
    distance,
    links,
    via: via.slice(0, MAX_VIA).map(({ id, relation }) => ({ id, relation })),
    citations,
    ...viewOf(paper, abstractLength),
  };
}

/** The first works that fit into a number of bytes, and a note about the others. */
function outsideWithin(works: readonly OutsideWork[], maxBytes: number) {
  const most = visibleTexts(works.slice(0, MAX_OUTSIDE).map((work) => ({ ...work })));
  let shown = most;
  while (shown.length > 0 && jsonBytes(shown) > maxBytes) shown = shown.slice(0, -1);
  const missing = works.length - shown.length;
  // The answer itself names at most so many.
  const atLeast = works.length === MAX_HITS ? 'at least ' : '';
  const note = `Works outside the collection that are not listed: ${atLeast}${missing}. The references of each paper are in its resource.`;
  return { shown, leftOut: missing === 0 ? [] : [note] };
}
