import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { Snapshot } from '../../src/search/engine.ts';
import { createMcpServer } from '../../src/serve/mcp/server.ts';
import { FakeEngine } from './fake-engine.ts';

/** A minimal client of the protocol. */
export function newMcpClient(): Client {
  return new Client({ name: 'test', version: '1' });
}

/** A client and a server over a snapshot, connected in this process. */
export async function mcpClientOf(snapshot: Snapshot, log: (error: unknown) => void = () => {}) {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createMcpServer(new FakeEngine(snapshot), log).connect(theirs);
  const client = newMcpClient();
  await client.connect(ours);
  return client;
}

/** The answer of a tool. */
export interface ToolAnswer {
  readonly isError: boolean;
  /** The first text. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any field of it.
  readonly data: any;
  readonly links: readonly { readonly uri: string; readonly name: string }[];
}

/** Calls a tool. The SDK's client checks the answer against the tool's schema when it has listed the tools. */
export async function callTool(client: Client, name: string, args: object = {}): Promise<ToolAnswer> {
  const result = await client.callTool({ name, arguments: { ...args } });
  const content = result.content as { type: string; text: string; uri: string; name: string }[];
  return {
    isError: result.isError === true,
    text: content.find(({ type }) => type === 'text')?.text ?? '',
    data: result.structuredContent,
    links: content.filter(({ type }) => type === 'resource_link').map(({ uri, name }) => ({ uri, name })),
  };
}
