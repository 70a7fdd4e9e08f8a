import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli, startServer } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bees = (id: string) =>
  `${JSON.stringify({ id, title: `Honey bees ${id}`, abstract: 'Honey bees dance in their hive.' })}\n`;

/** An index with one paper, and commands for it. */
async function library() {
  const folder = await temporaryFolder();
  const index = join(folder, 'index');
  const watch = (...args: string[]) => runCli(['watch', ...args, '--index', index]);
  const ingest = (input: string, ...args: string[]) =>
    runCli(['ingest', '-', '--index', index, '--no-corpus-map', ...args], { input });
  expect((await ingest(bees('old'))).exitCode).toBe(0);
  return { folder, index, watch, ingest };
}

/** A webhook that answers with a status that can change. */
async function webhook() {
  const received: { body: string; signature: string; timestamp: string; delivery: string }[] = [];
  const state = { status: 404, received, url: '' };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const header = (name: string) => String(request.headers[`x-paper-search-${name}`]);
    const [signature, timestamp] = [header('signature'), header('timestamp')];
    received.push({ body, signature, timestamp, delivery: header('delivery') });
    response.writeHead(state.status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return state;
}

test('prints what is new after an ingest, once, and nothing otherwise', async () => {
  const { index, watch, ingest } = await library();
  expect((await watch('add', 'bees', '--query', 'honey bees')).exitCode).toBe(0);
  expect(await watch('run')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const ingested = await ingest(bees('new'), '--watches');
  expect(ingested.stdout).toContain('bees: 1 new paper (honey bees)\n\n1. Honey bees new\n');
  expect(await watch('run')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  await ingest(bees('newer'));
  const dry = await watch('run', '--dry-run', '--format', 'markdown');
  expect(dry.stdout).toContain('**Honey bees newer**');
  const { stdout } = await watch('run', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ watch: 'bees', papers: [{ id: 'newer', reason: 'new' }] });
  expect(JSON.parse((await watch('list', '--json')).stdout)).toMatchObject([{ name: 'bees', reported: 2 }]);
  expect((await watch('history', 'bees')).stdout).toContain('Honey bees newer');

  const wrong = [
    [['run', 'wasps'], 1, 'There is no watch "wasps"'],
    [['add', 'bees', '--query', 'x'], 2, 'already a watch'],
    [['add', 'x'], 2, 'asks for nothing'],
    [['run', '--query', 'x'], 2, '--query is only for "watch add" and "watch edit"'],
  ] as const;
  for (const [args, exitCode, message] of wrong) {
    expect(await watch(...args), args.join(' ')).toMatchObject({
      exitCode,
      stderr: expect.stringContaining(message),
    });
  }
  expect(await runCli(['watch', 'list', '--index', `${index}-typo`])).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('There is no index'),
  });
}, 180_000);

test('sends again what a webhook did not accept, and the other watches run', async () => {
  const { folder, watch, ingest } = await library();
  const hook = await webhook();
  const secret = join(folder, 'secret');
  await writeFile(secret, 'a secret of the receiver\n');
  const mail = join(folder, 'mail');
  await watch('add', 'hook', '--query', 'honey bees', '--post', hook.url, '--secret-file', secret);
  await watch(
    'add',
    'mail',
    '--query',
    'honey bees',
    '--format',
    'eml',
    '--out',
    mail,
    '--to',
    'me@example.org',
  );
  await ingest(bees('new'));
  const failed = await watch('run');
  expect(failed).toMatchObject({ exitCode: 5, stdout: '' });
  expect(failed.stderr).toContain(
    'did not accept the report: it answered with status 404. The next run sends it again.',
  );
  const [file] = await readdir(mail);
  expect(await readFile(join(mail, file!), 'utf8')).toContain('To: me@example.org\r\n');

  hook.status = 204;
  expect(await watch('run')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(await watch('run')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(hook.received).toHaveLength(2);
  expect(new Set(hook.received.map(({ delivery }) => delivery)).size).toBe(1);
  for (const { body, timestamp, signature } of hook.received) {
    const hmac = createHmac('sha256', 'a secret of the receiver')
      .update(`${timestamp}.${body}`)
      .digest('hex');
    expect(signature).toBe(`sha256=${hmac}`);
    expect(JSON.parse(body)).toMatchObject({ watch: 'hook', papers: [{ id: 'new' }] });
  }
}, 120_000);

test('a server delivers what is new after each change', async () => {
  const { folder, index, watch, ingest } = await library();
  const news = join(folder, 'news');
  await watch('add', 'bees', '--query', 'honey bees', '--out', news);
  const server = await startServer(['--index', index, '--run-watches']);
  onTestFinished(async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  });
  await ingest(bees('new'));
  await vi.waitFor(async () => expect(await readdir(news)).toHaveLength(1), {
    timeout: 20_000,
    interval: 100,
  });
});
