import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { callTool, newMcpClient } from '../../support/mcp-client.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const server = createServer(createApp({ engine: new FakeEngine(new FakeSnapshot()) }));
let url = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
});
afterAll(() => server.close());

const HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const post = (headers: Record<string, string> = {}, body: string = LIST) =>
  validatedFetch(url, { method: 'POST', headers: { ...HEADERS, ...headers }, body });

test("the SDK's client works over HTTP", async () => {
  const client = newMcpClient();
  await client.connect(new StreamableHTTPClientTransport(new URL(url)) as Transport);
  await client.listTools();
  const { data } = await callTool(client, 'search', { query: 'dogs', limit: 2 });
  expect(data.hits.map(({ title }: { title: string }) => title)).toEqual(['First', 'Second']);
  const { contents } = await client.readResource({ uri: data.hits[1].uri });
  expect(contents[0]).toMatchObject({ uri: 'paper://doi%3A10.1%2Fx%20y' });
  await client.close();
});

test('answers in JSON, without a session', async () => {
  const response = await post();
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toMatch(/^application\/json/);
  expect(response.headers.get('Mcp-Session-Id')).toBeNull();
  expect(await response.json()).toMatchObject({ id: 1, result: { tools: expect.any(Array) } });
});

test.each([
  ['http://localhost:6274', 200],
  ['http://127.0.0.1:3000', 200],
  ['http://[::1]:3000', 200],
  ['https://evil.example', 403],
  ['http://localhost.evil.example', 403],
  ['http://127.0.0.1.evil.example', 403],
  ['null', 403],
])('answers a page of %s with %i', async (origin, status) => {
  expect((await post({ Origin: origin })).status).toBe(status);
});

test.each([
  ['text that is no JSON', {}, '{', 400],
  ['a message that is none', {}, '{"a":1}', 400],
  ['too much', {}, JSON.stringify({ x: 'y'.repeat(300_000) }), 413],
  ['another type', { 'Content-Type': 'text/plain' }, LIST, 415],
  ['no type of answer', { Accept: 'text/html' }, LIST, 406],
])('%s is refused', async (_name, headers, body, status) => {
  expect((await post(headers, body)).status).toBe(status);
});

test.each(['GET', 'DELETE'])('%s is not served: there are no sessions', async (method) => {
  const response = await fetch(url, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('Allow')).toBe('POST');
});
