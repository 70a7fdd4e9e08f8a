import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { callTool, newMcpClient } from '../support/mcp-client.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
let folder = '';
let index = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-mcp-'));
  index = join(folder, 'index');
  const { exitCode, stderr } = await runCli(['ingest', 'data', '--index', index]);
  expect(exitCode, stderr).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("serves a session of the SDK's client over standard input and output", async () => {
  const client = newMcpClient();
  const errors: Error[] = [];
  client.onerror = (error) => errors.push(error);
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [MAIN, 'mcp', '--index', index] }),
  );
  await client.listTools();
  const { data: corpus } = await callTool(client, 'describe_corpus');
  expect(corpus).toMatchObject({ papers: 6, years: { first: 2025, last: 2025 } });
  const { data: found } = await callTool(client, 'search', { query: 'papers about self-improvement' });
  expect(found).toMatchObject({ confidence: 'strong', verdict: 'strong' });
  const [{ id, title, uri }] = found.hits;
  expect((await callTool(client, 'get_paper', { id })).data.title).toBe(title);
  expect((await client.readResource({ uri })).contents).toHaveLength(1);
  const { data: related } = await callTool(client, 'related', { positive: [id], limit: 2 });
  expect(related.hits).toHaveLength(2);
  await client.close();
  // A line on standard output that is not a message would have caused one.
  expect(errors).toEqual([]);
});

test('ends with its input, and writes only messages', async () => {
  const { exitCode, stdout, stderr } = await runCli(['mcp', '--index', index]);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('says what to do without an index', async () => {
  const { exitCode, stdout, stderr } = await runCli(['mcp', '--index', join(folder, 'none')]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('ingest');
});
