import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { LinkedHit } from '../../../search/citations/api.ts';
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

/** Papers at the other end of links that are listed. */
const MAX_LINKED = 5;

const Linked = z.array(z.object({ id: z.string(), title: z.string(), year: z.number().int().optional() }));

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
  references: z
    .object({
      total: z.number().int().describe('Works that it cites, as far as known.'),
      inCollection: z.number().int().describe('How many of them are in the collection.'),
      first: Linked.describe(`At most ${MAX_LINKED} of those, the most cited first; citations returns all.`),
    })
    .describe('What the paper cites.'),
  citations: z
    .object({
      total: z.number().int().describe('Papers of the collection that cite it.'),
      first: Linked.describe(`At most ${MAX_LINKED} of them, the most cited first; citations returns all.`),
    })
    .describe('What cites the paper.'),
  leftOut: z.array(z.string()).describe('What was left out to keep the answer short, and how to get it.'),
});

/** Adds the tool `get_paper`: one paper with its full abstract. */
export function addGetPaper(server: McpServer, service: Service): void {
  server.registerTool(
    'get_paper',
    {
      title: 'Get a paper',
      description: `Returns one paper with its full abstract, all authors, identifiers and session, and the first papers that it cites and that cite it. ${UNTRUSTED_TEXT}`,
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
  const links = await linksOf(snapshot, paper.id);
  const counts = {
    references: { ...links.references, first: [] },
    citations: { ...links.citations, first: [] },
  };
  const resource = 'Read the resource at uri, or call again with a larger maxBytes.';
  const build = (length: number, withLists: boolean) => {
    const view = viewOf(paper, length);
    return {
      ...view,
      ...(withLists ? { ...lists, ...links } : { keywords: [], areas: [], ...counts }),
      ...facts,
      leftOut: [
        ...(withLists
          ? []
          : [`Keywords, areas, all authors and titles of citations did not fit. ${resource}`]),
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

/** The numbers of a paper's links, and the first papers at their other ends. */
async function linksOf(snapshot: Snapshot, id: string) {
  const request = { sort: 'citations', limit: MAX_LINKED } as const;
  const references = await snapshot.citations(id, { ...request, direction: 'references' });
  const citations = await snapshot.citations(id, { ...request, direction: 'citations' });
  return {
    references: {
      total: references.total + references.outside.length,
      inCollection: references.total,
      first: references.hits.map(linkedOf),
    },
    citations: { total: citations.total, first: citations.hits.map(linkedOf) },
  };
}

function linkedOf({ paper }: LinkedHit): z.infer<typeof Linked>[number] {
  const { id, title, year } = viewOf(paper, 0);
  return { id, title, ...(year !== undefined && { year }) };
}
