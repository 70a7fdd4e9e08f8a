import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PaperSearchError } from '../../../src/errors.ts';
import { errorHandler, notFound } from '../../../src/serve/http/errors.ts';
import { dropBody, mountOperations } from '../../../src/serve/http/mount.ts';
import { type Operation, operation } from '../../../src/serve/http/operation.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';

/** Answers with what it was asked. */
function echo(declared: Partial<Operation> & Pick<Operation, 'id' | 'path'>): Operation {
  return operation({
    method: 'get',
    mount: 'both',
    tag: 'Search',
    summary: 'Says what it was asked',
    responses: { 200: { description: 'Input' } },
    handle: (_request, response, { query, path, body, snapshot }) => {
      response.json({ id: declared.id, query, path, body, snapshot: snapshot.id });
    },
    ...declared,
  });
}

const two = z.object({ a: z.string(), b: z.string().optional() });
const engine = new FakeEngine(new FakeSnapshot());
const logged: unknown[] = [];
const log = (error: unknown) => logged.push(error);
const operations = [
  echo({ id: 'both', path: '/both', parameters: two }),
  echo({ id: 'versioned', path: '/versioned', mount: 'v1' }),
  echo({ id: 'asIs', path: '/as-is', mount: 'as-is' }),
  echo({ id: 'suffix', path: '/things/{id}.bib', pathParameters: z.object({ id: z.string() }) }),
  echo({ id: 'thing', path: '/things/{id}', pathParameters: z.object({ id: z.string() }) }),
  echo({
    id: 'removal',
    method: 'delete',
    path: '/things/{id}',
    pathParameters: z.object({ id: z.string() }),
  }),
  echo({
    id: 'wild',
    path: '/wild/{id}',
    mount: 'as-is',
    expressPath: /^\/wild\/(?<id>.+?)\/?$/,
    pathParameters: z.object({ id: z.string() }),
    parameters: two,
    unknown: 'ignore',
    onError: ({ code, message }, _request, response) => {
      response.status(418).json({ own: code, message });
    },
  }),
  echo({ id: 'wildVersioned', path: '/deep/{id}', expressPath: /^\/deep\/(?<id>.+)$/ }),
  echo({ id: 'json', method: 'post', path: '/json', body: { kind: 'json', schema: two } }),
  echo({ id: 'form', method: 'post', path: '/form', body: { kind: 'form', schema: two } }),
  echo({
    id: 'optionalForm',
    method: 'post',
    path: '/optional-form',
    body: { kind: 'form', schema: two.partial(), optional: true },
  }),
  echo({
    id: 'lenientJson',
    method: 'post',
    path: '/lenient-json',
    body: { kind: 'json', schema: two },
    unknown: 'ignore',
    onError: (_error, _request, response) => {
      response.status(418).json({ own: true });
    },
  }),
  echo({
    id: 'guarded',
    method: 'post',
    path: '/guarded',
    body: { kind: 'json', schema: two },
    authorize: () => {
      throw new PaperSearchError('UNAUTHORIZED', 'No.');
    },
  }),
  echo({
    id: 'broken',
    path: '/broken',
    onError: (_error, _request, response) => {
      response.status(418).json({});
    },
    handle: () => {
      throw new Error('secret');
    },
  }),
];

let url = '';
let close = () => {};
beforeAll(async () => {
  const app = express();
  app.use(mountOperations(operations, { engine, log }), dropBody, notFound, errorHandler(log));
  ({ url, close } = await listening(app));
});
afterAll(() => close());

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(url + path, init);
  return {
    status: response.status,
    allow: response.headers.get('allow'),
    body: JSON.parse(await response.text()),
  };
}
const post = (body: string, type: string) => ({ method: 'POST', headers: { 'Content-Type': type }, body });

describe('the paths of an operation', () => {
  test.each([
    ['/both?a=1', 200],
    ['/v1/both?a=1', 200],
    ['/versioned', 404],
    ['/v1/versioned', 200],
    ['/as-is', 200],
    ['/v1/as-is', 404],
  ])('%s is %i', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });

  test.each([
    ['/things/a%2Fb', { id: 'thing', path: { id: 'a/b' } }],
    ['/v1/things/a', { id: 'thing', path: { id: 'a' } }],
    ['/things/a.bib', { id: 'suffix', path: { id: 'a' } }],
    ['/v1/things/a.b.bib', { id: 'suffix', path: { id: 'a.b' } }],
    ['/wild/URL:https://x.org/a//b?a=1', { id: 'wild', path: { id: 'URL:https://x.org/a//b' } }],
    ['/wild/a/?a=1', { id: 'wild', path: { id: 'a' } }],
    ['/v1/deep/a/b', { id: 'wildVersioned' }],
  ])('%s is found with its parameters', async (path, body) => {
    expect(await ask(path)).toMatchObject({ status: 200, body });
  });

  test.each([
    ['POST', '/both', 'GET, HEAD'],
    ['PUT', '/v1/things/a', 'GET, HEAD, DELETE'],
    ['GET', '/json', 'POST'],
  ])('%s %s is 405; allowed: %s', async (method, path, allow) => {
    expect(await ask(path, { method })).toMatchObject({ status: 405, allow });
  });

  test('OPTIONS is answered with the methods', async () => {
    const response = await fetch(`${url}/things/a`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe('GET, HEAD, DELETE');
  });

  test('HEAD is answered like GET', async () => {
    const response = await fetch(`${url}/both?a=1`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});

describe('the input of an operation', () => {
  test('is validated, each part on its own', async () => {
    expect((await ask('/both?a=1&b=2')).body).toEqual({
      id: 'both',
      query: { a: '1', b: '2' },
      path: {},
      snapshot: 's',
    });
    expect((await ask('/json', post('{"a":"1"}', 'application/json'))).body).toMatchObject({
      body: { a: '1' },
    });
    expect((await ask('/form', post('a=1+2', 'application/x-www-form-urlencoded'))).body).toMatchObject({
      body: { a: '1 2' },
    });
  });

  test.each([
    ['/both', {}, 400, 'a'],
    ['/both?a=1&c=2', {}, 400, 'c'],
    ['/json', post('{"a":"1","c":2}', 'application/json'), 400, 'c'],
    ['/json', post('{"a":1}', 'application/json'), 400, 'a'],
    ['/json', post('{', 'application/json'), 400, 'JSON'],
    ['/json', post('a=1', 'text/plain'), 415, 'application/json'],
    ['/json', { method: 'POST' }, 400, 'application/json'],
    ['/json?x=1', post('{"a":"1"}', 'application/json'), 400, 'x'],
    ['/json', post(JSON.stringify({ a: 'x'.repeat(70_000) }), 'application/json'), 413, 'large'],
  ])('%s %o is %i and names %s', async (path, init, status, named) => {
    const { status: actual, body } = await ask(path, init as RequestInit);
    expect(actual).toBe(status);
    expect(body.error.message).toContain(named);
  });

  test('a lenient operation ignores unknown parameters and fields', async () => {
    expect((await ask('/wild/x?a=1&zzz=2')).body.query).toEqual({ a: '1' });
    expect((await ask('/lenient-json', post('{"a":"1","c":2}', 'application/json'))).body.body).toEqual({
      a: '1',
    });
  });

  test('a missing optional body is empty', async () => {
    expect((await ask('/optional-form', { method: 'POST' })).body.body).toEqual({});
    const sent = post('a=1', 'application/x-www-form-urlencoded');
    expect((await ask('/optional-form', sent)).body.body).toEqual({ a: '1' });
  });

  test('does not read the body of an unauthorized request', async () => {
    expect(await ask('/guarded', post('{', 'application/json'))).toMatchObject({ status: 401 });
  });
});

describe('an operation with its own error format', () => {
  test.each([
    ['/wild/x', {}],
    ['/wild/x?a=1', { method: 'PUT' }],
    ['/lenient-json', post('{', 'application/json')],
  ])('%s %o is answered in that format', async (path, init) => {
    expect(await ask(path, init as RequestInit)).toMatchObject({
      status: 418,
      body: { own: expect.anything() },
    });
  });

  test('logs unexpected errors', async () => {
    logged.length = 0;
    expect((await ask('/broken')).status).toBe(418);
    expect(logged).toMatchObject([{ message: 'secret' }]);
  });
});

test.each([
  ['the same id', [echo({ id: 'a', path: '/a' }), echo({ id: 'a', path: '/b' })]],
  ['the same method and path', [echo({ id: 'a', path: '/a' }), echo({ id: 'b', path: '/a', mount: 'v1' })]],
])('refuses two operations with %s', (_what, both) => {
  expect(() => mountOperations(both, { engine, log })).toThrow('Two operations');
});
