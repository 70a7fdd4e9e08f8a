import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { readPageFiles } from '../../../src/serve/http/page-files.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';

let folder = '';
let server: Server;
let base = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-search-page-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>the page</title>');
  for (const [ending, content] of [
    ['', 'plain'],
    ['.gz', 'zipped'],
    ['.br', 'brotli'],
  ]) {
    await writeFile(join(folder, 'assets', `main-ABC.js${ending}`), content!);
  }
  server = createServer(
    createApp({ engine: new FakeEngine(new FakeSnapshot()), page: readPageFiles(folder) }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const get = (path: string, headers: Record<string, string> = {}) => fetch(base + path, { headers });

test('serves no page without a build', () => {
  expect(readPageFiles(join(folder, 'nowhere'))).toBeUndefined();
});

test.each([
  ['a browser', BROWSER, 'text/html'],
  ['curl', '*/*', 'application/json'],
  ['a program', 'application/json', 'application/json'],
])('the root answers %s in the accepted type', async (_who, accept, type) => {
  const response = await get('/?q=x'.slice(0, type === 'text/html' ? undefined : 1), { Accept: accept });
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toContain(type);
  expect(response.headers.get('Vary')).toContain('Accept');
});

test.each([
  ['/tray', '/collection'],
  ['/programme?q=a&day=2025-04-26', '/schedule?q=a&day=2025-04-26'],
])('redirects the former URL %s to %s', async (from, to) => {
  const response = await fetch(base + from, { redirect: 'manual' });
  expect(response.status).toBe(308);
  expect(response.headers.get('Location')).toBe(to);
});

test.each([
  '/collection',
  '/shared/a-secret',
  '/map',
  '/schedule',
  '/watches',
  '/paper/a',
  '/paper/doi:10.1%2Fx%20y',
  '/paper/10.1/x',
])('%s is the page, which loads nothing from elsewhere', async (path) => {
  const response = await get(path);
  expect(response.headers.get('Content-Type')).toContain('text/html');
  expect(await response.text()).toContain('the page');
  const policy = response.headers.get('Content-Security-Policy')!;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|data:|\*/);
});

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['identity', null],
])('sends an asset to a client that accepts %s', async (accepted, encoding) => {
  const response = await fetch(`${base}/assets/main-ABC.js`, {
    method: 'HEAD',
    headers: { 'Accept-Encoding': accepted },
  });
  expect(response.headers.get('Content-Encoding')).toBe(encoding);
  expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('Cache-Control')).toContain('immutable');
  expect(response.headers.get('Vary')).toContain('Accept-Encoding');
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(response.headers.get('Content-Security-Policy')).toBeNull();
});

test.each(['/assets/main-ABC.js.br', '/assets/none.js', '/assets/..%2Findex.html', '/assets/'])(
  '%s is not there',
  async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  },
);
