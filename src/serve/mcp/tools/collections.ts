import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { READ_STATES, SEED_ROLES } from '../../../collections/collection.ts';
import type { Collections } from '../../../collections/collections.ts';
import type { ResolvedEntry } from '../../../collections/resolve.ts';
import { selectEntries, summaryOf } from '../../../collections/view.ts';
import { MAX_AGENT_HITS, MAX_NOTE, MAX_OFFSET, MAX_TAG, MAX_TAGS } from '../../../limits.ts';
import { withSnapshot } from '../../../search/engine.ts';
import { visibleText } from '../../../text/visible-text.ts';
import { jsonBytes } from '../budget.ts';
import { budgetInput, idInput } from '../inputs.ts';
import { UNTRUSTED_TEXT } from '../instructions.ts';
import { inputObject } from '../lenient.ts';
import { PaperView, viewOf } from '../paper-view.ts';
import { answerOf, READS_ONLY, runChange, type Service } from '../result.ts';

const count = z.number().int();
const collectionInput = z.string().min(1).describe('Id of the collection, from list_collections.');
const tags = z.array(z.string().min(1).max(MAX_TAG)).max(MAX_TAGS);

const Listed = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  papers: count,
  tags: z.array(z.string()).describe('The most frequent first, at most 20.'),
  changedAt: z.string(),
});

const Entry = z.object({
  paper: PaperView,
  inIndex: z.boolean().describe('false: the paper was removed from the index.'),
  note: z.string(),
  tags: z.array(z.string()),
  state: z.enum(READ_STATES),
  rating: count.optional(),
  role: z.enum(SEED_ROLES).describe('for or against: a seed of the search for related papers.'),
});

/** Adds the tools of collections: list, read and add. Callers need the scope `review`. */
export function addCollections(server: McpServer, service: Service): void {
  const { collections } = service;
  if (!collections) return;
  addList(server, service, collections);
  addRead(server, service, collections);
  addAdd(server, service, collections);
}

function addList(server: McpServer, service: Service, { store }: Collections): void {
  server.registerTool(
    'list_collections',
    {
      title: 'List collections',
      description: `Returns the collections of papers that readers keep with notes. ${UNTRUSTED_TEXT}`,
      inputSchema: inputObject({}),
      outputSchema: z.object({ collections: z.array(Listed) }),
      annotations: READS_ONLY,
    },
    () =>
      runChange(service, { scope: 'review', tool: 'list_collections', isReading: true }, async () => {
        const list = (await store.list()).map((each) => summaryOf(each));
        return answerOf({
          collections: list.map(({ id, name, description, papers, tags: found, changedAt }) => ({
            id,
            name: visibleText(name),
            description: visibleText(description),
            papers,
            tags: found.slice(0, 20).map(({ tag }) => visibleText(tag)),
            changedAt,
          })),
        });
      }),
  );
}

function addRead(server: McpServer, service: Service, collections: Collections): void {
  server.registerTool(
    'get_collection',
    {
      title: 'Read a collection',
      description: `Returns the papers of a collection with notes, tags, read states and ratings. Notes are written by readers. ${UNTRUSTED_TEXT}`,
      inputSchema: inputObject({
        collection: collectionInput,
        tags: tags.optional().describe('Only papers with all of these tags.'),
        state: z.enum(READ_STATES).optional().describe('Only papers with this read state.'),
        limit: count.min(1).max(MAX_AGENT_HITS).default(20).describe('Maximum number of papers.'),
        offset: count.min(0).max(MAX_OFFSET).default(0).describe('Papers to skip, for the next page.'),
        maxBytes: budgetInput,
      }),
      outputSchema: z.object({
        name: z.string(),
        description: z.string(),
        total: count.describe('Papers that match.'),
        offset: count,
        papers: z.array(Entry),
        leftOut: z.array(z.string()).describe('What was left out to keep the answer short.'),
      }),
      annotations: READS_ONLY,
    },
    ({ collection: id, tags: wanted, state, limit, offset, maxBytes }) =>
      runChange(service, { scope: 'review', tool: 'get_collection', isReading: true }, () =>
        withSnapshot(service.engine, async (snapshot) => {
          const { collection, entries } = await collections.read(id, snapshot);
          const found = selectEntries(entries, { tags: wanted, state });
          const page = found.slice(offset, offset + limit).map(entryOf);
          const build = (shown: number) => ({
            name: visibleText(collection.name),
            description: visibleText(collection.description),
            total: found.length,
            offset,
            papers: page.slice(0, shown),
            leftOut:
              shown === page.length
                ? []
                : [
                    shown === 0
                      ? 'No paper fits into maxBytes. Call again with a larger maxBytes.'
                      : `Papers that did not fit: ${page.length - shown}. Continue with offset ${offset + shown}.`,
                  ],
          });
          let shown = page.length;
          while (shown > 0 && jsonBytes(build(shown)) > maxBytes) shown--;
          const answer = build(shown);
          return answerOf(
            answer,
            answer.papers.filter(({ inIndex }) => inIndex).map(({ paper }) => paper),
          );
        }),
      ),
  );
}

function addAdd(server: McpServer, service: Service, collections: Collections): void {
  server.registerTool(
    'add_to_collection',
    {
      title: 'Add papers to a collection',
      description:
        'Adds papers to a collection, with a note that says why. A paper that is in it keeps its note, and yours is added. The change is recorded under your name; readers can undo it.',
      inputSchema: inputObject({
        collection: collectionInput,
        ids: z.array(idInput).min(1).max(MAX_AGENT_HITS).describe('Ids of the papers.'),
        note: z.string().max(MAX_NOTE).default('').describe('Why they belong there; for all of them.'),
        tags: tags.default([]),
      }),
      outputSchema: z.object({
        added: count,
        present: count.describe('Papers that were in the collection already.'),
        papers: count.describe('Papers in the collection now.'),
      }),
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    ({ collection: id, ids, note, tags: added }) =>
      runChange(service, { scope: 'review', tool: 'add_to_collection' }, (change) =>
        withSnapshot(service.engine, async (snapshot) => {
          const agent = server.server.getClientVersion()?.name ?? 'agent';
          const papers = ids.map((each) => ({ id: each, note, tags: added }));
          const by = `${agent} for ${change.by}`;
          const { collection, ...counts } = await collections.add(id, papers, snapshot, { by });
          change.papers = counts.added;
          const { added: count, present } = counts;
          return answerOf({ added: count, present, papers: collection.entries.length });
        }),
      ),
  );
}

function entryOf({
  paper,
  inIndex,
  note,
  tags: given,
  state,
  rating,
  role,
}: ResolvedEntry): z.infer<typeof Entry> {
  return {
    paper: viewOf(paper, 0),
    inIndex,
    note: visibleText(note),
    tags: given.map((tag) => visibleText(tag)),
    state,
    ...(rating !== undefined && { rating }),
    role,
  };
}
