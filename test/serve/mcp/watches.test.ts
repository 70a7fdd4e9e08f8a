import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { expect, test } from 'vitest';
import { ANONYMOUS, type Caller, LOCAL_USER } from '../../../src/serve/access/access.ts';
import { createMcpServer } from '../../../src/serve/mcp/server.ts';
import { Watches } from '../../../src/watch/watches.ts';
import { callTool, newMcpClient } from '../../support/mcp-client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { World } from '../../watch/world.ts';

async function setUp(caller: Caller = LOCAL_USER) {
  const world = new World();
  world.ingest([{ id: 'old', title: 'old bees' }]);
  const watches = new Watches(await temporaryFolder());
  const engine = {
    acquire: async () => world.engine().snapshot,
    warmUp: async () => {},
    close: async () => {},
  };
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createMcpServer(engine, () => {}, caller, { watches }).connect(theirs);
  const client = newMcpClient();
  await client.connect(ours);
  // The client then checks answers against the schemas of the tools.
  await client.listTools();
  const call = (name: string, args: object = {}) => callTool(client, name, args);
  return { world, watches, call };
}

test('an agent adds a watch, and gets each new paper once', async () => {
  const { world, call } = await setUp();
  expect((await call('list_watches')).data).toEqual({ watches: [] });
  const { data } = await call('add_watch', { name: 'bees', query: 'bees' });
  expect(data).toMatchObject({ name: 'bees', question: 'bees', reported: 0 });
  world.ingest([{ id: 'new', title: 'new bees' }]);
  for (let i = 0; i < 2; i++) {
    const preview = await call('run_watch', { name: 'bees', preview: true });
    expect(preview.data).toMatchObject({
      isPreview: true,
      total: 1,
      papers: [{ id: 'new', level: 'strong' }],
    });
  }
  const run = await call('run_watch', { name: 'bees' });
  expect(run.data).toMatchObject({ isPreview: false, total: 1, papers: [{ id: 'new' }], missingIds: [] });
  expect(run.links).toEqual([{ uri: 'paper://new', name: 'new bees' }]);
  expect((await call('run_watch', { name: 'bees' })).data).toMatchObject({ total: 0, papers: [] });
  expect((await call('list_watches')).data.watches).toMatchObject([{ name: 'bees', reported: 1 }]);
});

test('names the papers that do not fit into an answer', async () => {
  const { world, call } = await setUp();
  await call('add_watch', { name: 'bees', query: 'bees' });
  world.ingest(Array.from({ length: 40 }, (_, i) => ({ id: `n${i}`, title: `bees ${i}` })));
  const { data } = await call('run_watch', { name: 'bees', maxBytes: 3000 });
  expect(data.total).toBe(40);
  expect(data.papers.length).toBeGreaterThan(0);
  expect([...data.papers.map(({ id }: { id: string }) => id), ...data.missingIds].sort()).toEqual(
    Array.from({ length: 40 }, (_, i) => `n${i}`).sort(),
  );
});

test('says where reports were delivered', async () => {
  const { world, watches, call } = await setUp();
  const folder = await temporaryFolder();
  await call('add_watch', { name: 'bees', query: 'bees' });
  const engine = world.engine();
  await watches.edit('bees', (before) => ({ ...before, delivery: { format: 'text', folder } }), { engine });
  world.ingest([{ id: 'new', title: 'new bees' }]);
  const { data } = await call('run_watch', { name: 'bees' });
  expect(data).toMatchObject({ total: 0, delivered: [expect.stringContaining(`1 → ${folder}`)], failed: [] });
});

test.each([
  ['list_watches', {}],
  ['add_watch', { name: 'bees', query: 'bees' }],
  ['run_watch', { name: 'bees' }],
])('%s needs a token with the scope review', async (tool, args) => {
  const recorded: unknown[] = [];
  const record = (entry: unknown) => recorded.push(entry);
  const anonymous = await setUp(ANONYMOUS);
  expect((await anonymous.call(tool, args)).text).toContain('UNAUTHORIZED');
  const adder = await setUp({ grant: { name: 'adder', scopes: ['add'] }, record });
  expect((await adder.call(tool, args)).text).toContain('FORBIDDEN');
  expect(await adder.watches.list()).toEqual([]);
  expect(recorded).toHaveLength(tool === 'list_watches' ? 0 : 1);
});

test.each([
  ['add_watch', { name: 'Bees!', query: 'bees' }, 'cannot be the name'],
  ['add_watch', { name: 'bees' }, 'asks for nothing'],
  ['run_watch', { name: 'wasps' }, 'no watch "wasps"'],
])('%s says what is wrong with %j', async (tool, args, problem) => {
  const { isError, text } = await (await setUp()).call(tool, args);
  expect(isError).toBe(true);
  expect(text).toContain(problem);
});
