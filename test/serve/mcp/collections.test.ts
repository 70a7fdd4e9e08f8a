import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect, test } from 'vitest';
import { Collections } from '../../../src/collections/collections.ts';
import { CollectionStore } from '../../../src/collections/store.ts';
import { ANONYMOUS, type Caller } from '../../../src/serve/access/access.ts';
import { createMcpServer } from '../../../src/serve/mcp/server.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { callTool, newMcpClient } from '../../support/mcp-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function opened(caller: Caller) {
  const collections = new Collections(new CollectionStore(await temporaryFolder()));
  const { id } = await collections.store.create({ name: 'My reading' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createMcpServer(new FakeEngine(new FakeSnapshot()), () => {}, caller, { collections }).connect(
    theirs,
  );
  const client = newMcpClient();
  await client.connect(ours);
  await client.listTools();
  return { collections, id, client };
}

test('an agent lists and reads collections, and adds papers under its name', async () => {
  const recorded: unknown[] = [];
  const { client, id, collections } = await opened({
    grant: { name: 'ada', scopes: ['review'] },
    record: (entry) => recorded.push(entry),
  });
  const args = { collection: id, ids: ['a', 'c'], note: 'Found for you', tags: ['new'] };
  expect((await callTool(client, 'add_to_collection', args)).data).toEqual({
    added: 2,
    present: 0,
    papers: 2,
  });
  expect((await callTool(client, 'add_to_collection', { ...args, ids: ['a'] })).data).toMatchObject({
    present: 1,
  });
  expect((await callTool(client, 'list_collections')).data.collections).toMatchObject([
    { id, name: 'My reading', papers: 2, tags: ['new'] },
  ]);
  const { data, links } = await callTool(client, 'get_collection', { collection: id, limit: 1 });
  expect(data).toMatchObject({
    total: 2,
    papers: [{ paper: { id: 'a' }, note: 'Found for you', tags: ['new'] }],
  });
  expect(links).toHaveLength(1);
  const { entries } = await collections.store.get(id);
  expect(entries.map(({ addedBy }) => addedBy)).toEqual(['test for ada', 'test for ada']);
  // Reading is not recorded.
  expect(recorded).toMatchObject([
    { operation: 'add_to_collection', status: 200, papers: 2 },
    { operation: 'add_to_collection', status: 200, papers: 0 },
  ]);
});

test('a long collection is cut, and the answer says how to go on', async () => {
  const { client, id, collections } = await opened({
    grant: { name: 'ada', scopes: ['admin'] },
    record: () => {},
  });
  await callTool(client, 'add_to_collection', { collection: id, ids: ['a', 'c'], note: 'x'.repeat(1200) });
  const { data } = await callTool(client, 'get_collection', { collection: id, maxBytes: 2000 });
  expect(data).toMatchObject({ total: 2, leftOut: ['Papers that did not fit: 1. Continue with offset 1.'] });
  expect((await collections.store.get(id)).entries).toHaveLength(2);
});

test('callers without the scope read and change nothing', async () => {
  for (const caller of [
    ANONYMOUS,
    { grant: { name: 'x', scopes: ['read', 'add'] as const }, record: () => {} },
  ]) {
    const { client, id, collections } = await opened(caller);
    const calls = [
      callTool(client, 'list_collections'),
      callTool(client, 'get_collection', { collection: id }),
      callTool(client, 'add_to_collection', { collection: id, ids: ['a'] }),
    ];
    for (const answer of await Promise.all(calls)) {
      expect(answer).toMatchObject({ isError: true, text: expect.stringContaining('review') });
    }
    expect((await collections.store.get(id)).entries).toEqual([]);
  }
});
