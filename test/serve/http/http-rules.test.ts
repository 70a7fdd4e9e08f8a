import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessByToken } from '../../../src/serve/access/access.ts';
import { apiOperations } from '../../../src/serve/http/api.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { pathsOf } from '../../../src/serve/http/operation.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';

/** Of a caller who may do everything: what is refused is refused for another reason. */
const TOKEN = 'token';

// What holds for every route, whichever there are.
const searcher = new FakeSnapshot();
const operations = apiOperations({ engine: new FakeEngine(searcher) });
let url = '';
let close = () => {};
beforeAll(async () => {
  ({ url, close } = await listening(
    createApp({ engine: new FakeEngine(searcher), access: accessByToken(TOKEN), log: () => {} }),
  ));
});
afterAll(() => close());

/** An operation at each of its paths, parameters filled in. */
const calls = operations.flatMap((operation) =>
  pathsOf(operation).map((path) => [path.replace(/\{\w+\}/g, 'a'), operation] as const),
);
const reads = calls.filter(([, { method }]) => method === 'get');
/** Compatible APIs ignore Accept, as the originals do. */
const strict = reads.filter(([, { unknown }]) => unknown !== 'ignore');
const jsonBodies = calls.filter(([, { body }]) => body?.kind === 'json');
const methodsAt = (path: string) =>
  new Set(calls.filter(([at]) => at === path).map(([, { method }]) => method.toUpperCase()));

async function ask(path: string, init: RequestInit = {}) {
  const headers = { Authorization: `Bearer ${TOKEN}`, ...init.headers };
  const response = await fetch(url + path, { ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test('finds routes to test', () => {
  expect(reads.length).toBeGreaterThan(15);
  expect(jsonBodies.length).toBeGreaterThan(1);
});

describe('every route', () => {
  test.each(reads)('HEAD %s is answered as GET is, without a body', async (path) => {
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
    expect(head.status).toBe(get.status);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(head.text).toBe('');
  });

  test.each(calls)('OPTIONS %s lists the methods', async (path) => {
    const { status, headers, text } = await ask(path, { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(text).toBe('');
    const allowed = headers.get('allow')!.split(', ');
    for (const method of methodsAt(path)) expect(allowed).toContain(method);
    expect(allowed.includes('HEAD')).toBe(methodsAt(path).has('GET'));
  });

  test.each(calls)('PROPFIND %s is 405 and lists the methods', async (path) => {
    const { status, headers } = await ask(path, { method: 'PROPFIND', body: 'x' });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe((await ask(path, { method: 'OPTIONS' })).headers.get('allow'));
  });

  test.each(strict)('GET %s is 406 when no accepted type is available', async (path, { responses }) => {
    const { status, text } = await ask(path, { headers: { Accept: 'application/x-nothing' } });
    expect(status).toBe(406);
    expect(JSON.parse(text).error).toMatchObject({
      code: 'NOT_ACCEPTABLE',
      details: { available: Object.keys({ ...responses[200]!.content, ...responses[200]!.alternatives }) },
    });
  });

  test.each(jsonBodies)(
    '%s is 415 for a body of another type, 400 without a body',
    async (path, { method, body }) => {
      const headers = { 'Content-Type': 'text/csv' };
      expect((await ask(path, { method: method.toUpperCase(), headers, body: '{}' })).status).toBe(415);
      const isOptional = body?.kind === 'json' && body.optional === true;
      if (!isOptional) expect((await ask(path, { method: method.toUpperCase() })).status).toBe(400);
    },
  );

  test.each(jsonBodies)('%s is 413 for a body that is too large', async (path, { method, body }) => {
    const limit = (body?.kind === 'json' && body.limit) || 64 * 1024;
    const headers = { 'Content-Type': 'application/json' };
    const large = JSON.stringify({ text: 'x'.repeat(limit) });
    expect((await ask(path, { method: method.toUpperCase(), headers, body: large })).status).toBe(413);
  });

  test.each(reads)('GET %s is 414 for a URL that is too long', async (path) => {
    expect((await ask(`${path}?q=${'x'.repeat(15_000)}`)).status).toBe(414);
  });

  test.each(calls)('%s returns the id of the request', async (path, { method }) => {
    const { headers } = await ask(path, { method: method.toUpperCase() });
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
  });
});

test('answers other paths with 404 for every method', async () => {
  for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
    expect((await ask('/nowhere', { method })).status).toBe(404);
  }
});
