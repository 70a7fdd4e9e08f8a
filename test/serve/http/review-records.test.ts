import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { REVIEW_FORMATS } from '../../../src/review/records/records.ts';
import { type ReviewServer, reviewServer } from '../../support/review-server.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

let server: ReviewServer;
beforeAll(async () => {
  server = await reviewServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

async function download(path: string, token = 'ada') {
  const response = await validatedFetch(`${server.url}/v1/reviews/bees${path}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { status, headers } = response;
  return {
    status,
    type: headers.get('content-type'),
    name: headers.get('content-disposition'),
    cached: headers.get('cache-control'),
    ...(await contentOf(response)),
  };
}

async function contentOf(response: Response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, text: new TextDecoder().decode(bytes) };
}

async function upload(token: string, body: string | Uint8Array<ArrayBuffer>, query = '') {
  const response = await validatedFetch(`${server.url}/v1/reviews/bees/import${query}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
    body,
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** Labels of both stages by one reviewer. */
async function screenSome(token = 'ada') {
  const labels = [
    { paper: 'bee-0', decision: 'include' },
    { paper: 'bee-3', decision: 'include' },
    { paper: 'wasp-1', decision: 'exclude', reasons: ['wrong animal'], note: 'Wasps' },
  ];
  expect((await server.send(token, 'POST', '/reviews/bees/labels', { labels })).status).toBe(200);
}

describe('records of PRISMA', () => {
  test.each([
    ['prisma.svg', 'image/svg+xml; charset=utf-8', '<svg'],
    ['prisma.csv', 'text/csv; charset=utf-8', ','],
    ['prisma-s.md', 'text/markdown; charset=utf-8', 'PubMed'],
  ])('has %s, made from what happened', async (file, type, text) => {
    await server.create();
    const source = { name: 'PubMed', kind: 'database', query: 'bees[tiab]', records: 14 };
    await server.send('ada', 'POST', '/reviews/bees/sources', source);
    await screenSome();
    const got = await download(`/records/${file}`);
    expect(got).toMatchObject({
      status: 200,
      type,
      name: `attachment; filename="bees-${file}"`,
      cached: 'no-store',
    });
    expect(got.text).toContain(text);
  });

  test('counts what happened, also while reviewers are blind', async () => {
    await server.create({ reviewersPerPaper: 2 });
    await screenSome();
    const { body } = await server.send('ben', 'GET', '/reviews/bees/records/prisma.json');
    expect(body).toMatchObject({ review: 'Bees', included: 0, columns: [{ identified: 12, undecided: 3 }] });
    expect(JSON.stringify(body)).not.toContain('bee-0');
    // It does not depend on who asks.
    expect((await server.send('ada', 'GET', '/reviews/bees/records/prisma.json')).body).toEqual(body);
  });
});

describe('an export', () => {
  test.each(REVIEW_FORMATS)(
    'as $name can be imported by another reviewer',
    async ({ name, mediaType, extension }) => {
      await server.create();
      await screenSome();
      const got = await download(`/export?format=${name}`);
      expect(got).toMatchObject({ status: 200, name: `attachment; filename="bees.${extension}"` });
      expect(got.type).toMatch(mediaType);
      await server.reset();
      await server.create();
      const imported = await upload('ben', got.bytes, `?file=bees.${extension}`);
      expect(imported).toMatchObject({
        status: 200,
        body: { written: 3, present: 0, unmatched: [], problems: [] },
      });
      // ASReview knows no reasons: they are in its notes.
      const reasons = name === 'asreview' ? [] : ['wrong animal'];
      const { body } = await server.send('ben', 'GET', '/reviews/bees/papers/wasp-1');
      expect(body).toMatchObject({
        abstract: 'exclude',
        labels: [{ by: 'ben', chosenBy: 'file', reasons, note: expect.stringContaining('Wasps') }],
      });
      expect((await upload('ben', got.bytes, `?file=bees.${extension}`)).body).toMatchObject({
        written: 0,
        present: 3,
      });
    },
  );

  test('shows no decision that the other reviewer must not see yet, except to an administrator', async () => {
    await server.create({ reviewersPerPaper: 2 });
    await screenSome();
    expect(await download('/export', 'ben')).toMatchObject({ status: 403 });
    const refused = await download('/export?unblind=true', 'ben');
    expect(refused).toMatchObject({ status: 403, text: expect.stringContaining('scope \\"admin\\"') });
    expect(await download('/export?unblind=true', 'root')).toMatchObject({ status: 200 });
    await screenSome('ben');
    expect(await download('/export', 'ben')).toMatchObject({ status: 200 });
  });

  test('and a replay says which papers the other reviewer labelled to an administrator only', async () => {
    await server.create({ reviewersPerPaper: 2 });
    await screenSome();
    const refused = await download('/replay', 'ben');
    expect(refused).toMatchObject({ status: 403 });
    expect(refused.text).not.toContain('bee-0');
    expect(await download('/replay?unblind=true', 'ben')).toMatchObject({ status: 403 });
    expect(await download('/replay?unblind=true', 'root')).toMatchObject({ status: 200 });
    await screenSome('ben');
    expect(await download('/replay', 'ben')).toMatchObject({ status: 200 });
  });
});

describe('an import', () => {
  beforeEach(() => server.create());

  test('says what could not be read, matched or understood', async () => {
    const table = [
      'doi,title,included,exclusion reason',
      '10.1000/0,,1,',
      ',Paper wasps of nest 1,0,Too old',
      '10.1000/99,A Paper That Is Not Here,1,',
      '10.1000/3,,,',
    ].join('\n');
    const { status, body } = await upload('ada', table);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      written: 2,
      unlabelled: 1,
      unmatched: [{ title: 'A Paper That Is Not Here', identifiers: ['doi:10.1000/99'] }],
    });
    expect(server.recorded.at(-1)).toMatchObject({ operation: 'importLabels', status: 200, papers: 2 });
  });

  test('refuses a file without labels, one that is too large, and an unknown review', async () => {
    expect(await upload('ada', 'Dear reviewer')).toMatchObject({
      status: 422,
      body: { error: { code: 'BAD_INPUT' } },
    });
    const { status } = await server.send('ada', 'POST', '/reviews/nothing/import');
    expect(status).toBe(404);
  });
});
