import { expect, test } from 'vitest';
import { callTool, mcpClientOf } from '../../support/mcp-client.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({ id: 'a', title: 'Gardens in spring', venue: 'Flora', year: 2020 }),
  paperOf({ id: 'b', title: 'Gardens in autumn', venue: 'Terra', year: 2021 }),
]);
const client = await mcpClientOf(snapshot);

test.each([
  ['search', { query: 'gardens', mode: 'keyword', limit: '1', offset: null, filters: null, facets: 'venue' }],
  [
    'search',
    { query: 'gardens', mode: 'keyword', limit: 1, filters: { venue: 'Flora', year: 2020, author: null } },
  ],
  ['related', { positive: 'a', negative: null, mode: 'keyword', limit: '1', text: null }],
])('%s takes what models write: %j', async (tool, input) => {
  const { isError, data } = await callTool(client, tool, input);
  expect(isError).toBeFalsy();
  expect(data.hits).toHaveLength(1);
});

test('export and get_paper take it, too', async () => {
  expect((await callTool(client, 'export', { ids: 'a', format: null, maxBytes: '5000' })).data.exported).toBe(
    1,
  );
  expect((await callTool(client, 'get_paper', { id: 'b', maxBytes: null })).data.title).toContain('autumn');
  expect((await callTool(client, 'describe_corpus', {})).isError).toBeFalsy();
});

test('clients see the plain schema', async () => {
  const { tools } = await client.listTools();
  const properties = Object.fromEntries(tools.map(({ name, inputSchema }) => [name, inputSchema]));
  expect(properties.search!.properties).toMatchObject({
    limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
    filters: { type: 'object', properties: { venue: { type: 'array' } } },
  });
  expect(properties.get_paper!.required).toEqual(['id']);
  expect(properties.export!.required).toEqual(['ids']);
});
