import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Collections } from '../../../src/collections/collections.ts';
import { COLLECTION_FORMATS } from '../../../src/collections/export.ts';
import { CollectionStore } from '../../../src/collections/store.ts';
import type { Access } from '../../../src/serve/access/access.ts';
import type { AuditEntry } from '../../../src/serve/access/audit.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const TOKEN = 'a-token-of-the-test';
const ADA = { Authorization: 'Bearer ada' };
const over = (folder: string) => new Collections(new CollectionStore(folder));
const logged: unknown[] = [];
const recorded: AuditEntry[] = [];
const engine = new FakeEngine(new FakeSnapshot());
let folder: string;
let app: Awaited<ReturnType<typeof listening>>;
let closed: Awaited<ReturnType<typeof listening>>;
let current: Collections;
/** Those of the current test, so that all tests have one server. */
const collections = new Proxy({} as Collections, {
  get: (_, name) => {
    const member: unknown = Reflect.get(current, name, current);
    return typeof member === 'function' ? member.bind(current) : member;
  },
});
/** Two readers, a reader of papers, and one who may do anything. */
const access: Access = {
  find: (token) =>
    ({
      [TOKEN]: { name: 'server', scopes: ['admin'] as const },
      ada: { name: 'ada', scopes: ['review'] as const },
      student: { name: 'student', scopes: ['read', 'add'] as const },
    })[token],
  hasTokens: () => true,
  record: (entry) => recorded.push(entry),
};

beforeAll(async () => {
  app = await listening(createApp({ engine, collections, access, log: (error) => logged.push(error) }));
  closed = await listening(createApp({ engine, collections }));
});
beforeEach(async () => {
  folder = await temporaryFolder();
  current = over(folder);
});
afterAll(() => {
  app.close();
  closed.close();
  expect(logged).toEqual([]);
});

async function send(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  { url } = app,
) {
  const response = await validatedFetch(`${url}/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${TOKEN}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

const idsOf = ({ entries }: { entries: { paper: { id: string } }[] }) => entries.map(({ paper }) => paper.id);
const create = async (name = 'My reading') =>
  (await send('POST', '/collections', { name })).body.id as string;

describe('a collection', () => {
  test('is created, listed, renamed, deleted and restored', async () => {
    const created = await send('POST', '/collections', { name: 'My reading', description: 'For the survey' });
    expect(created).toMatchObject({ status: 201, body: { id: 'my-reading', papers: 0, version: 1 } });
    expect((await send('POST', '/collections', { name: 'my Reading' })).status).toBe(409);
    expect((await send('GET', '/collections')).body.collections).toMatchObject([{ name: 'My reading' }]);
    const renamed = await send('PATCH', '/collections/my-reading', { name: 'Survey' });
    expect(renamed.body).toMatchObject({ id: 'my-reading', name: 'Survey', description: 'For the survey' });
    expect((await send('DELETE', '/collections/my-reading')).body.deletedAt).toMatch(/^20/);
    const gone = await send('GET', '/collections/my-reading');
    expect(gone).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining('deleted') } },
    });
    expect((await send('GET', '/collections')).body.collections).toEqual([]);
    expect((await send('GET', '/collections?deleted=true')).body.collections).toHaveLength(1);
    expect((await send('POST', '/collections/my-reading/restore')).status).toBe(200);
    expect((await send('GET', '/collections/my-reading')).body.collection.name).toBe('Survey');
  });

  test('has papers with notes, in pages, filtered and sorted', async () => {
    const id = await create();
    const papers = [
      { id: 'a', note: 'Good', tags: ['x', 'y'], rating: 4 },
      { id: 'doi:10.1/x y' },
      { id: 'c' },
    ];
    const added = await send('POST', `/collections/${id}/papers`, { papers });
    expect(added.body).toMatchObject({ added: 3, present: 0, unknown: [], collection: { papers: 3 } });
    const { body } = await send('GET', `/collections/${id}?limit=2&offset=1`);
    expect(body).toMatchObject({
      total: 3,
      offset: 1,
      limit: 2,
      notInIndex: 0,
      canUndo: true,
      canRedo: false,
    });
    expect(idsOf(body)).toEqual(['doi:10.1/x y', 'c']);
    expect(body.collection.tags).toEqual([
      { tag: 'x', papers: 1 },
      { tag: 'y', papers: 1 },
    ]);
    const change = { ids: ['c', 'a'], state: 'read', addTags: ['z'], removeTags: ['X'], rating: null };
    const changed = await send('PATCH', `/collections/${id}/papers`, change);
    expect(changed.body.entries).toMatchObject([
      { paper: { id: 'a' }, note: 'Good', tags: ['y', 'z'], state: 'read' },
      { paper: { id: 'c' }, tags: ['z'], state: 'read' },
    ]);
    expect(changed.body.entries[0].rating).toBeUndefined();
    for (const [query, expected] of [
      ['tag=z', ['a', 'c']],
      ['tag=z&tag=y', ['a']],
      ['state=unread', ['doi:10.1/x y']],
      ['q=good', ['a']],
      ['sort=title', ['a', 'doi:10.1/x y', 'c']],
    ] as const) {
      expect(idsOf((await send('GET', `/collections/${id}?${query}`)).body)).toEqual(expected);
    }
    await send('POST', `/collections/${id}/papers/move`, { ids: ['c'], before: 'a' });
    const left = await send('POST', `/collections/${id}/papers/remove`, { ids: ['a'] });
    expect(left.body.papers).toBe(2);
    expect(idsOf((await send('GET', `/collections/${id}`)).body)).toEqual(['c', 'doi:10.1/x y']);
  });

  test('is there after a restart of the server', async () => {
    const id = await create();
    await send('POST', `/collections/${id}/papers`, { papers: [{ id: 'a', note: 'Kept' }] });
    current = over(folder);
    expect((await send('GET', `/collections/${id}`)).body.entries).toMatchObject([{ note: 'Kept' }]);
  });

  test('adds nothing if an id is unknown, unless unknown ids are skipped', async () => {
    const id = await create();
    const papers = [{ id: 'a' }, { id: 'nobody' }];
    expect(await send('POST', `/collections/${id}/papers`, { papers })).toMatchObject({
      status: 404,
      body: { error: { details: { ids: ['nobody'] } } },
    });
    const skipped = await send('POST', `/collections/${id}/papers`, { papers, skipUnknown: true });
    expect(skipped.body).toMatchObject({ added: 1, unknown: ['nobody'] });
  });

  test('is not overwritten by a reader who has not seen the last change', async () => {
    const id = await create();
    await send('POST', `/collections/${id}/papers`, { papers: [{ id: 'a' }] });
    const { version } = (await send('GET', `/collections/${id}`)).body.collection;
    const note = (text: string, expected: number) =>
      send('PATCH', `/collections/${id}/papers`, { ids: ['a'], note: text, expected });
    expect((await note('First tab', version)).status).toBe(200);
    expect(await note('Second tab', version)).toMatchObject({
      status: 409,
      body: {
        error: { code: 'CONFLICT', details: { version: 3, entries: [{ id: 'a', note: 'First tab' }] } },
      },
    });
    expect((await note('Both', 3)).status).toBe(200);
    expect((await send('PATCH', `/collections/${id}`, { name: 'New', expected: 1 })).status).toBe(200);
  });

  test('is undone and redone by reader, and its log has everything', async () => {
    const id = await create();
    await send('POST', `/collections/${id}/papers`, { papers: [{ id: 'a', note: 'x' }] }, ADA);
    await send('PATCH', `/collections/${id}/papers`, { ids: ['a'], rating: 2 }, ADA);
    expect((await send('POST', `/collections/${id}/undo`)).status).toBe(409);
    const undone = await send('POST', `/collections/${id}/undo`, undefined, ADA);
    expect(undone).toMatchObject({ status: 200, body: { version: 4 } });
    expect((await send('GET', `/collections/${id}`)).body.entries[0].rating).toBeUndefined();
    await send('POST', `/collections/${id}/redo`, {}, ADA);
    expect((await send('GET', `/collections/${id}`)).body.entries[0].rating).toBe(2);
    await send('POST', `/collections/${id}/undo`, {}, ADA);
    const { body } = await send('GET', `/collections/${id}/log?limit=4`);
    expect(body).toMatchObject({
      total: 6,
      lines: [
        { number: 6, type: 'undone', of: 3, by: 'ada' },
        { number: 5, type: 'redone', of: 3 },
        { number: 4, type: 'undone', of: 3 },
        { number: 3, type: 'changed', undone: true, papers: [{ id: 'a' }], changes: { rating: 2 } },
      ],
    });
    const first = await send('GET', `/collections/${id}/log?offset=4`);
    expect(first.body.lines[0]).toMatchObject({
      papers: [{ id: 'a', title: 'First', note: 'x' }],
      by: 'ada',
    });
  });
});

describe('a file', () => {
  const upload = async (path: string, body: string) => {
    const headers = { Authorization: 'Bearer ada' };
    const response = await validatedFetch(`${app.url}/v1${path}`, { method: 'POST', body, headers });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const download = async (path: string) => {
    const response = await validatedFetch(app.url + path, { headers: { Authorization: 'Bearer ada' } });
    return { headers: response.headers, text: await response.text() };
  };
  const BIBTEX = '@misc{a, title={First}, annote={Good}, keywords={x}}\n@misc{b, title={Other}}\n@misc{c}';

  test('is imported into a collection, and says what was read', async () => {
    const id = await create();
    const { body } = await upload(`/collections/${id}/import`, BIBTEX);
    expect(body).toMatchObject({
      format: 'bibtex',
      added: 2,
      present: 0,
      notInIndex: 2,
      collection: { papers: 2 },
    });
    expect(body.rejected).toMatchObject([{ record: 3, reason: expect.stringContaining('title') }]);
    const { lines } = (await send('GET', `/collections/${id}/log`)).body;
    expect(lines[0]).toMatchObject({ type: 'added', by: 'ada' });
    expect(await upload('/collections/nothing/import', BIBTEX)).toMatchObject({ status: 404 });
    expect(await upload(`/collections/${id}/import`, 'Dear reader')).toMatchObject({ status: 422 });
  });

  test.each(COLLECTION_FORMATS)(
    'of the format $name is exported, also by a link, and imported again',
    async (format) => {
      const id = await create();
      await send('POST', `/collections/${id}/papers`, {
        papers: [{ id: 'a', note: 'Good', tags: ['x'], rating: 4 }],
      });
      const { headers, text } = await download(`/v1/collections/${id}/export?format=${format.name}`);
      expect(headers.get('content-type')).toBe(`${format.mediaType}; charset=utf-8`);
      expect(headers.get('content-disposition')).toBe(`attachment; filename="${id}.${format.extension}"`);
      const made = await upload('/collections/import?name=Copy', text);
      expect(made).toMatchObject({ status: 201, body: { inIndex: 1, collection: { id: 'copy' } } });
      const { entries } = (await send('GET', '/collections/copy')).body;
      expect(entries).toMatchObject([{ paper: { id: 'a' }, note: 'Good', tags: ['x'], rating: 4 }]);
      const link = async (withNotes: boolean) =>
        (await send('POST', `/collections/${id}/shares`, { withNotes })).body.path as string;
      expect((await download(`${await link(true)}/export?format=${format.name}`)).text).toContain('Good');
      expect((await download(`${await link(false)}/export?format=${format.name}`)).text).not.toContain(
        'Good',
      );
    },
  );

  test('needs a name, unless it has one', async () => {
    expect(await upload('/collections/import', BIBTEX)).toMatchObject({ status: 400 });
    const id = await create();
    const { text } = await download(`/v1/collections/${id}/export`);
    await send('DELETE', `/collections/${id}`);
    const made = await upload('/collections/import', text);
    expect(made.body.collection).toMatchObject({ id: 'my-reading-2', name: 'My reading' });
  });
});

describe('a link', () => {
  const open = async (path: string) => {
    const response = await validatedFetch(app.url + path);
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };

  test('shows the papers with notes and without names, to anyone, until it is revoked', async () => {
    const id = await create();
    const papers = [{ id: 'a', note: 'Good', tags: ['x'], rating: 4 }, { id: 'c' }];
    await send('POST', `/collections/${id}/papers`, { papers }, ADA);
    const share = await send('POST', `/collections/${id}/shares`, { label: 'Reviewers' });
    expect(share).toMatchObject({ status: 201, body: { withNotes: true, label: 'Reviewers' } });
    expect((await send('GET', `/collections/${id}/shares`)).body.shares).toEqual([share.body]);
    const shown = await open(share.body.path);
    expect(shown.headers.get('cache-control')).toBe('no-store');
    expect(shown.body).toMatchObject({
      name: 'My reading',
      total: 2,
      entries: [{ paper: { id: 'a' }, note: 'Good', tags: ['x'], rating: 4 }, { paper: { id: 'c' } }],
    });
    expect(JSON.stringify(shown.body)).not.toContain('ada');
    expect((await send('DELETE', `/collections/${id}/shares/${share.body.id}`)).body.shares).toEqual([]);
    expect((await open(share.body.path)).status).toBe(404);
  });

  test('without notes shows papers only, and filters do not find out more', async () => {
    const id = await create();
    await send('POST', `/collections/${id}/papers`, { papers: [{ id: 'a', note: 'Secret', tags: ['x'] }] });
    const { path } = (await send('POST', `/collections/${id}/shares`, { withNotes: false })).body;
    const { body } = await open(path);
    expect(body.entries).toEqual([{ paper: expect.objectContaining({ id: 'a' }), inIndex: true }]);
    expect((await open(`${path}?q=secret`)).body.total).toBe(0);
    expect((await open(`${path}?tag=x`)).body.total).toBe(0);
  });

  test('leads to the library of its collection', async () => {
    const other = over(await temporaryFolder());
    const library = { name: 'lab', engine, access, collections: other };
    const both = await listening(createApp({ engine, access, collections, others: [library] }));
    const { id } = await other.store.create({ name: 'Of the lab' });
    for (const at of ['/v1/libraries/lab', '/libraries/lab']) {
      const headers = { Authorization: 'Bearer ada' };
      const made = await fetch(`${both.url}${at}/collections/${id}/shares`, { method: 'POST', headers });
      const { path } = (await made.json()) as { path: string };
      expect(path).toMatch(/^\/v1\/libraries\/lab\/shared\//);
      expect(await (await fetch(both.url + path)).json()).toMatchObject({ name: 'Of the lab' });
      expect((await fetch(both.url + path.replace('/libraries/lab', ''))).status).toBe(404);
    }
    both.close();
  });

  test('needs no token where reading needs one', async () => {
    const id = await create();
    const { path } = (await send('POST', `/collections/${id}/shares`)).body;
    const hidden = await listening(
      createApp({ engine, collections, access: { ...access, isPrivate: true } }),
    );
    expect((await validatedFetch(hidden.url + path)).status).toBe(200);
    expect((await validatedFetch(`${hidden.url}/v1/search?q=x`)).status).toBe(401);
    hidden.close();
  });

  test('does not work for a deleted collection, and cannot be guessed from its id', async () => {
    const id = await create();
    const { path, id: share } = (await send('POST', `/collections/${id}/shares`)).body;
    expect(path).not.toContain(share);
    await send('DELETE', `/collections/${id}`);
    for (const wrong of [path, '/v1/shared/x', `/v1/shared/${share}`, '/v1/shared/..%2f..']) {
      expect((await open(wrong)).status).toBe(404);
    }
  });
});

describe('refuses', () => {
  test.each([
    ['POST', '/collections', {}],
    ['POST', '/collections', { name: '' }],
    ['POST', '/collections', { name: 'x'.repeat(201) }],
    ['POST', '/collections', { name: 'x', id: 'y' }],
    ['POST', '/collections/my-reading/papers', { papers: [] }],
    ['POST', '/collections/my-reading/papers', { papers: [{ id: 'a', rating: 6 }] }],
    ['POST', '/collections/my-reading/papers', { papers: [{ id: 'a', colour: 'red' }] }],
    ['PATCH', '/collections/my-reading/papers', { ids: ['a'], state: 'skimmed' }],
    ['PATCH', '/collections/my-reading/papers', { ids: ['a'], note: 'x'.repeat(20_001) }],
    ['GET', '/collections/my-reading?sort=random', undefined],
  ])('%s %s %j with 400', async (method, path, body) => {
    await create();
    expect((await send(method, path, body)).status).toBe(400);
  });

  test.each([
    ['GET', '/collections'],
    ['POST', '/collections'],
    ['GET', '/collections/x'],
    ['PATCH', '/collections/x'],
    ['DELETE', '/collections/x'],
    ['POST', '/collections/x/restore'],
    ['POST', '/collections/x/papers'],
    ['PATCH', '/collections/x/papers'],
    ['POST', '/collections/x/papers/remove'],
    ['POST', '/collections/x/papers/move'],
    ['POST', '/collections/x/undo'],
    ['POST', '/collections/x/redo'],
    ['GET', '/collections/x/log'],
    ['GET', '/collections/x/export'],
    ['POST', '/collections/x/import'],
    ['POST', '/collections/import'],
    ['GET', '/collections/x/shares'],
    ['POST', '/collections/x/shares'],
    ['DELETE', '/collections/x/shares/y'],
  ])('%s %s without the token', async (method, path) => {
    expect((await send(method, path, undefined, { Authorization: '' })).status).toBe(401);
    expect((await send(method, path, undefined, { Authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
    expect((await send(method, path, undefined, {}, closed)).status).toBe(403);
  });

  test('a token without the scope, and records only changes', async () => {
    const id = await create();
    recorded.length = 0;
    const student = { Authorization: 'Bearer student' };
    expect((await send('GET', '/collections', undefined, student)).status).toBe(403);
    await send('GET', `/collections/${id}`, undefined, ADA);
    expect((await send('DELETE', `/collections/${id}`, undefined, ADA)).status).toBe(200);
    expect(recorded).toMatchObject([{ by: 'ada', operation: 'deleteCollection', status: 200 }]);
  });

  test('unknown collections and papers with 404', async () => {
    const id = await create();
    for (const [method, path, body] of [
      ['GET', '/collections/nothing', undefined],
      ['GET', '/collections/..%2fx', undefined],
      ['PATCH', `/collections/${id}/papers`, { ids: ['a'], note: 'x' }],
      ['POST', `/collections/${id}/papers/remove`, { ids: ['a'] }],
      ['DELETE', `/collections/${id}/shares/x`, undefined],
    ] as const) {
      expect((await send(method, path, body)).status).toBe(404);
    }
  });
});
