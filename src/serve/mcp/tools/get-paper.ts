import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { Snapshot } from '../../../search/engine.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { jsonBytes } from '../budget.ts';
import { budgetInput, idInput } from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { PaperView, viewOf } from '../paper-view.ts';
import { answerOf, READS_ONLY, runTool, type Service } from '../result.ts';

const Input = inputObject({
  id: idInput.describe(
    'Id of the paper, from a hit of search or related; or its DOI, arXiv id, PubMed id or the address of its page.',
  ),
  maxBytes: budgetInput,
});

const Output = z.object({
  ...PaperView.shape,
  allAuthors: z.array(z.string()).optional().describe('All authors, if they fit into the answer.'),
  keywords: z.array(z.string()),
  areas: z.array(z.string()),
  date: z.string().optional().describe('Date of publication: ISO 8601, or the year or month of it.'),
  externalIds: z
    .record(z.string(), z.string())
    .describe('Identifiers by kind: doi, arxiv, openreview, acl, s2.'),
  session: z
    .object({
      name: z.string().optional(),
      hall: z.string().optional(),
      start: z.string().optional(),
      end: z.string().optional(),
    })
    .optional()
    .describe('When and where the paper is presented.'),
  leftOut: z.array(z.string()).describe('What was left out to keep the answer short, and how to get it.'),
});

/** Adds the tool `get_paper`: one paper with its full abstract. */
export function addGetPaper(server: McpServer, service: Service): void {
  server.registerTool(
    'get_paper',
    {
      title: 'Get a paper',
      description: `Returns one paper with its full abstract, all authors, identifiers and session. ${UNTRUSTED_TEXT}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ id, maxBytes }) =>
      runTool(service, async (snapshot) => {
        const answer = await paperWithin(snapshot, id, maxBytes);
        return answerOf(answer, [answer]);
      }),
  );
}

/** The most complete view of a paper within the budget: lists are left out first, then the abstract is shortened. */
async function paperWithin(snapshot: Snapshot, id: string, maxBytes: number) {
  const paper = await snapshot.paper(id);
  const { keywords, categories, date, externalIds, session } = paper;
  const given = Object.entries(externalIds).filter(([, value]) => value !== undefined);
  const facts = visibleTexts({
    ...(date !== undefined && { date }),
    externalIds: Object.fromEntries(given) as Record<string, string>,
    ...(session && { session }),
  });
  const lists = visibleTexts({
    keywords: [...keywords],
    areas: [...categories],
    allAuthors: [...paper.authors],
  });
  const resource = 'Read the resource at uri, or call again with a larger maxBytes.';
  const build = (length: number, withLists: boolean) => {
    const view = viewOf(paper, length);
    return {
      ...view,
      ...(withLists ? lists : { keywords: [], areas: [] }),
      ...facts,
      leftOut: [
        ...(withLists ? [] : [`Keywords, areas and all authors did not fit. ${resource}`]),
        ...(view.abstractCut ? [`The end of the abstract did not fit. ${resource}`] : []),
      ],
    };
  };
  const whole = build(Number.MAX_SAFE_INTEGER, true);
  if (jsonBytes(whole) <= maxBytes) return whole;
  // Halved until it fits: a character can take up to six bytes of JSON, so no fixed length is right for every text.
  for (let length = maxBytes; length > 0; length = Math.floor(length / 2)) {
    const answer = build(length, false);
    if (jsonBytes(answer) <= maxBytes) return answer;
  }
  return build(0, false);
}
