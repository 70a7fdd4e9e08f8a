import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { listening } from '../../support/listening.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const { engine } = await snapshotOver([
  paperOf({ title: 'Cited', id: 'doi:10.1000/cited', externalIds: { doi: '10.1000/cited' } }),
  paperOf({ title: 'Citing', id: 'citing', references: ['doi:10.1000/cited', 'doi:10.1000/lost'] }),
  paperOf({ title: 'Third', id: 'third', references: ['citing'] }),
]);
let base = '';
let close = () => {};
beforeAll(async () => {
  ({ url: base, close } = await listening(createApp({ engine })));
});
afterAll(() => close());

async function ask(path: string, body?: object) {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await validatedFetch(base + path, init);
  return { status: response.status, body: await response.json() };
}

describe('the links of a paper', () => {
  test('GET /papers/:id/references', async () => {
    const { status, body } = await ask('/v1/papers/citing/references');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      paper: { id: 'citing' },
      direction: 'references',
      total: 1,
      outside: ['doi:10.1000/lost'],
      hits: [{ rank: 1, paper: { id: 'doi:10.1000/cited' }, citations: 1 }],
    });
  });

  test('GET /papers/:id/citations, by a DOI', async () => {
    const { body } = await ask('/papers/10.1000%2Fcited/citations?sort=title&limit=1');
    expect(body).toMatchObject({ total: 1, limit: 1, sort: 'title', hits: [{ paper: { id: 'citing' } }] });
  });

  test.each([
    ['/v1/papers/nobody/references', 404, 'NOT_FOUND'],
    ['/v1/papers/citing/references?sort=fame', 400, 'BAD_REQUEST'],
    ['/v1/papers/citing/citations?limit=0', 400, 'BAD_REQUEST'],
  ])('%s is %i', async (path, status, code) => {
    expect(await ask(path)).toMatchObject({ status, body: { error: { code } } });
  });
});

describe('POST /snowball', () => {
  test('follows citations', async () => {
    const { status, body } = await ask('/v1/snowball', { ids: ['third'], direction: 'backward', depth: 2 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      seeds: [{ id: 'third' }],
      total: 2,
      hits: [
        { paper: { id: 'citing' }, distance: 1, via: [{ id: 'third', relation: 'citedBy' }] },
        { paper: { id: 'doi:10.1000/cited' }, distance: 2 },
      ],
    });
  });

  test.each([
    [{ ids: [] }, 400],
    [{ ids: ['third'], depth: 6 }, 400],
    [{ ids: ['nobody'] }, 404],
  ])('%j is %i', async (body, status) => {
    expect((await ask('/v1/snowball', body)).status).toBe(status);
  });
});

test('a query with an unknown work is refused', async () => {
  const { status, body } = await ask('/v1/search?q=cites%3Anobody');
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { message: expect.stringContaining('"nobody"') } });
});
