import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clusterState } from '../../src/cli/doctor/cluster-state.ts';
import { indexChecks } from '../../src/cli/doctor/index-state.ts';
import { MIN_NODE, machineChecks } from '../../src/cli/doctor/machine.ts';
import { portCheck } from '../../src/cli/doctor/port.ts';
import { runtimeCheck } from '../../src/cli/doctor/runtime.ts';
import { configCheck, tokenCheck } from '../../src/cli/doctor/settings.ts';
import { isBeingWritten, lockForIngest } from '../../src/indexes/store/ingest-lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.each([
  ['20.19.0', 'ok'],
  ['22.0.0', 'ok'],
  ['20.18.9', 'problem'],
  ['18.20.0', 'problem'],
])('node %s: %s', (version, status) => {
  expect(machineChecks(version).find(({ name }) => name === 'node')).toMatchObject({
    status,
    found: version,
  });
});

test('the lowest supported version of Node is that of package.json', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(engines.node).toBe(`>=${MIN_NODE.join('.')}`);
});

test('says what to run if there is no index', async () => {
  const checks = await indexChecks(join(await temporaryFolder(), 'none'));
  expect(checks).toMatchObject([
    { name: 'index', status: 'problem', advice: expect.stringContaining('paper-search ingest') },
    { name: 'lock', status: 'ok' },
  ]);
});

test('names the process that holds the lock', async () => {
  const index = await temporaryFolder();
  expect(await isBeingWritten(index)).toBe(false);
  const release = await lockForIngest(index, { onWait: () => {}, onLost: () => {} });
  const [, lock] = await indexChecks(index);
  expect(lock).toMatchObject({ name: 'lock', status: 'warning' });
  expect(lock!.found).toContain(`process ${process.pid} on `);
  await release();
  expect(await isBeingWritten(index)).toBe(false);
  expect((await indexChecks(index)).at(-1)).toMatchObject({ name: 'lock', status: 'ok' });
});

test('distinguishes a free port from one of another program and one of paper-search', async () => {
  let body = '{"status":"ok"}';
  const server = createServer((_request, response) => response.end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await portCheck('127.0.0.1', port)).toMatchObject({ status: 'warning' });
  body = '{"status":"ok","snapshot":"s","papers":7}';
  expect(await portCheck('127.0.0.1', port)).toMatchObject({
    status: 'ok',
    found: expect.stringContaining('serves 7 papers'),
  });
  expect(await portCheck('127.0.0.1', 0)).toMatchObject({ status: 'ok' });
  expect(await portCheck('192.0.2.1', port)).toMatchObject({ status: 'warning' });
});

test('reports mistakes in the configuration', () => {
  const mistakes = [{ place: 'file: limit', problem: 'Expected more.' }];
  const check = configCheck({ values: [], files: [], mistakes });
  expect(check).toMatchObject({ status: 'problem', found: 'file: limit: Expected more.' });
});

test('reports whether there is a token without showing it', async () => {
  const file = join(await temporaryFolder(), 'token');
  await writeFile(file, 'secret-word\n');
  const check = await tokenCheck(file, undefined);
  expect(check.status).toBe('ok');
  expect(JSON.stringify(check)).not.toContain('secret-word');
  await truncate(file);
  expect(await tokenCheck(file, undefined)).toMatchObject({ status: 'problem' });
  expect(await tokenCheck(undefined, undefined)).toMatchObject({ status: 'ok' });
});

test('loads the native code that runs models', async () => {
  expect(await runtimeCheck()).toMatchObject({ name: 'runtime', status: 'ok' });
});

test.each([
  [
    'a binary that is missing',
    'require("./bin/none/binding.node");',
    'cannot be loaded on',
    'Its binary for this platform is missing.',
  ],
  [
    'a binary that is damaged',
    'require("./damaged.node");',
    'damaged.node',
    'Its binary was built for another system, is damaged',
  ],
  ['a file that fails', 'throw new Error("out of order");', 'out of order', 'Run "npm ci"'],
])('says what to do about %s', async (_, script, found, advice) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'damaged.node'), 'not a library');
  await writeFile(join(folder, 'index.cjs'), script);
  const check = await runtimeCheck(join(folder, 'index.cjs'));
  expect(check).toMatchObject({ name: 'runtime', status: 'problem' });
  expect(check.found).toContain(found);
  expect(check.found).not.toContain('\n');
  expect(check.advice).toContain(advice);
  expect(check.advice).toContain('--mode keyword');
});

test('says what to do if the package is not installed', async () => {
  const check = await runtimeCheck(join(await temporaryFolder(), 'none.cjs'));
  expect(check.advice).toContain('It is not installed: run "npm ci".');
});

test('says that a cluster cannot be reached, and names its node', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  const place = { nodes: [`http://127.0.0.1:${port}`], corpus: 'papers' };
  const { checks, model } = await clusterState('kept', place);
  expect(checks).toMatchObject([
    { name: 'cluster', status: 'problem', found: expect.stringContaining(`127.0.0.1:${port}`) },
  ]);
  expect(model).toBeUndefined();
});

test('says that a server is not OpenSearch', async () => {
  const server = createServer((_request, response) =>
    response.setHeader('Content-Type', 'application/json').end('{"status":"ok"}'),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const place = { nodes: [`http://127.0.0.1:${port}`], corpus: 'papers' };
  expect((await clusterState('kept', place)).checks).toMatchObject([
    { name: 'cluster', status: 'problem', found: expect.stringContaining('not OpenSearch') },
  ]);
});
