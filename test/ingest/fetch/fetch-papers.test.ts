import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type FetchOptions,
  type FetchProgress,
  fetchPapers,
  syncPapers,
} from '../../../src/ingest/fetch/fetch-papers.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { json, type Reply, type SeenRequest, startFakeService, xml } from '../../support/fake-service.ts';
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
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function setUp(reply: (request: SeenRequest, number: number) => Reply) {
  const service = await startFakeService(reply);
  const data = await temporaryFolder();
  const clock = new FakeClock();
  const progress: FetchProgress[] = [];
  const options = {
    data,
    clock,
    env: { PAPER_SEARCH_FETCH_BASE: service.base },
    onProgress: (event: FetchProgress) => progress.push(event),
  } satisfies FetchOptions;
  return { service, data, clock, progress, options };
}

/** Names of the pages in a folder. */
const pagesIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();

const parameter = ({ url }: SeenRequest, name: string) => url.searchParams.get(name);

/** An arXiv search over 5 papers that gives 2 a page. */
const arxivOfFive = (request: SeenRequest) => {
  const start = Number(parameter(request, 'start'));
  return xml(arxivFeed(names('2402.0000', 5).slice(start, start + 2), 5, start), { etag: `"${start}"` });
};

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

describe('a fetch that is repeated', () => {
  /** Answers 304 to who has the page already. */
  const cached = (request: SeenRequest): Reply => {
    const reply = arxivOfFive(request);
    return request.headers['if-none-match'] === reply.headers!.etag ? { status: 304 } : reply;
  };

  test('gets only the pages that have changed', async () => {
    const { options, service } = await setUp(cached);
    const { folder } = await fetchPapers('arxiv', { query: 'a' }, options);
    const before = await readFile(join(folder, '00002.xml'), 'utf8');
    const report = await fetchPapers('arxiv', { query: 'a' }, options);
    expect(report).toMatchObject({ papers: 5, newPages: 0, unchangedPages: 3, keptPages: 3 });
    expect(await readFile(join(folder, '00002.xml'), 'utf8')).toBe(before);
    expect(service.seen).toHaveLength(6);
  });

  test('gets a page again that is damaged here or gone', async () => {
    const { options } = await setUp(cached);
    const { folder } = await fetchPapers('arxiv', { query: 'a' }, options);
    await writeFile(join(folder, '00002.xml'), '<feed><entry>');
    await writeFile(join(folder, '00003.xml'), '');
    expect(await fetchPapers('arxiv', { query: 'a' }, options)).toMatchObject({
      newPages: 2,
      unchangedPages: 1,
    });
    expect(await readFile(join(folder, '00002.xml'), 'utf8')).toContain('2402.00003');
  });

  test('removes pages that no longer exist', async () => {
    let total = 5;
    const { options } = await setUp((request) => {
      const start = Number(parameter(request, 'start'));
      const end = Math.min(start + 2, total);
      return xml(arxivFeed(names('2402.0000', 5).slice(start, end), total, start));
    });
    await fetchPapers('arxiv', { query: 'a' }, options);
    total = 2;
    const report = await fetchPapers('arxiv', { query: 'a' }, options);
    expect(await pagesIn(report.folder)).toEqual(['00001.xml']);
    expect(report.keptPages).toBe(1);
  });
});

describe('sync', () => {
  test('asks for what changed since, and keeps what was there', async () => {
    const { options, service, clock } = await setUp((request) =>
      xml(
        parameter(request, 'from') === null ? oaiPage(['2501.00001', '2501.00002']) : oaiPage(['2501.00002']),
      ),
    );
    const { folder } = await fetchPapers('arxiv', { category: 'cs' }, options);
    clock.advanceDays(3);
    const {
      reports: [report],
    } = await syncPapers([], options);
    expect(parameter(service.seen[1]!, 'from')).toBe('2026-03-01');
    expect(report).toMatchObject({ service: 'arxiv', folder, papers: 1, newPages: 1, keptPages: 2 });
    expect(await pagesIn(folder)).toEqual(['00001.xml', '00002.xml']);
    clock.advanceDays(1);
    await syncPapers(['arxiv'], options);
    expect(parameter(service.seen[2]!, 'from')).toBe('2026-03-04');
    expect(await pagesIn(folder)).toEqual(['00001.xml', '00002.xml', '00003.xml']);
  });

  test('with nothing new leaves everything as it was', async () => {
    const { options } = await setUp((request) =>
      xml(parameter(request, 'from') === null ? oaiPage(['2501.00001']) : oaiError('noRecordsMatch', 'none')),
    );
    const { folder } = await fetchPapers('arxiv', { category: 'cs' }, options);
    expect(await syncPapers([], options)).toMatchObject({
      reports: [{ papers: 0, newPages: 0, keptPages: 1 }],
    });
    expect(await pagesIn(folder)).toEqual(['00001.xml']);
  });

  test('asks other services for everything, by the ETags of what it has', async () => {
    const body = aclCollection('2024.acl', 2);
    const { options, service } = await setUp(({ headers }) =>
      headers['if-none-match'] === '"v1"'
        ? { status: 304 }
        : { headers: { 'content-type': 'text/plain', etag: '"v1"' }, body },
    );
    await fetchPapers('acl', { collections: ['2024.acl'] }, options);
    expect(await syncPapers(['acl'], options)).toMatchObject({
      reports: [{ newPages: 0, unchangedPages: 1, keptPages: 1 }],
      failures: [],
    });
    expect(service.seen).toHaveLength(2);
  });

  test('repeats every folder of every service, at its pace', async () => {
    const { options, service, clock } = await setUp(({ url }) =>
      url.host.includes('arxiv') ? xml(oaiPage(['2501.00001'])) : json(openReviewNotes(['a'], 1)),
    );
    await fetchPapers('arxiv', { category: 'cs' }, options);
    await fetchPapers('arxiv', { category: 'math' }, options);
    await fetchPapers('openreview', { venue: 'V' }, options);
    clock.advanceDays(1);
    const asked = service.seen.length;
    const paused = clock.pauses.length;
    const { reports } = await syncPapers([], options);
    expect(reports.map((report) => report.service)).toEqual(['arxiv', 'arxiv', 'openreview']);
    expect(service.seen.slice(asked).map(({ url }) => url.host)).toEqual([
      'oaipmh.arxiv.org',
      'oaipmh.arxiv.org',
      'api2.openreview.net',
    ]);
    expect(clock.pauses.slice(paused)).toEqual([3000]);
  });

  test('continues an interrupted fetch', async () => {
    let busy = true;
    const { options } = await setUp((request) =>
      busy && parameter(request, 'start') === '4' ? { status: 503 } : arxivOfFive(request),
    );
    await expect(fetchPapers('arxiv', { query: 'a' }, options)).rejects.toThrow();
    busy = false;
    expect(await syncPapers([], options)).toMatchObject({
      reports: [{ papers: 5, newPages: 1, keptPages: 3 }],
      failures: [],
    });
  });

  test('continues with other folders when one fails', async () => {
    let refusing = false;
    const { options } = await setUp(({ url }) => {
      if (!url.host.includes('arxiv')) return json(openReviewNotes(['a'], 1));
      if (refusing && url.searchParams.get('set') === 'cs') return { status: 403, body: 'no' };
      return xml(oaiPage(['2501.00001']));
    });
    const { folder } = await fetchPapers('arxiv', { category: 'cs' }, options);
    await fetchPapers('arxiv', { category: 'math' }, options);
    await fetchPapers('openreview', { venue: 'V' }, options);
    refusing = true;
    const { reports, failures } = await syncPapers([], options);
    expect(reports.map(({ service }) => service)).toEqual(['arxiv', 'openreview']);
    expect(failures).toMatchObject([{ service: 'arxiv', folder, error: { code: 'FETCH_REFUSED' } }]);
  });

  test('ends when it is aborted', async () => {
    const stop = new AbortController();
    const { options, service } = await setUp((_, number) => {
      if (number === 3) stop.abort(new Error('enough'));
      return xml(oaiPage(['2501.00001']));
    });
    await fetchPapers('arxiv', { category: 'cs' }, options);
    await fetchPapers('arxiv', { category: 'math' }, options);
    await expect(syncPapers([], { ...options, signal: stop.signal })).rejects.toThrow('enough');
    expect(service.seen).toHaveLength(3);
  });

  test('says so when there is nothing to repeat', async () => {
    const { options } = await setUp(() => ({ status: 500 }));
    await expect(syncPapers([], options)).rejects.toMatchObject({ code: 'NO_INPUT' });
  });
});

describe('folders', () => {
  const one = () => xml(arxivFeed(['2402.00001'], 1));

  test('have names that say what is in them, one a selection', async () => {
    const { options, data } = await setUp(one);
    const first = await fetchPapers('arxiv', { query: 'ti:"a/b" ../c' }, options);
    const second = await fetchPapers('arxiv', { query: 'ti:"a/b" ../d' }, options);
    expect(first.folder).toMatch(/ti-a-b-\.\.-c-[0-9a-f]{8}$/);
    expect(second.folder).not.toBe(first.folder);
    expect((await readdir(join(data, 'arxiv'))).filter((name) => !name.startsWith('.'))).toHaveLength(2);
  });

  test('may be named, and hold one selection then too', async () => {
    const { options, data } = await setUp(one);
    const named = { ...options, name: 'mine' };
    const { folder } = await fetchPapers('arxiv', { query: 'a' }, named);
    expect(folder).toBe(join(data, 'arxiv', 'mine'));
    await expect(fetchPapers('arxiv', { query: 'b' }, named)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test.each(['../mine', '.mine', 'a/b', ''])('refuses %j as a name', async (name) => {
    const { options, service } = await setUp(one);
    await expect(fetchPapers('arxiv', { query: 'a' }, { ...options, name })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(service.seen).toEqual([]);
  });

  test.each([
    ['no JSON', '{"version":'],
    ['another form', '{"version":2}'],
    [
      'a file elsewhere',
      JSON.stringify({
        version: 1,
        service: 'arxiv',
        selection: { query: 'a' },
        pages: [{ file: '../../precious.json' }],
      }),
    ],
  ])('with a damaged state are left alone: %s', async (_, state) => {
    const { options, data, service } = await setUp(one);
    const folder = join(data, 'arxiv', 'mine');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '.fetch.json'), state);
    await expect(fetchPapers('arxiv', { query: 'a' }, { ...options, name: 'mine' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('damaged'),
    });
    expect(service.seen).toEqual([]);
  });

  test('are locked while a fetch runs', async () => {
    const { options, data } = await setUp((request) => {
      expect(existsSync(join(data, 'arxiv', '.fetch.lock'))).toBe(true);
      return arxivOfFive(request);
    });
    await fetchPapers('arxiv', { query: 'a' }, options);
    expect(existsSync(join(data, 'arxiv', '.fetch.lock'))).toBe(false);
  });

  test('are left to another fetch that runs', async () => {
    const { options, data, service, progress } = await setUp(one);
    await mkdir(join(data, 'arxiv', '.fetch.lock'), { recursive: true });
    await expect(fetchPapers('arxiv', { query: 'a' }, options)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringContaining('Another fetch from arxiv'),
    });
    expect(service.seen).toEqual([]);
    expect(progress).toEqual([{ kind: 'notice', message: expect.stringContaining('waiting') }]);
  });

  test('are taken over from a fetch that was killed', async () => {
    const { options, data } = await setUp(one);
    const lock = join(data, 'arxiv', '.fetch.lock');
    await mkdir(lock, { recursive: true });
    const longAgo = new Date('2020-01-01');
    await utimes(lock, longAgo, longAgo);
    expect(await fetchPapers('arxiv', { query: 'a' }, options)).toMatchObject({ papers: 1 });
  });

  test('throw an error that says so when they cannot be written', async () => {
    const { options, data } = await setUp(one);
    await writeFile(join(data, 'arxiv'), 'a file in the way');
    await expect(fetchPapers('arxiv', { query: 'a' }, options)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringContaining('Cannot write'),
    });
  });
});
