import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAPER = JSON.stringify({ title: 'Quokka marsupials', abstract: 'Small and content.', year: 2025 });

test('tokens are created, used, recorded and revoked while a private server runs', async () => {
  const index = join(await temporaryFolder(), 'index');
  const token = (...args: string[]) => runCli(['token', ...args, '--index', index]);
  expect(await token('create', 'anna', '--scope', 'add')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('There is no index'),
  });
  expect((await runCli(['ingest', 'data', '--index', index])).exitCode).toBe(0);

  const server = await startServer(['--index', index, '--private']);
  onTestFinished(async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  });
  const send = async (method: string, path: string, given: string, body?: string) => {
    const headers = { Authorization: `Bearer ${given}` };
    const response = await fetch(server.url + path, { method, headers, body: body ?? null });
    await response.text();
    return response.status;
  };
  const search = '/v1/search?q=quokka&mode=keyword';
  expect(await send('GET', search, 'none')).toBe(403);

  const created = await token('create', 'anna', '--scope', 'add');
  expect(created).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^pst_[\w-]{43}\n$/) });
  const [anna, reader] = [
    created.stdout.trim(),
    (await token('create', 'bert', '--scope', 'read')).stdout.trim(),
  ];
  expect(await send('GET', search, 'none')).toBe(401);
  expect(await send('GET', search, anna)).toBe(403);
  expect(await send('GET', search, reader)).toBe(200);
  expect(await send('POST', '/v1/papers', reader, PAPER)).toBe(403);
  expect(await send('POST', '/v1/papers', anna, PAPER)).toBe(200);

  expect((await token('revoke', 'anna')).exitCode).toBe(0);
  expect(await send('POST', '/v1/papers', anna, PAPER)).toBe(401);
  const list = await token('list', '--json');
  expect(list.stdout).not.toMatch(/pst_|digest/);
  expect(JSON.parse(list.stdout)).toMatchObject([
    { name: 'anna', scopes: ['add'], state: 'revoked' },
    { name: 'bert', scopes: ['read'], state: 'valid' },
  ]);

  const months = join(index, 'kept', 'audit');
  const recorded = await vi.waitFor(async () => {
    const [month] = await readdir(months);
    const text = await readFile(join(months, month!), 'utf8');
    expect(text).not.toMatch(/pst_|Quokka/i);
    const lines = text.trim().split('\n');
    expect(lines).toHaveLength(2);
    return lines.map((line) => JSON.parse(line.slice(9)).value);
  });
  expect(recorded).toMatchObject([
    { by: 'bert', operation: 'addPapers', status: 403 },
    { by: 'anna', operation: 'addPapers', status: 200, papers: 1 },
  ]);
});

test.each([
  [['create', 'anna'], '--scope'],
  [['create', '--scope', 'add'], 'needs the name'],
  [['create', 'anna', '--scope', 'write'], 'Allowed choices'],
  [['create', 'anna', '--scope', 'add', '--expires', '2027-02-31'], 'Expected a day'],
  [['list', '--scope', 'add'], 'only for "token create"'],
  [['list', 'anna'], 'takes no name'],
])('token %j is refused with a reason', async (args, reason) => {
  expect(await runCli(['token', ...args])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(reason),
  });
});
