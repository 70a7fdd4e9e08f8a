import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import { accessByToken } from '../../../src/serve/access/access.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import type { PaperWriter, WriteDefaults } from '../../../src/serve/live/paper-writer.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { reportOf } from '../../support/ingest-report.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const REPORT = reportOf();

/** Keeps what it is given. */
class FakeWriter implements PaperWriter {
  readonly calls: unknown[] = [];
  error: PaperSearchError | undefined;

  async add(papers: AsyncIterable<Uint8Array>, defaults: WriteDefaults = {}) {
    if (this.error) throw this.error;
    const pieces: Uint8Array[] = [];
    try {
      for await (const piece of papers) pieces.push(piece);
    } catch (failed) {
      this.calls.push({ failed });
      throw failed;
    }
    this.calls.push({ body: Buffer.concat(pieces).toString(), defaults });
    return REPORT;
  }

  async remove(ids: readonly string[]) {
    if (this.error) throw this.error;
    this.calls.push({ removed: ids });
    return { index: 'index', snapshot: 's', records: ids.length, removed: ids.length, papers: 0 };
  }
}

const logged: unknown[] = [];
const writer = new FakeWriter();
beforeEach(() => {
  writer.calls.length = 0;
  writer.error = undefined;
  logged.length = 0;
});

const TOKEN = 'a-token-of-the-test';
const log = (error: unknown) => logged.push(error);
const searcher = new FakeSnapshot();
const open = createServer(
  createApp({ engine: new FakeEngine(searcher), writing: { writer }, access: accessByToken(TOKEN), log }),
);
const closed = createServer(createApp({ engine: new FakeEngine(searcher), log }));
beforeAll(async () => {
  for (const server of [open, closed]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
});
afterAll(() => {
  open.close();
  closed.close();
});

const urlOf = (server: typeof open) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
async function send(method: string, path: string, init: RequestInit = {}, server = open) {
  const response = await validatedFetch(urlOf(server) + path, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}` },
    ...init,
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

describe('POST /papers', () => {
  test('passes the body on unchanged, and returns the report', async () => {
    const body = '@article{a, title = {Gold}}\n';
    expect(await send('POST', '/papers', { body })).toMatchObject({ status: 200, body: REPORT });
    expect(writer.calls).toEqual([{ body, defaults: {} }]);
  });

  test('accepts venue and year for papers without them', async () => {
    await send('POST', '/papers?venue=ICLR&year=2025', { body: '[]' });
    expect(writer.calls).toEqual([{ body: '[]', defaults: { venue: 'ICLR', year: 2025 } }]);
  });

  test.each(['?year=soon', '?venue=', '?venue=a%00b', '?venue=a&venue=b', '?format=bibtex', '?token=x'])(
    '%s is 400',
    async (query) => {
      expect(await send('POST', `/papers${query}`, { body: '[]' })).toMatchObject({
        status: 400,
        body: { error: { code: 'BAD_REQUEST' } },
      });
      expect(writer.calls).toEqual([]);
    },
  );

  test.each([
    ['a form', { 'Content-Type': 'multipart/form-data; boundary=x' }, 415],
    ['an unknown compression', { 'Content-Encoding': 'br' }, 415],
    ['gzip', { 'Content-Encoding': 'gzip' }, 200],
    ["curl's default type", { 'Content-Type': 'application/x-www-form-urlencoded' }, 200],
  ])('answers a body declared as %s', async (_, headers, expected) => {
    const init = { body: '[]', headers: { Authorization: `Bearer ${TOKEN}`, ...headers } };
    expect((await send('POST', '/papers', init)).status).toBe(expected);
    expect(writer.calls).toHaveLength(expected === 200 ? 1 : 0);
  });

  test('reports an error of the writer with its status, and for a lock when to retry', async () => {
    writer.error = new PaperSearchError('BAD_INPUT', 'No known format.', { details: { file: '-' } });
    expect(await send('POST', '/papers', { body: 'x' })).toMatchObject({
      status: 422,
      body: { error: { code: 'BAD_INPUT', message: 'No known format.', details: { file: '-' } } },
    });
    writer.error = new PaperSearchError('INDEX_LOCKED', 'Held.');
    const locked = await send('POST', '/papers', { body: 'x'.repeat(1_000_000) });
    expect(locked).toMatchObject({ status: 503, body: { error: { code: 'INDEX_LOCKED' } } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('refuses more than 64 MB with 413, at once if the length is known, and keeps the connection', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const chunked = new ReadableStream({
      start(controller) {
        const piece = new Uint8Array(8 * 2 ** 20);
        for (let i = 0; i < 9; i++) controller.enqueue(piece);
        controller.close();
      },
    });
    const options = { headers, body: chunked, duplex: 'half' } as RequestInit;
    expect(await send('POST', '/papers', options)).toMatchObject({
      status: 413,
      body: { error: { code: 'PAYLOAD_TOO_LARGE' } },
    });
    const announced = request(`${urlOf(open)}/papers`, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(65 * 2 ** 20) },
    });
    announced.flushHeaders();
    const [response] = await once(announced, 'response');
    expect(response.statusCode).toBe(413);
    announced.on('error', () => {}).destroy();
    expect(writer.calls).toMatchObject([{ failed: {} }, { failed: {} }]);
    expect((await send('POST', '/papers', { body: '[]' })).status).toBe(200);
  });

  test('passes an incomplete body to the writer as an error, and answers other requests', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Length': '100' };
    const broken = request(`${urlOf(open)}/papers`, { method: 'POST', headers }).on('error', () => {});
    const arrived = once(open, 'request');
    broken.write('[');
    await arrived;
    broken.destroy();
    await vi.waitFor(() => expect(writer.calls).toMatchObject([{ failed: { code: 'BAD_REQUEST' } }]));
    expect((await send('POST', '/papers', { body: '[]' })).status).toBe(200);
    expect(logged).toEqual([]);
  });
});

describe('DELETE /papers/:id', () => {
  test('removes a paper, and returns the report', async () => {
    const path = `/papers/${encodeURIComponent('doi:10.1/x y')}`;
    expect(await send('DELETE', path)).toMatchObject({ status: 200, body: { removed: 1 } });
    expect(writer.calls).toEqual([{ removed: ['doi:10.1/x y'] }]);
  });

  test('answers 404 for an unknown id, 400 for a parameter', async () => {
    expect(await send('DELETE', '/papers/nobody')).toMatchObject({ status: 404 });
    expect(await send('DELETE', '/papers/a?force=1')).toMatchObject({ status: 400 });
    expect(writer.calls).toEqual([]);
  });
});

describe.each([
  ['POST', '/papers'],
  ['DELETE', '/papers/a'],
])('%s %s', (method, path) => {
  test.each([
    ['no header', {}],
    ['another scheme', { Authorization: `Basic ${TOKEN}` }],
    ['no token', { Authorization: 'Bearer ' }],
    ['another token', { Authorization: `Bearer ${TOKEN}x` }],
    ['two tokens', { Authorization: `Bearer ${TOKEN} ${TOKEN}` }],
    ['the token in another case', { Authorization: `Bearer ${TOKEN.toUpperCase()}` }],
  ])('with %s is 401', async (_, headers) => {
    const answer = await send(method, path, { headers });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="paper-search"/);
    expect(JSON.stringify(answer.body)).not.toContain(TOKEN);
    expect(writer.calls).toEqual([]);
  });

  test('answers 403 on a server without a token, and says how to set one', async () => {
    const { status, body } = await send(method, path, {}, closed);
    expect(status).toBe(403);
    expect(body.error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('paper-search token create NAME --scope add'),
    });
  });
});

test.each([
  ['GET', '/papers', 'POST'],
  ['PUT', '/papers/a', 'GET, HEAD, DELETE'],
])('%s %s is 405 and lists the allowed methods', async (method, path, allowed) => {
  const { status, headers } = await send(method, path);
  expect(status).toBe(405);
  expect(headers.get('allow')).toBe(allowed);
});
