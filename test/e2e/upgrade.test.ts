import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const INDEXES = fileURLToPath(new URL('../ingest/fixtures/indexes', import.meta.url));

async function copyOf(name: string): Promise<string> {
  const index = join(await temporaryFolder(), 'index');
  await cp(join(INDEXES, name), index, { recursive: true });
  return index;
}

test('a server upgrades an index of the first format and serves it', async () => {
  const index = await copyOf('format-1');
  const server = await startServer(['--index', index]);
  onTestFinished(async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  });
  const response = await fetch(`${server.url}/v1/search?q=lakes&mode=keyword`);
  expect(await response.json()).toMatchObject({ hits: [{ paper: { id: 'doi:10.1000/lakes' } }] });
});

test('the command line says what to run, and that works', async () => {
  const index = await copyOf('format-2');
  const search = () => runCli(['search', 'lakes', '--mode', 'keyword', '--index', index, '--json']);
  const refused = await search();
  expect(refused).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('paper-search upgrade') });
  expect(await runCli(['upgrade', '--index', index])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/is upgraded: 4 papers, 0 texts encoded\. Snapshot [0-9a-f]{16}\.\n/),
  });
  expect((await search()).exitCode).toBe(0);
  expect((await runCli(['upgrade', '--index', index])).stdout).toContain('is up to date');
});
