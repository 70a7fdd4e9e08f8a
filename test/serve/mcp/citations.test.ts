import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { callTool, mcpClientOf } from '../../support/mcp-client.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const ABSTRACT = 'Worms move the soil. Rain moves the worms. '.repeat(40).trim();
const LOST = Array.from({ length: 30 }, (_, n) => `doi:10.1000/lost-${n}`);
const papers = [
  paperOf({ id: 'old', title: 'Old\u202e worms', year: 1990, abstract: ABSTRACT }),
  paperOf({ id: 'middle', title: 'Middle worms', year: 2000, references: ['old', 'doi:10.1000/lost-7'] }),
  paperOf({ id: 'new', title: 'New worms', year: 2010, references: ['middle', 'old', ...LOST] }),
  paperOf({ id: 'alone', title: 'A lone worm', year: 2011 }),
  ...Array.from({ length: 12 }, (_, n) =>
    paperOf({
      id: `later-${n}`,
      title: `Later worms ${n}`,
      year: 2020,
      abstract: ABSTRACT,
      references: ['new'],
    }),
  ),
];

let client: Client;
beforeAll(async () => {
  const { snapshot } = await snapshotOver(papers);
  client = await mcpClientOf(snapshot);
  // From now on, the client checks every answer against the schema of its tool.
  await client.listTools();
});

const idsOf = (hits: readonly { id: string }[]) => hits.map(({ id }) => id);

describe('citations', () => {
  test('returns the papers that a paper cites, with a link for each, and works of elsewhere', async () => {
    const { data, links } = await callTool(client, 'citations', { ids: 'middle', direction: 'backward' });
    expect(data).toMatchObject({
      total: 1,
      offset: 0,
      outside: [{ reference: 'doi:10.1000/lost-7', links: 1 }],
      hits: [
        {
          rank: 1,
          id: 'old',
          title: 'Old\ufffd worms',
          distance: 1,
          links: 1,
          via: [{ id: 'middle', relation: 'citedBy' }],
          citations: 2,
        },
      ],
    });
    expect(links).toEqual([{ uri: 'paper://old', name: 'Old\ufffd worms' }]);
  });

  test('follows links in both directions and over several steps', async () => {
    const one = await callTool(client, 'citations', { ids: ['middle'] });
    expect(idsOf(one.data.hits)).toEqual(['new', 'old']);
    const two = await callTool(client, 'citations', {
      ids: ['old'],
      direction: 'forward',
      depth: 2,
      limit: 50,
    });
    expect(two.data.total).toBe(14);
    expect(two.data.hits[2]).toMatchObject({ distance: 2, via: [{ id: 'new', relation: 'cites' }] });
  });

  test('lists the works that most of the papers cite first, and says how many it left out', async () => {
    const { data } = await callTool(client, 'citations', { ids: ['middle', 'new'], direction: 'backward' });
    expect(data.outside).toHaveLength(20);
    expect(data.outside[0]).toEqual({ reference: 'doi:10.1000/lost-7', links: 2 });
    expect(data.leftOut).toContainEqual(
      expect.stringContaining('Works outside the collection that are not listed: 10'),
    );
  });

  test('stays within its size; paging returns the rest', async () => {
    const seen: string[] = [];
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const { data, text }: Awaited<ReturnType<typeof callTool>> = await callTool(client, 'citations', {
        ids: ['new'],
        limit: 50,
        maxBytes: 2000,
        offset,
      });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
      expect(data.hits.length).toBeGreaterThan(0);
      seen.push(...idsOf(data.hits));
      offset = data.nextOffset;
    }
    expect(new Set(seen).size).toBe(14);
    expect(seen).toHaveLength(14);
  });

  test('is empty for a paper without links', async () => {
    const { data } = await callTool(client, 'citations', { ids: ['alone'] });
    expect(data).toEqual({ total: 0, offset: 0, leftOut: [], outside: [], hits: [] });
  });

  test.each([
    [{ ids: ['nobody'] }, /^NOT_FOUND: .*nobody/],
    [{ ids: [] }, /ids/],
    [{ ids: ['old'], depth: 6 }, /depth/],
    [{ ids: ['old'], direction: 'up' }, /backward/],
  ])('refuses %j', async (args, message) => {
    const { isError, text } = await callTool(client, 'citations', args);
    expect([isError, text]).toEqual([true, expect.stringMatching(message)]);
  });
});

describe('get_paper', () => {
  test('counts references and citations, and names the most cited ones', async () => {
    const { data } = await callTool(client, 'get_paper', { id: 'new' });
    expect(data.references).toEqual({
      total: 32,
      inCollection: 2,
      first: [
        { id: 'old', title: 'Old\ufffd worms', year: 1990 },
        { id: 'middle', title: 'Middle worms', year: 2000 },
      ],
    });
    expect(data.citations.total).toBe(12);
    expect(data.citations.first).toHaveLength(5);
  });

  test('counts them where their titles do not fit', async () => {
    const { data, text } = await callTool(client, 'get_paper', { id: 'old', maxBytes: 2000 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2000);
    expect(data).toMatchObject({ citations: { total: 2, first: [] }, references: { total: 0, first: [] } });
    expect(data.leftOut.join()).toContain('titles of citations');
  });
});

test('related says how citations link a paper to its nearest seed', async () => {
  const { data } = await callTool(client, 'related', { positive: ['old'], limit: 50 });
  const linksOf = (id: string) => data.hits.find((hit: { id: string }) => hit.id === id).links;
  expect(linksOf('middle')).toEqual(['cites it', 'cited together by 1 paper']);
  expect(linksOf('alone')).toBeUndefined();
});

test('describe_corpus says how many papers have links, and names the conditions on them', async () => {
  const { data } = await callTool(client, 'describe_corpus');
  expect(data.citations).toEqual({ citing: 14, cited: 3 });
  for (const name of ['cites:', 'citations:', 'references:']) {
    expect(data.querySyntax).toContainEqual(expect.stringMatching(new RegExp(`^${name} `)));
  }
});
