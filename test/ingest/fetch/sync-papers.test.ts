import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fetchPapers, syncPapers } from '../../../src/ingest/fetch/fetch-papers.ts';
import { json, type Reply, type SeenRequest, xml } from '../../support/fake-service.ts';
import { arxivOfFive, pagesIn, parameter, setUp } from '../../support/fetching.ts';
import {
  aclCollection,
  arxivFeed,
  names,
  oaiError,
  oaiPage,
  openReviewNotes,
} from '../../support/service-pages.ts';

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
