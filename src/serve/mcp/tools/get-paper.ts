import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { Snapshot } from '../../../search/engine.ts';
import { visibleTexts } from '../../../text/visible-text.ts';
import { jsonBytes } from '../budget.ts';
import { budgetInput, idInput } from '../inputs.ts';
import { STRANGERS } from '../instructions.ts';
import { PaperView, viewOf } from '../paper-view.ts';
import { answered, answerOf, READS_ONLY, type Service } from '../result.ts';

const Input = z.strictObject({
  id: idInput.describe(
    'Id of the paper, from a hit of search or related; or its DOI, arXiv id, PubMed id or the address of its page.',
  ),
  maxBytes: budgetInput,
});

const Output = z.object({
  ...PaperView.shape,
  allAuthors: z.array(z.string()).optional().describe('Every author, where the answer has room for them.'),
  keywords: z.array(z.string()),
  areas: z.array(z.string()),
  date: z.string().optional().describe('Day of publication, ISO 8601 or a part of it.'),
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
    .describe('When and where it is presented.'),
  leftOut: z.array(z.string()).describe('What was left out to keep the answer short, and how to get it.'),
});

/** Adds the tool `get_paper`: one paper with its whole abstract. */
export function addGetPaper(server: McpServer, service: Service): void {
  server.registerTool(
    'get_paper',
    {
      title: 'Get a paper',
      description: `Gives one paper: the whole abstract, all authors, identifiers, session. ${STRANGERS}`,
      inputSchema: Input,
      outputSchema: Output,
      annotations: READS_ONLY,
    },
    ({ id, maxBytes }) =>
      answered(service, async (snapshot) => {
        const answer = await paperWithin(snapshot, id, maxBytes);
        return answerOf(answer, [answer]);
      }),
  );
}

/** A paper as full as the budget allows: the lists go first, then the end of the abstract. */
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
  const resource = 'The resource of its uri has it whole; or call again with a larger maxBytes.';
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
  // Halved until it fits: a character takes up to six bytes of JSON, so that no length is right for every text.
  for (let length = maxBytes; length > 0; length = Math.floor(length / 2)) {
    const answer = build(length, false);
    if (jsonBytes(answer) <= maxBytes) return answer;
  }
  return build(0, false);
}
