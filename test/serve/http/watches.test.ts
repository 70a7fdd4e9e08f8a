import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Access } from '../../../src/serve/access/access.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { Watches } from '../../../src/watch/watches.ts';
import { listening } from '../../support/listening.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';
import { World } from '../../watch/world.ts';

const scopes = { ada: ['review'], reader: ['read'], adder: ['add'] } as const;
const access: Access = {
  find: (token) =>
    token in scopes ? { name: token, scopes: scopes[token as keyof typeof scopes] } : undefined,
  hasTokens: () => true,
};
const logged: unknown[] = [];
let world: World;
let current: Watches;
/** Those of the current test, so that all tests have one server. */
const watches = new Proxy({} as Watches, {
  get: (_, name) => {
    const member: unknown = Reflect.get(current, name, current);
    return typeof member === 'function' ? member.bind(current) : member;
  },
});
const engine = {
  acquire: async () => world.engine().snapshot,
  warmUp: async () => {},
  close: async () => {},
};
let app: Awaited<ReturnType<typeof listening>>;
let without: Awaited<ReturnType<typeof listening>>;

beforeAll(async () => {
  app = await listening(createApp({ engine, watches, access, log: (error) => logged.push(error) }));
  without = await listening(createApp({ engine, access }));
});
beforeEach(async () => {
  world = new World();
  world.ingest([{ id: 'old', title: 'old bees' }]);
  current = new Watches(await temporaryFolder());
});
afterAll(() => {
  app.close();
  without.close();
  expect(logged).toEqual([]);
});

async function send(
  method: string,
  path: string,
  body?: unknown,
  authorization = 'Bearer ada',
  { url } = app,
) {
  const response = await validatedFetch(`${url}/v1/watches${path}`, {
    method,
    headers: {
      Authorization: authorization,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read any field of it.
  return { status: response.status, body: (await response.json()) as any };
}

const create = (more: object = {}) => send('POST', '', { name: 'bees', query: 'bees', ...more });

test('creates, lists, changes and removes a watch', async () => {
  expect(await send('GET', '')).toEqual({ status: 200, body: { watches: [] } });
  const made = await create({ minConfidence: 'strong' });
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: 'bees',
      question: 'bees, strong matches only',
      delivery: { format: 'text', folder: false },
    },
  });
  expect(made.body).not.toHaveProperty('secret');
  const { body } = await send('GET', '');
  expect(body).toEqual({ watches: [made.body] });
  expect((await create()).body.error.message).toContain('already a watch');
  const changed = await send('PATCH', '/bees', { query: 'wasps' });
  expect(changed.body).toMatchObject({ query: 'wasps', minConfidence: 'strong' });
  expect((await send('GET', '/bees')).body).toEqual(changed.body);
  expect(await send('DELETE', '/bees')).toEqual({ status: 200, body: { removed: 'bees' } });
  for (const path of ['/bees', '/bees/preview', '/bees.atom']) {
    const authorization = path.endsWith('.atom') ? 'Bearer reader' : undefined;
    expect((await send('GET', path, undefined, authorization)).status, path).toBe(404);
  }
  const kinds = (await send('GET', '/bees/history')).body.events.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(['created', 'edited', 'removed']);
});

test('reports what is new in the answer, once', async () => {
  await create();
  world.ingest([{ id: 'new', title: 'new bees' }]);
  const preview = await send('GET', '/bees/preview');
  expect(preview.body.papers).toMatchObject([{ id: 'new', reason: 'new', relevance: { level: 'strong' } }]);
  const run = await send('POST', '/bees/run');
  expect(run.body).toMatchObject({
    found: 1,
    delivered: [],
    failed: [],
    reports: [{ papers: [{ id: 'new' }] }],
  });
  expect((await send('POST', '/bees/run')).body).toMatchObject({ found: 0, reports: [] });
  expect((await send('GET', '/bees')).body).toMatchObject({ reported: 1, failed: [] });
});

test('takes what was there into account if it is asked to', async () => {
  await create({ since: 'all' });
  expect((await send('POST', '/bees/run')).body.found).toBe(1);
  await send('POST', '', { name: 'days', query: 'bees', since: '2026-11-23' });
  expect((await send('POST', '/days/run')).body.found).toBe(1);
  await send('POST', '', { name: 'later', query: 'bees', since: '2026-11-24' });
  expect((await send('POST', '/later/run')).body.found).toBe(0);
});

test('reports again what a client did not receive', async () => {
  await create();
  world.ingest([{ id: 'new', title: 'new bees' }]);
  await expect(
    current.run('bees', engine, {
      answer: async () => {
        throw new Error('hung up');
      },
    }),
  ).rejects.toThrow('hung up');
  expect((await send('POST', '/bees/run')).body).toMatchObject({
    found: 0,
    reports: [{ papers: [{ id: 'new' }] }],
  });
});

describe('a feed', () => {
  const get = (path: string, authorization: string) =>
    validatedFetch(`${app.url}/v1/watches${path}`, { headers: { Authorization: authorization } });

  test('has reported papers and new ones, and reports nothing', async () => {
    await create();
    world.ingest([{ id: 'first', title: 'first bees' }]);
    await send('POST', '/bees/run');
    world.ingest([{ id: 'second', title: 'second bees' }]);
    for (let i = 0; i < 2; i++) {
      const atom = await get('/bees.atom', 'Bearer reader');
      expect(atom.headers.get('Content-Type')).toBe('application/atom+xml; charset=utf-8');
      const text = await atom.text();
      expect(XMLValidator.validate(text)).toBe(true);
      expect(Array.from(text.matchAll(/<title>([^<]*bees)<\/title>/g), ([, title]) => title)).toEqual([
        'paper-search: bees',
        'second bees',
        'first bees',
      ]);
      expect(text).toContain(`href="${app.url}/paper/second"`);
      // biome-ignore lint/suspicious/noExplicitAny: tests read any field of it.
      const json = (await (await get('/bees.json', 'Bearer reader')).json()) as any;
      expect(json.items.map(({ title }: { title: string }) => title)).toEqual(['second bees', 'first bees']);
      expect(json.items[0]).toMatchObject({ url: `${app.url}/paper/second` });
    }
    expect((await send('POST', '/bees/run')).body.found).toBe(1);
  });

  test('is a page for people in a browser', async () => {
    await create({ since: 'all' });
    const response = await validatedFetch(`${app.url}/v1/watches/bees.atom`, {
      headers: { Authorization: 'Bearer reader', Accept: 'text/html,*/*;q=0.8' },
    });
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const html = await response.text();
    expect(html).toContain('bees: bees');
    expect(html).toContain(`<a href="${app.url}/paper/old">old bees</a>`);
  });

  test('accepts the token as a password, as feed readers send it', async () => {
    await create();
    const basic = (token: string) => `Basic ${Buffer.from(`me:${token}`).toString('base64')}`;
    expect((await get('/bees.atom', basic('reader'))).status).toBe(200);
    expect((await get('/bees.atom', basic('nobody'))).status).toBe(401);
    expect((await get('/bees.atom', 'Bearer adder')).status).toBe(403);
    expect((await get('/bees', basic('ada'))).status).toBe(401);
  });
});

describe('is refused', () => {
  test.each([
    ['reader', 403],
    ['adder', 403],
    ['no-such-token', 401],
  ])('to the token %s', async (token, status) => {
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', { name: 'x', query: 'x' }],
      ['POST', '/x/run', undefined],
      ['DELETE', '/x', undefined],
    ] as const) {
      expect((await send(method, path, body, `Bearer ${token}`)).status).toBe(status);
    }
  });

  test('where no watches are kept', async () => {
    expect(await send('GET', '', undefined, 'Bearer ada', without)).toMatchObject({
      status: 403,
      body: { error: { message: 'This server keeps no watches.' } },
    });
  });

  test.each([
    [{ query: '' }, 400, 'asks for nothing'],
    [{ name: 'A B' }, 400, 'cannot be the name'],
    [{ since: 'yesterday' }, 400, 'since'],
    [{ minConfidence: 'none' }, 400, 'minConfidence'],
    [{ folder: '/etc' }, 400, 'folder'],
    [{ post: { url: 'nonsense' } }, 400, 'not an address'],
    [{ post: { url: 'http://example.org/' } }, 502, 'https'],
    [{ post: { url: 'https://127.0.0.1/' } }, 502, 'public address'],
    [{ post: { url: 'https://169.254.169.254/' } }, 502, 'public address'],
    [{ post: { url: 'https://example.org/', secretFile: '/etc/passwd' } }, 400, 'secretFile'],
  ])('for %o', async (wrong, status, problem) => {
    const answer = await create(wrong);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(problem);
    expect(await current.list()).toEqual([]);
  });
});

test('returns the secret of a webhook once, and checks its address when it connects', async () => {
  const { body } = await create({ post: { url: 'https://localhost/hook' } });
  expect(body.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(body.delivery.post).toEqual({ url: 'https://localhost/hook' });
  expect((await send('GET', '/bees')).body).not.toHaveProperty('secret');
  world.ingest([{ id: 'new', title: 'new bees' }]);
  const run = await send('POST', '/bees/run');
  expect(run.body).toMatchObject({ found: 1, reports: [], failed: [{ to: 'post' }] });
  expect(run.body.failed[0].reason).toContain('its address is not public');
  const changed = await send('PATCH', '/bees', { post: null });
  expect(changed.body.delivery).not.toHaveProperty('post');
  expect((await send('POST', '/bees/run')).body.reports).toMatchObject([{ papers: [{ id: 'new' }] }]);
});

test('a change over HTTP keeps the folder and the webhook that were set on the command line', async () => {
  const delivery = {
    format: 'json' as const,
    folder: '/tmp/news',
    post: { url: 'http://127.0.0.1:9/', secretFile: undefined },
  };
  const { DEFAULT_DEFINITION } = await import('../../../src/watch/definition.ts');
  await current.add('bees', { ...DEFAULT_DEFINITION, query: 'bees', delivery }, { engine });
  const { body } = await send('PATCH', '/bees', { query: 'wasps' });
  expect(body.delivery).toEqual({ format: 'json', folder: true, post: { url: 'http://127.0.0.1:9/' } });
  expect((await current.get('bees')).definition.delivery).toEqual({
    ...delivery,
    post: { url: 'http://127.0.0.1:9/' },
  });
});
