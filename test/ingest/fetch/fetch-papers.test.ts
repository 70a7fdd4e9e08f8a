import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fetchPapers } from '../../../src/ingest/fetch/fetch-papers.ts';
import { json, type Reply, type SeenRequest, xml } from '../../support/fake-service.ts';
import { arxivOfFive, pagesIn, parameter, setUp } from '../../support/fetching.ts';
import {
  aclCollection,
  arxivFeed,
  crossrefPage,
  names,
  oaiError,
  oaiPage,
  openAlexPage,
  openReviewNotes,
  semanticScholarPage,
} from '../../support/service-pages.ts';

describe('pages are brought in to the end', () => {
  const OAI = new Map([
    [null, oaiPage(['2501.00001', '2501.00002'], 'T1', 3)],
    ['T1', oaiPage(['2501.00003'], '', 3)],
  ]);
  test.each<[string, Parameters<typeof fetchPapers>, (request: SeenRequest) => Reply, number, number]>([
    ['arXiv, a search', ['arxiv', { query: 'a' }], arxivOfFive, 3, 5],
    [
      'arXiv, by identifiers of which one is unknown',
      ['arxiv', { ids: ['2402.00001', '2402.99999'] }],
      () => xml(arxivFeed(['2402.00001'], 2)),
      1,
      1,
    ],
    [
      'arXiv, a harvest',
      ['arxiv', { category: 'cs' }],
      (request) => xml(OAI.get(parameter(request, 'resumptionToken'))!),
      2,
      3,
    ],
    [
      'OpenReview',
      ['openreview', { venue: 'V' }],
      (request) => json(openReviewNotes(parameter(request, 'offset') === '0' ? ['a', 'b'] : ['c'], 3)),
      2,
      3,
    ],
    [
      'Semantic Scholar',
      ['semanticscholar', { query: 'a' }],
      (request) =>
        json(
          parameter(request, 'token') === 'T'
            ? semanticScholarPage(['c'], 3, null)
            : semanticScholarPage(['a', 'b'], 3, 'T'),
        ),
      2,
      3,
    ],
    [
      'OpenAlex',
      ['openalex', { query: 'a' }],
      (request) =>
        json(
          parameter(request, 'cursor') === '*'
            ? openAlexPage(['W1', 'W2'], 2, 'N')
            : openAlexPage([], 2, null),
        ),
      1,
      2,
    ],
    [
      'Crossref',
      ['crossref', { query: 'a' }],
      (request) =>
        json(
          parameter(request, 'cursor') === '*'
            ? crossrefPage(names('10.5555/', 500), 501, 'N')
            : crossrefPage(['10.5555/501'], 501, 'N'),
        ),
      2,
      501,
    ],
  ])('%s', async (_, [service, selection], reply, pages, papers) => {
    const { options, progress } = await setUp(reply);
    const report = await fetchPapers(service, selection, options);
    expect(report).toMatchObject({ service, papers, newPages: pages, keptPages: pages, notices: [] });
    expect(await pagesIn(report.folder)).toHaveLength(pages);
    expect(progress.filter(({ kind }) => kind === 'page').at(-1)).toMatchObject({ pages, papers });
  });

  test('ACL Anthology, with a year in which a venue was not held', async () => {
    const { options } = await setUp(({ url }) =>
      url.pathname.includes('2025')
        ? { status: 404, body: '404: Not Found' }
        : { headers: { 'content-type': 'text/plain' }, body: aclCollection('2024.eacl', 2) },
    );
    const report = await fetchPapers('acl', { venue: 'eacl', from: '2024', until: '2026' }, options);
    expect(report).toMatchObject({ papers: 4, newPages: 2, notices: ['ACL Anthology has no 2025.eacl.'] });
    expect(await pagesIn(report.folder)).toEqual(['2024.eacl.xml', '2026.eacl.xml']);
  });

  test('each as it came', async () => {
    const body = arxivFeed(['2402.00001'], 1);
    const { options } = await setUp(() => xml(body));
    const { folder } = await fetchPapers('arxiv', { query: 'a' }, options);
    expect(await readFile(join(folder, '00001.xml'), 'utf8')).toBe(body);
  });

  test('at the pace of the service', async () => {
    const { options, clock } = await setUp(arxivOfFive);
    await fetchPapers('arxiv', { query: 'a' }, options);
    expect(clock.pauses).toEqual([3000, 3000]);
  });
});

describe('the pace of a service', () => {
  const one = () => xml(arxivFeed(['2402.00001'], 1));

  test('holds from one fetch to the next', async () => {
    const { options, clock } = await setUp(one);
    await fetchPapers('arxiv', { query: 'a' }, options);
    await clock.sleep(1000);
    await fetchPapers('arxiv', { query: 'b' }, options);
    expect(clock.pauses).toEqual([1000, 2000]);
  });

  test.each(['9999999999999', 'nonsense', ''])(
    'is no longer than that, whatever was noted: %j',
    async (note) => {
      const { options, data, clock } = await setUp(one);
      await mkdir(join(data, 'arxiv'), { recursive: true });
      await writeFile(join(data, 'arxiv', '.pace'), note);
      await fetchPapers('arxiv', { query: 'a' }, options);
      expect(clock.pauses).toEqual(note.startsWith('9') ? [3000] : []);
    },
  );
});

test('reports no error and keeps no page when nothing is found', async () => {
  const { options } = await setUp(() => xml(arxivFeed([], 0)));
  const report = await fetchPapers('arxiv', { query: 'a' }, options);
  expect(report).toMatchObject({ papers: 0, total: 0, keptPages: 0, notices: [] });
  expect(await pagesIn(report.folder)).toEqual([]);
});

test('ends the fetch after the page that reaches the limit', async () => {
  const { options, service } = await setUp(arxivOfFive);
  const report = await fetchPapers('arxiv', { query: 'a', limit: 3 }, options);
  expect(report).toMatchObject({ papers: 4, total: 5, notices: [] });
  expect(service.seen).toHaveLength(2);
});

test('reports papers that the service counts and does not return', async () => {
  const { options } = await setUp(() => json(crossrefPage(['10.5555/1'], 3, 'N')));
  const { notices } = await fetchPapers('crossref', { query: 'a' }, options);
  expect(notices).toEqual(['Crossref has 3 papers and gave 1: fetch again for the others.']);
});

test('does not report a loss for a total that is not exact', async () => {
  const { options } = await setUp(() => json(semanticScholarPage(['a'], 3, null)));
  expect(await fetchPapers('semanticscholar', { query: 'a' }, options)).toMatchObject({
    total: 3,
    notices: [],
  });
});

test('reports what the service said when it refuses', async () => {
  const { options } = await setUp(() => ({
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"name":"ChallengeRequiredError","message":"Challenge verification required"}',
  }));
  await expect(fetchPapers('openreview', { venue: 'V' }, options)).rejects.toMatchObject({
    code: 'FETCH_REFUSED',
    message: expect.stringMatching(/Challenge verification required.*OPENREVIEW_TOKEN/),
  });
});

describe('who asks', () => {
  const nothing = () => json(crossrefPage([], 0, 'N'));

  test('is named in the User-Agent', async () => {
    const { options, service, progress } = await setUp(nothing);
    await fetchPapers('crossref', { query: 'a' }, { ...options, mailto: 'me@example.org' });
    expect(service.seen[0]!.headers['user-agent']).toMatch(/^paper-search\/\S+ \(mailto:me@example\.org\)$/);
    expect(progress.filter(({ kind }) => kind === 'notice')).toEqual([]);
  });

  test('comes from the environment too', async () => {
    const { options, service } = await setUp(nothing);
    const env = { ...options.env, PAPER_SEARCH_MAILTO: 'me@example.org' };
    await fetchPapers('crossref', { query: 'a' }, { ...options, env });
    expect(service.seen[0]!.headers['user-agent']).toContain('me@example.org');
  });

  test('is asked for where the service wants to know', async () => {
    const { options, progress } = await setUp(nothing);
    await fetchPapers('crossref', { query: 'a' }, options);
    expect(progress).toContainEqual({ kind: 'notice', message: expect.stringContaining('--mailto') });
  });

  test.each(['me', 'me@example', 'me@example.org\r\nx-evil: 1', 'a b@example.org'])(
    'refuses %j as an address',
    async (mailto) => {
      const { options, service } = await setUp(nothing);
      await expect(fetchPapers('crossref', { query: 'a' }, { ...options, mailto })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
      expect(service.seen).toEqual([]);
    },
  );

  test.each([
    ['openreview', { venue: 'V' }, 'OPENREVIEW_TOKEN', 'authorization', 'Bearer k3y'],
    ['semanticscholar', { query: 'a' }, 'SEMANTIC_SCHOLAR_API_KEY', 'x-api-key', 'k3y'],
    ['openalex', { query: 'a' }, 'OPENALEX_API_KEY', 'authorization', 'Bearer k3y'],
  ] as const)('%s gets its key, and no file does', async (name, selection, variable, header, value) => {
    const { options, service, progress } = await setUp((request) =>
      request.url.host.includes('openreview')
        ? json(openReviewNotes(['a'], 1))
        : json({
            ...(openAlexPage(['W1'], 1, null) as object),
            ...(semanticScholarPage(['a'], 1, null) as object),
          }),
    );
    const env = { ...options.env, [variable]: 'k3y' };
    const report = await fetchPapers(name, selection, { ...options, env });
    expect(service.seen[0]!.headers[header]).toBe(value);
    expect(service.seen[0]!.url.href).not.toContain('k3y');
    const state = await readFile(join(report.folder, '.fetch.json'), 'utf8');
    expect([state, JSON.stringify(report), JSON.stringify(progress)].join()).not.toContain('k3y');
  });
});

describe('an interrupted fetch', () => {
  test('continues where it was', async () => {
    const stop = new AbortController();
    const { options, service } = await setUp((request, number) => {
      if (number === 3) stop.abort(new Error('killed'));
      return arxivOfFive(request);
    });
    await expect(fetchPapers('arxiv', { query: 'a' }, { ...options, signal: stop.signal })).rejects.toThrow(
      'killed',
    );
    const report = await fetchPapers('arxiv', { query: 'a' }, options);
    expect(report).toMatchObject({ papers: 5, newPages: 1, keptPages: 3 });
    expect(service.seen.map((request) => parameter(request, 'start'))).toEqual(['0', '2', '4', '4']);
    expect(await pagesIn(report.folder)).toEqual(['00001.xml', '00002.xml', '00003.xml']);
  });

  test('continues after a lasting failure', async () => {
    let busy = true;
    const { options, service } = await setUp((request) =>
      busy && parameter(request, 'start') === '2' ? { status: 503 } : arxivOfFive(request),
    );
    await expect(fetchPapers('arxiv', { query: 'a' }, options)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
    });
    busy = false;
    expect(await fetchPapers('arxiv', { query: 'a' }, options)).toMatchObject({ papers: 5, newPages: 2 });
    expect(service.seen.filter((request) => parameter(request, 'start') === '0')).toHaveLength(1);
  });

  test.each<[string, Reply]>([
    ['an error of the protocol', xml(oaiError('badResumptionToken', 'expired'))],
    ['a status', { status: 400, body: 'bad token' }],
  ])('starts again when its cursor is forgotten: %s', async (_, forgotten) => {
    let alive = true;
    const { options, service } = await setUp((request) => {
      const token = parameter(request, 'resumptionToken');
      if (token === 'OLD') return alive ? { status: 503 } : forgotten;
      if (token === 'NEW') return xml(oaiPage(['2501.00002'], '', 2));
      return xml(oaiPage(['2501.00001'], alive ? 'OLD' : 'NEW', 2));
    });
    await expect(fetchPapers('arxiv', { category: 'cs' }, options)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
    });
    alive = false;
    const report = await fetchPapers('arxiv', { category: 'cs' }, options);
    expect(report).toMatchObject({ papers: 2, keptPages: 2 });
    expect(report.notices).toEqual(['arXiv has forgotten where the fetch was: it started again.']);
    expect(parameter(service.seen.at(-1)!, 'resumptionToken')).toBe('NEW');
  });

  test('ends when its cursor is always refused', async () => {
    const { options } = await setUp((request) =>
      parameter(request, 'resumptionToken') === null
        ? xml(oaiPage(['2501.00001'], 'T', 2))
        : xml(oaiError('badResumptionToken', 'never')),
    );
    await expect(fetchPapers('arxiv', { category: 'cs' }, options)).rejects.toMatchObject({
      code: 'FETCH_REFUSED',
      message: expect.stringContaining('never'),
    });
  });

  test('starts Crossref again, since its cursors move on when they are used', async () => {
    let busy = true;
    const { options, service } = await setUp((request) => {
      if (parameter(request, 'cursor') === '*') return json(crossrefPage(names('10.5555/', 500), 501, 'N'));
      return busy ? { status: 503 } : json(crossrefPage(['10.5555/501'], 501, 'N'));
    });
    await expect(fetchPapers('crossref', { query: 'a' }, options)).rejects.toThrow();
    busy = false;
    const asked = service.seen.length;
    expect(await fetchPapers('crossref', { query: 'a' }, options)).toMatchObject({
      papers: 501,
      keptPages: 2,
    });
    expect(service.seen.slice(asked).map((request) => parameter(request, 'cursor'))).toEqual(['*', 'N']);
  });
});
