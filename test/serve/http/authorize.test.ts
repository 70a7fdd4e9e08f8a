import { once } from 'node:events';
import { get } from 'node:http';
import express from 'express';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Access, Grant } from '../../../src/serve/access/access.ts';
import type { AuditEntry } from '../../../src/serve/access/audit.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { authorization, grantOf } from '../../../src/serve/http/authorize.ts';
import { errorHandler } from '../../../src/serve/http/errors.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { reportOf } from '../../support/ingest-report.ts';
import { listening } from '../../support/listening.ts';

const GRANTS: Readonly<Record<string, Grant>> = {
  reads: { name: 'Reader', scopes: ['read'] },
  adds: { name: 'Importer', scopes: ['add'], maxBytes: 10 },
  both: { name: 'Both', scopes: ['add', 'review'] },
  all: { name: 'Chief', scopes: ['admin'] },
  slow: { name: 'Slow', scopes: ['add'], rate: 2 },
  other: { name: 'Other', scopes: ['add'], rate: 2 },
};
const recorded: AuditEntry[] = [];
const access: Access = {
  find: (token) => GRANTS[token],
  hasTokens: () => true,
  record: (entry) => recorded.push(entry),
};
const authorize = authorization(access);

const app = express();
for (const scope of ['read', 'add', 'review', 'admin'] as const) {
  app.post(`/${scope}`, authorize(scope), (_request, response) => {
    response.send(grantOf(response)!.name);
  });
}
app.use(errorHandler((error) => console.error(error)));
const { url, close } = await listening(app);
afterAll(() => close());

const send = async (scope: string, token: string, headers: Record<string, string> = {}, body = '') => {
  const response = await fetch(`${url}/${scope}`, {
    method: 'POST',
    body,
    headers: { Authorization: `Bearer ${token}`, ...headers },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
};

describe('authorization', () => {
  test.each([
    ['reads', [200, 403, 403, 403]],
    ['adds', [403, 200, 403, 403]],
    ['both', [403, 200, 200, 403]],
    ['all', [200, 200, 200, 200]],
    ['unknown', [401, 401, 401, 401]],
  ])('lets the token "%s" do only what its scopes allow', async (token, expected) => {
    const statuses = [];
    for (const scope of ['read', 'add', 'review', 'admin']) statuses.push((await send(scope, token)).status);
    expect(statuses).toEqual(expected);
  });

  test('notes the name of the token', async () => {
    expect(await send('review', 'both')).toMatchObject({ status: 200, text: 'Both' });
  });

  test('names the missing scope', async () => {
    const { text, headers } = await send('review', 'adds');
    expect(JSON.parse(text).error).toMatchObject({
      code: 'FORBIDDEN',
      message: 'The token "Importer" does not have the scope "review", only: add.',
    });
    expect(headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="review"');
  });

  test('accepts a password of the Basic scheme for reading only', async () => {
    const Authorization = `Basic ${Buffer.from('anyone:all').toString('base64')}`;
    const statuses = [];
    for (const scope of ['read', 'add', 'review']) {
      statuses.push((await send(scope, '', { Authorization })).status);
    }
    expect(statuses).toEqual([200, 401, 401]);
  });

  test.each([
    ['a followed link', { 'Sec-Fetch-Mode': 'navigate' }, true],
    ['a feed reader', {}, true],
    ['a request of the page', { 'Sec-Fetch-Mode': 'cors' }, false],
  ])('asks %s for a password: %o %s', async (_, headers, expected) => {
    // `fetch` of Node sends this header itself.
    const challenges = async (scope: string) => {
      const request = get(`${url}/${scope}`, { method: 'POST', headers }).end();
      const [response] = await once(request, 'response');
      response.resume();
      return response.headers['www-authenticate'];
    };
    expect(/Basic/.test(await challenges('read'))).toBe(expected);
    expect(await challenges('add')).toBe('Bearer realm="paper-search"');
  });

  test('refuses a body that is larger than the token allows', async () => {
    expect((await send('add', 'adds', {}, '0123456789')).status).toBe(200);
    const refused = await send('add', 'adds', {}, '0123456789a');
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('at most 10 bytes');
  });

  test('limits the requests of each token', async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await send('add', 'slow')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await send('add', 'slow')).headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await send('add', 'other')).status).toBe(200);
    expect((await send('add', 'all')).status).toBe(200);
  });
});

test('only changes are recorded, not what is read with a scope', async () => {
  const reading = express().get('/', authorize('review'), (_request, response) => void response.end());
  const server = await listening(reading);
  onTestFinished(() => server.close());
  recorded.length = 0;
  expect((await fetch(server.url, { headers: { Authorization: 'Bearer both' } })).status).toBe(200);
  await send('review', 'both');
  await vi.waitFor(() => expect(recorded).toMatchObject([{ by: 'Both' }]));
});

test('a message for agents is answered without a token, and refused with a wrong one', async () => {
  const engine = new FakeEngine(new FakeSnapshot());
  const server = await listening(createApp({ engine, access, log: () => {} }));
  onTestFinished(() => server.close());
  const statusOf = async (headers: Record<string, string>) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const types = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
    return (await fetch(`${server.url}/mcp`, { method: 'POST', headers: { ...types, ...headers }, body }))
      .status;
  };
  expect(await statusOf({})).toBe(200);
  expect(await statusOf({ Authorization: 'Bearer both' })).toBe(200);
  expect(await statusOf({ Authorization: 'Bearer adds' })).toBe(413);
  expect(await statusOf({ Authorization: 'Bearer unknown' })).toBe(401);
});

describe('the record of changes', async () => {
  const writer = {
    add: async () => reportOf({ added: 2, updated: 1 }),
    remove: async () => ({ removed: 1 }),
  };
  const engine = new FakeEngine(new FakeSnapshot());
  const server = await listening(createApp({ engine, access, writing: { writer }, log: () => {} }));
  afterAll(() => server.close());

  test.each([
    ['POST', '/papers', 'adds', { by: 'Importer', operation: 'addPapers', status: 200, papers: 3 }],
    ['DELETE', '/papers/a', 'all', { by: 'Chief', operation: 'removePaper', status: 200, papers: 1 }],
    ['DELETE', '/papers/none', 'all', { by: 'Chief', operation: 'removePaper', status: 404 }],
    ['DELETE', '/papers/a', 'reads', { by: 'Reader', operation: 'removePaper', status: 403 }],
    ['DELETE', '/papers/a', 'unknown', undefined],
    ['GET', '/papers/a', 'all', undefined],
  ])('of %s %s with the token "%s" is %o', async (method, path, token, expected) => {
    recorded.length = 0;
    const headers = { Authorization: `Bearer ${token}`, 'X-Request-Id': 'the-id' };
    await (await fetch(server.url + path, { method, headers })).text();
    const entries = expected === undefined ? [] : [{ ...expected, request: 'the-id' }];
    await vi.waitFor(() => expect(recorded).toEqual(entries));
  });
});

describe('a private server', async () => {
  const engine = new FakeEngine(new FakeSnapshot());
  const server = await listening(
    createApp({ engine, access: { ...access, isPrivate: true }, log: () => {} }),
  );
  afterAll(() => server.close());

  test.each([
    ['GET', '/v1/search?q=a'],
    ['GET', '/v1/papers/a'],
    ['GET', '/v1/stats'],
    ['GET', '/v1/search.atom?q=a'],
    ['GET', '/graph/v1/paper/search?query=a'],
    ['GET', '/api/query?search_query=all:a'],
    ['POST', '/mcp'],
  ])('%s %s needs a token with the scope read', async (method, path) => {
    const statusOf = async (headers: Record<string, string>) =>
      (await fetch(server.url + path, { method, headers })).status;
    expect(await statusOf({})).toBe(401);
    expect(await statusOf({ Authorization: 'Bearer adds' })).toBe(403);
    expect([401, 403]).not.toContain(await statusOf({ Authorization: 'Bearer reads' }));
  });

  test.each(['/health', '/ready', '/metrics', '/', '/openapi.json', '/docs', '/docs.css', '/opensearch.xml'])(
    'GET %s needs none',
    async (path) => {
      expect((await fetch(server.url + path)).status).toBe(200);
    },
  );
});
