import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiOperations } from '../../../src/serve/http/api.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { openApiDocument } from '../../../src/serve/http/openapi/document.ts';
import { beesAndWasps, PROTOCOL } from '../../review/world.ts';
import { FakeEngine, FakeSnapshot } from '../../support/fake-engine.ts';
import { listening } from '../../support/listening.ts';
import { type ReviewServer, reviewServer } from '../../support/review-server.ts';

const isBee = (id: string) => id.startsWith('bee');

let server: ReviewServer;
beforeAll(async () => {
  server = await reviewServer();
});
beforeEach(() => server.reset());
afterAll(() => server.close());

describe('a review', () => {
  test('is created, listed, changed and deleted', async () => {
    const { send } = server;
    const created = await send('ada', 'POST', '/reviews', { name: 'Bees', protocol: PROTOCOL });
    expect(created).toMatchObject({
      status: 201,
      body: { id: 'bees', createdBy: 'ada', papers: 12, poolOutdated: false, protocol: PROTOCOL },
    });
    expect(created.headers.get('cache-control')).toBeNull();
    expect((await send('ada', 'POST', '/reviews', { name: 'bees', protocol: PROTOCOL })).status).toBe(409);
    const listed = await send('ben', 'GET', '/reviews');
    expect(listed.headers.get('cache-control')).toBe('no-store');
    expect(listed.body.reviews).toMatchObject([{ id: 'bees', name: 'Bees', decided: 0 }]);
    const change = { name: 'Honey bees', targetRecall: 0.9, exclude: [{ name: 'wrong animal' }] };
    const changed = await send('ben', 'PATCH', '/reviews/bees', change);
    expect(changed.body).toMatchObject({
      id: 'bees',
      name: 'Honey bees',
      createdBy: 'ada',
      protocol: { ...PROTOCOL, targetRecall: 0.9, exclude: [{ name: 'wrong animal', description: '' }] },
    });
    const source = { name: 'PubMed', kind: 'database', query: 'bees[tiab]', date: '2026-11', records: 14 };
    const sourced = await send('ben', 'POST', '/reviews/bees/sources', source);
    expect(sourced.body.protocol.sources).toEqual([source]);
    expect((await send('ada', 'DELETE', '/reviews/bees')).body).toEqual({ removed: 'bees' });
    expect((await send('ada', 'GET', '/reviews')).body.reviews).toEqual([]);
    expect((await send('ada', 'GET', '/reviews/bees')).status).toBe(404);
    expect(server.recorded).toMatchObject([
      { by: 'ada', operation: 'createReview', status: 201 },
      { by: 'ada', operation: 'createReview', status: 409 },
      { by: 'ben', operation: 'changeReview', status: 200 },
      { by: 'ben', operation: 'addReviewSource', status: 200 },
      { by: 'ada', operation: 'deleteReview', status: 200 },
    ]);
  });

  test('takes its papers from a search, and again when the index has changed', async () => {
    const { send } = server;
    const pool = { query: 'honey bees', mode: 'keyword', filters: { keyword: ['no such keyword'] } };
    const none = await send('ada', 'POST', '/reviews', { name: 'None', protocol: PROTOCOL, pool });
    expect(none.status).toBe(400);
    await server.create();
    await server.ingest(beesAndWasps(15).slice(1));
    expect((await send('ada', 'GET', '/reviews/bees')).body.poolOutdated).toBe(true);
    const updated = await send('ada', 'POST', '/reviews/bees/pool');
    expect(updated.body).toMatchObject({ papers: 14, poolOutdated: false });
    expect(updated.body.pool).toMatchObject([{ added: 12 }, { added: 3, removed: 1 }]);
    const narrower = await send('ada', 'POST', '/reviews/bees/pool', { query: 'honey', mode: 'keyword' });
    expect(narrower.body.pool.at(-1)).toMatchObject({ request: { query: 'honey', mode: 'keyword' } });
  });

  test('of one library is not that of another', async () => {
    await server.create();
    const lab = async (init: RequestInit) => {
      const headers = { Authorization: 'Bearer ada', 'Content-Type': 'application/json' };
      const response = await fetch(`${server.url}/v1/libraries/lab/reviews`, { headers, ...init });
      return (await response.json()) as { id?: string; reviews?: unknown[] };
    };
    expect((await lab({})).reviews).toEqual([]);
    const body = JSON.stringify({ name: 'Other', protocol: PROTOCOL });
    expect(await lab({ method: 'POST', body })).toMatchObject({ id: 'other' });
    expect((await server.send('ada', 'GET', '/reviews/other')).status).toBe(404);
  });
});

describe('a reviewer', () => {
  beforeEach(() => server.create());

  test('reads paper after paper, each with reasons, until none is left', async () => {
    const { send } = server;
    const first = await send('ada', 'GET', '/reviews/bees/next');
    expect(first.headers.get('cache-control')).toBe('no-store');
    let next = first.body.papers[0];
    const read: string[] = [];
    while (next) {
      const { paper, rank, model, chosenBy } = next;
      read.push(paper.id);
      const decision = isBee(paper.id) ? 'include' : 'exclude';
      const label = { paper: paper.id, decision, rank, model, chosenBy };
      const { status, body } = await send('ada', 'POST', '/reviews/bees/labels', label);
      expect(status).toBe(200);
      expect(body).toMatchObject({ label: { paper: paper.id, by: 'ada', agent: false }, standing: decision });
      expect(body.labels).toEqual([body.label]);
      next = body.next;
    }
    expect(new Set(read).size).toBe(12);
    expect(read.slice(0, 4).every(isBee)).toBe(true);
    const progress = await send('ada', 'GET', '/reviews/bees/progress');
    expect(progress.body).toMatchObject({
      abstract: { papers: 12, unread: 0, included: 4, excluded: 8 },
      own: { read: 12, included: 4 },
      recall: { found: 4, screened: 12, recall: 1 },
    });
    const replay = await send('ada', 'GET', '/reviews/bees/replay');
    expect(replay.body).toMatchObject({ same: true, steps: { length: 12 } });
  });

  test('sees what a label moved, and takes it back as if it had not been', async () => {
    const { send } = server;
    await send('ada', 'POST', '/reviews/bees/labels', { paper: 'bee-0', decision: 'exclude' });
    const before = (await send('ada', 'GET', '/reviews/bees/next?count=12')).body.papers;
    const label = { paper: 'wasp-1', decision: 'include', reasons: ['bees'], note: 'Really?' };
    const { body } = await send('ada', 'POST', '/reviews/bees/labels', label);
    expect(body.moved.length).toBeGreaterThan(0);
    const { number } = body.label;
    const moved = await send('ada', 'GET', `/reviews/bees/labels/${number}/moved`);
    expect(moved.body.moved).toEqual(body.moved);
    const paper = await send('ada', 'GET', '/reviews/bees/papers/wasp-1');
    expect(paper.body).toMatchObject({ abstract: 'include', labels: [{ note: 'Really?' }] });
    const undone = await send('ada', 'POST', '/reviews/bees/undo');
    expect(undone.body).toMatchObject({ undone: { number }, progress: { own: { read: 1 } } });
    expect((await send('ada', 'GET', '/reviews/bees/next?count=12')).body.papers).toEqual(before);
    expect((await send('ada', 'POST', '/reviews/bees/undo', { number })).status).toBe(409);
    expect((await send('ada', 'POST', '/reviews/bees/undo')).status).toBe(200);
    expect((await send('ada', 'POST', '/reviews/bees/undo')).status).toBe(409);
    expect((await send('ada', 'GET', '/reviews/bees/labels/1/moved')).status).toBe(404);
  });

  test('labels many papers at once, all or none', async () => {
    const { send } = server;
    const labels = [
      { paper: 'bee-0', decision: 'include' },
      { paper: 'doi:10.1000/1', decision: 'exclude', reasons: ['Wrong Animal'] },
    ];
    const unknown = [...labels, { paper: 'x', decision: 'include' }, { paper: 'y', decision: 'maybe' }];
    expect(await send('ada', 'POST', '/reviews/bees/labels', { labels: unknown })).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND', details: { papers: ['x', 'y'] } } },
    });
    const { body } = await send('ada', 'POST', '/reviews/bees/labels', { labels });
    expect(body.labels).toMatchObject([{ paper: 'bee-0' }, { paper: 'wasp-1', reasons: ['wrong animal'] }]);
    expect(body.progress.own).toEqual({ read: 2, included: 1, maybe: 0 });
    expect(body).not.toHaveProperty('label');
  });

  test('lists papers by standing and words, in pages', async () => {
    const { send } = server;
    await send('ada', 'POST', '/reviews/bees/labels', { paper: 'wasp-1', decision: 'exclude' });
    const excluded = await send('ada', 'GET', '/reviews/bees/papers?stage=abstract&standing=exclude');
    expect(excluded.body).toMatchObject({
      total: 1,
      offset: 0,
      limit: 50,
      papers: [{ paper: { id: 'wasp-1' } }],
    });
    const page = await send('ada', 'GET', '/reviews/bees/papers?text=honey&offset=1&limit=2');
    expect(page.body).toMatchObject({ total: 4, papers: { length: 2 } });
    expect(page.body.papers.every(({ paper }: { paper: { id: string } }) => isBee(paper.id))).toBe(true);
    const byDoi = await send('ada', 'GET', '/reviews/bees/papers/doi:10.1000%2F1');
    expect(byDoi.body.paper.id).toBe('wasp-1');
  });

  test('does not overwrite a label of another tab', async () => {
    const { send } = server;
    const label = { paper: 'bee-0', decision: 'maybe' };
    const first = { ...label, replaces: 0 };
    const { number } = (await send('ada', 'POST', '/reviews/bees/labels', first)).body.label;
    expect((await send('ada', 'POST', '/reviews/bees/labels', first)).status).toBe(409);
    const replace = { paper: 'bee-0', decision: 'include', replaces: number };
    expect((await send('ada', 'POST', '/reviews/bees/labels', replace)).status).toBe(200);
    expect(await send('ada', 'POST', '/reviews/bees/labels', replace)).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT', message: expect.stringContaining('another session') } },
    });
    expect((await send('ben', 'POST', '/reviews/bees/labels', label)).status).toBe(409);
  });

  test('judges full texts of included papers, with a reason for each exclusion', async () => {
    const { send } = server;
    const labels = ['bee-0', 'bee-3', 'bee-6'].map((paper) => ({ paper, decision: 'include' }));
    await send('ada', 'POST', '/reviews/bees/labels', { labels });
    const retrieved = { papers: ['bee-6'], retrieved: false };
    expect((await send('ada', 'POST', '/reviews/bees/retrieved', retrieved)).body).toEqual({ papers: 1 });
    expect(server.recorded.at(-1)).toMatchObject({ operation: 'reportRetrieved', papers: 1 });
    const next = await send('ada', 'GET', '/reviews/bees/next?stage=full-text&count=50');
    expect(next.body.papers.length).toBeGreaterThan(0);
    const label = { paper: 'bee-0', stage: 'full-text', decision: 'exclude' };
    const refused = await send('ada', 'POST', '/reviews/bees/labels', label);
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('needs a reason') } },
    });
    const reasoned = { ...label, reasons: ['no data'] };
    const { body } = await send('ada', 'POST', '/reviews/bees/labels', reasoned);
    expect(body).toMatchObject({ standing: 'exclude', progress: { fullText: { papers: 3, excluded: 1 } } });
    const early = { ...label, paper: 'wasp-1', decision: 'include' };
    expect((await send('ada', 'POST', '/reviews/bees/labels', early)).status).toBe(409);
  });
});

describe('two reviewers', () => {
  beforeEach(() => server.create({ reviewersPerPaper: 2 }));

  test('at once are blind to each other until both have decided', async () => {
    const { send } = server;
    const papers = beesAndWasps().map(({ id }) => id);
    // Ada starts with the first paper and Ben with the last, both at once.
    const decisionOf = (by: string, id: string) =>
      by === 'ben' && id === 'wasp-1' ? 'include' : isBee(id) ? 'include' : 'exclude';
    const screens = async (by: string, order: readonly string[]) => {
      for (const paper of order) {
        const { status, body } = await send(by, 'POST', '/reviews/bees/labels', {
          paper,
          decision: decisionOf(by, paper),
        });
        expect(status).toBe(200);
        const shown = (await send(by, 'GET', `/reviews/bees/papers/${paper}`)).body;
        const others = shown.labels.filter((label: { by: string }) => label.by !== by);
        expect(others.length > 0).toBe(shown.labels.length === 2);
        expect(body.label.by).toBe(by);
      }
    };
    await send('ada', 'POST', '/reviews/bees/labels', { paper: 'bee-0', decision: 'include' });
    const seen = (await send('ben', 'GET', '/reviews/bees/papers/bee-0')).body;
    expect(seen).toMatchObject({ labels: [] });
    await Promise.all([screens('ada', papers.slice(1)), screens('ben', [...papers].reverse())]);
    const both = (await send('ben', 'GET', '/reviews/bees/papers/bee-0')).body;
    expect(both).toMatchObject({ abstract: 'include', labels: [{ by: 'ada' }, { by: 'ben' }] });
    const { body: agreed } = await send('ada', 'GET', '/reviews/bees/agreement');
    expect(agreed.agreement).toMatchObject([
      { stage: 'abstract', agreement: { papers: 12, observed: expect.closeTo(11 / 12) } },
    ]);
    const { body: progress } = await send('ben', 'GET', '/reviews/bees/progress');
    expect(progress.abstract).toMatchObject({ conflicts: 1, included: 4, excluded: 7, unread: 0, partly: 0 });
    expect((await send('ada', 'GET', '/reviews/bees/replay')).body.same).toBe(true);
  });

  test('are shown conflicts, which a third person settles', async () => {
    const { send } = server;
    const label = (by: string, decision: string) =>
      send(by, 'POST', '/reviews/bees/labels', { paper: 'bee-0', decision });
    const settle = { paper: 'bee-0', stage: 'abstract', decision: 'include', note: 'Bees are named.' };
    await label('ada', 'include');
    expect((await send('eve', 'POST', '/reviews/bees/settlements', settle)).status).toBe(409);
    await label('ben', 'maybe');
    expect((await label('eve', 'include')).status).toBe(409);
    const conflicts = await send('ada', 'GET', '/reviews/bees/papers?standing=conflict');
    expect(conflicts.body).toMatchObject({ total: 1, papers: [{ paper: { id: 'bee-0' } }] });
    const settled = await send('eve', 'POST', '/reviews/bees/settlements', settle);
    expect(settled).toMatchObject({ status: 200, body: { by: 'eve', decision: 'include' } });
    const paper = await send('ben', 'GET', '/reviews/bees/papers/bee-0');
    expect(paper.body).toMatchObject({ abstract: 'include', settled: [{ by: 'eve' }] });
  });

  test('cannot see what a label of the other moved', async () => {
    const { send } = server;
    const label = { paper: 'bee-0', decision: 'include' };
    const { number } = (await send('ada', 'POST', '/reviews/bees/labels', label)).body.label;
    expect(await send('ben', 'GET', `/reviews/bees/labels/${number}/moved`)).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
    expect((await send('ben', 'POST', '/reviews/bees/undo', { number })).status).toBe(403);
  });
});

describe('refuses', () => {
  const LONG = 'x'.repeat(201);
  const labels = '/reviews/bees/labels';
  const settlements = '/reviews/bees/settlements';
  test.each([
    ['POST', '/reviews', {}, 'name'],
    ['POST', '/reviews', { name: 'Other' }, 'protocol'],
    ['POST', '/reviews', { name: 'Other', protocol: { question: '' } }, 'question'],
    ['POST', '/reviews', { name: LONG, protocol: PROTOCOL }, 'name'],
    [
      'POST',
      '/reviews',
      { name: 'Other', protocol: PROTOCOL, pool: { filters: { x: 1 } } },
      'pool.filters.x',
    ],
    ['POST', '/reviews', { name: 'Other', protocol: PROTOCOL, colour: 'red' }, 'colour'],
    ['PATCH', '/reviews/bees', {}, 'at least one field'],
    ['PATCH', '/reviews/bees', { reviewersPerPaper: 3 }, 'reviewersPerPaper: Expected 1 or 2.'],
    ['PATCH', '/reviews/bees', { targetRecall: 95 }, 'targetRecall'],
    ['PATCH', '/reviews/bees', { include: [{ name: 'a' }, { name: 'A' }] }, 'twice'],
    ['PATCH', '/reviews/bees', { highlights: [{ text: 'bee', for: true, color: 'red' }] }, '#2b7a3d'],
    ['POST', '/reviews/bees/sources', { name: 'PubMed', kind: 'web' }, 'kind'],
    ['POST', '/reviews/bees/sources', { name: 'PubMed', kind: 'database', date: 'today' }, '2026-11-30'],
    ['POST', labels, {}, 'paper'],
    ['POST', labels, { paper: 'bee-0' }, 'decision: Expected one of: include, exclude, maybe.'],
    ['POST', labels, { paper: 'bee-0', decision: 'yes' }, 'decision'],
    ['POST', labels, { paper: 'bee-0', decision: 'exclude', reasons: ['too long'] }, 'not a criterion'],
    ['POST', labels, { paper: 'bee-0', decision: 'include', note: 'x'.repeat(20_001) }, 'note'],
    ['POST', labels, { paper: 'bee-0', decision: 'include', by: 'ben' }, 'by'],
    ['POST', labels, { labels: [] }, 'at least one'],
    ['POST', labels, { labels: [{ paper: 'bee-0', decision: 'include' }], paper: 'bee-3' }, 'either'],
    ['POST', labels, { labels: [{ paper: 'bee-0', decision: 'include', agent: true }] }, 'labels.0.agent'],
    ['POST', '/reviews/bees/undo', { number: 0 }, 'number'],
    ['POST', settlements, { paper: 'bee-0', stage: 'abstract', decision: 'maybe' }, 'decision'],
    ['POST', settlements, { paper: 'bee-0', decision: 'include' }, 'stage'],
    ['POST', '/reviews/bees/retrieved', { papers: 'bee-0', retrieved: true }, 'list of ids'],
    ['GET', '/reviews/bees/next?count=51', undefined, 'count'],
    ['GET', '/reviews/bees/next?stage=title', undefined, 'stage'],
    ['GET', '/reviews/bees/papers?standing=good', undefined, 'standing'],
    ['GET', '/reviews/bees/labels/first/moved', undefined, 'number'],
  ])('%s %s with 400, and says why: %#', async (method, path, body, message) => {
    await server.create();
    const { version } = (await server.send('ada', 'GET', '/reviews/bees')).body;
    expect(await server.send('ada', method, path, body)).toMatchObject({
      status: 400,
      body: { error: { code: 'BAD_REQUEST', message: expect.stringContaining(message) } },
    });
    expect((await server.send('ada', 'GET', '/reviews/bees')).body.version).toBe(version);
  });

  const routes = Object.entries(
    openApiDocument(apiOperations({ engine: new FakeEngine(new FakeSnapshot()) })).paths,
  ).flatMap(([path, methods]) =>
    path.startsWith('/v1/reviews')
      ? Object.keys(methods).map((method) => [method, path.slice(3)] as const)
      : [],
  );

  test.each(routes)(
    '%s %s without a token that has the scope, and for an unknown review',
    async (method, path) => {
      const at = path.replace('{number}', '1').replace(/\{\w+\}/g, 'x');
      const verb = method.toUpperCase();
      expect(routes.length).toBeGreaterThan(17);
      expect((await server.send('', verb, at)).status).toBe(401);
      expect((await server.send('stranger', verb, at)).status).toBe(401);
      expect(await server.send('student', verb, at)).toMatchObject({
        status: 403,
        body: { error: { details: { scope: 'review' } } },
      });
      if (method === 'get' && path.includes('{id}'))
        expect((await server.send('ada', verb, at)).status).toBe(404);
    },
  );

  test('requests where no reviews are kept', async () => {
    const access = { find: () => ({ name: 'ada', scopes: ['review'] as const }), hasTokens: () => true };
    const app = await listening(createApp({ engine: new FakeEngine(new FakeSnapshot()), access }));
    const headers = { Authorization: 'Bearer ada' };
    const response = await fetch(`${app.url}/v1/reviews`, { headers });
    app.close();
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('keeps no reviews');
  });

  test('unknown reviews and papers, with 404', async () => {
    await server.create();
    const label = { paper: 'nobody', decision: 'include' };
    for (const [method, path, body] of [
      ['PATCH', '/reviews/nothing', { name: 'x' }],
      ['POST', '/reviews/..%2fbees/labels', { ...label, paper: 'bee-0' }],
      ['POST', '/reviews/bees/labels', label],
      ['POST', '/reviews/bees/settlements', { ...label, stage: 'abstract' }],
      ['POST', '/reviews/bees/retrieved', { papers: ['bee-0', 'nobody'], retrieved: true }],
      ['GET', '/reviews/bees/papers/nobody', undefined],
    ] as const) {
      const { status } = await server.send('ada', method, path, body);
      expect(status, `${method} ${path}`).toBe(404);
    }
  });

  test('a body that is too large with 413', async () => {
    await server.create();
    const note = 'x'.repeat(20_000);
    const labels = Array.from({ length: 500 }, () => ({ paper: 'bee-0', decision: 'include', note }));
    expect((await server.send('ada', 'POST', '/reviews/bees/labels', { labels })).status).toBe(413);
  });
});
