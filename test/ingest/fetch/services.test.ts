import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connector, PageReading } from '../../../src/ingest/fetch/connector.ts';
import { SERVICE_NAMES, type ServiceName } from '../../../src/ingest/fetch/names.ts';
import { checkSelection, type Selection } from '../../../src/ingest/fetch/selection.ts';
import { setOf } from '../../../src/ingest/fetch/services/arxiv-harvest.ts';
import { CONNECTORS } from '../../../src/ingest/fetch/services.ts';
import {
  ARXIV_ERROR,
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

const TODAY = '2026-03-02';
const connector = (service: ServiceName): Connector => CONNECTORS[service];

/** The request's host, path and parameters. */
function asked(service: ServiceName, selection: Selection, cursor?: string) {
  const url = connector(service).request(selection, cursor, TODAY);
  return [url.host + url.pathname, Object.fromEntries(url.searchParams)] as const;
}

const read = (service: ServiceName, content: unknown, selection: Selection = {}, cursor?: string) =>
  connector(service).read(
    typeof content === 'string' ? content : JSON.stringify(content),
    selection,
    cursor,
    TODAY,
  );

describe('requests', () => {
  test.each<[ServiceName, Selection, string | undefined, string, Record<string, string>]>([
    [
      'arxiv',
      { query: 'ti:a OR ti:b', category: 'cs.LG', from: '2024-02', until: '2024' },
      undefined,
      'export.arxiv.org/api/query',
      {
        search_query: '(ti:a OR ti:b) AND cat:cs.LG AND submittedDate:[202402010000 TO 202412312359]',
        start: '0',
        sortBy: 'submittedDate',
        sortOrder: 'ascending',
      },
    ],
    [
      'arxiv',
      { ids: ['2101.11408', 'hep-th/9901001'] },
      undefined,
      'export.arxiv.org/api/query',
      { id_list: '2101.11408,hep-th/9901001', max_results: '2' },
    ],
    [
      'crossref',
      { ids: ['10.1000/182', '10.1000/183'] },
      undefined,
      'api.crossref.org/works',
      { filter: 'doi:10.1000/182,doi:10.1000/183' },
    ],
    [
      'openalex',
      { ids: ['10.1000/182'] },
      undefined,
      'api.openalex.org/works',
      { filter: 'doi:10.1000/182' },
    ],
    ['openalex', { ids: ['W1', 'W2'] }, undefined, 'api.openalex.org/works', { filter: 'openalex:W1|W2' }],
    ['openalex', { ids: ['pmid:12'] }, undefined, 'api.openalex.org/works', { filter: 'pmid:12' }],
    ['arxiv', { query: 'a' }, '500', 'export.arxiv.org/api/query', { search_query: '(a)', start: '500' }],
    [
      'arxiv',
      { category: 'cs.LG', changedSince: '2026-01-01' },
      undefined,
      'oaipmh.arxiv.org/oai',
      { verb: 'ListRecords', metadataPrefix: 'arXiv', set: 'cs:cs:LG', from: '2026-01-01' },
    ],
    [
      'openreview',
      { venue: 'ICLR.cc/2025/Conference' },
      '1000',
      'api2.openreview.net/notes',
      { 'content.venueid': 'ICLR.cc/2025/Conference', limit: '1000', offset: '1000' },
    ],
    [
      'openreview',
      { invitation: 'ICLR.cc/2019/Conference/-/Blind_Submission', api: '1' },
      undefined,
      'api.openreview.net/notes',
      { invitation: 'ICLR.cc/2019/Conference/-/Blind_Submission', offset: '0' },
    ],
    [
      'acl',
      { collections: ['2024.acl', 'P19'] },
      'P19',
      'raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml/P19.xml',
      {},
    ],
    [
      'semanticscholar',
      { query: '"a b"', category: 'Computer Science', from: '2023', venue: 'ACL' },
      'TOKEN',
      'api.semanticscholar.org/graph/v1/paper/search/bulk',
      {
        query: '"a b"',
        fieldsOfStudy: 'Computer Science',
        publicationDateOrYear: '2023:',
        venue: 'ACL',
        token: 'TOKEN',
      },
    ],
    [
      'openalex',
      { query: 'a', venue: 'S12', category: 'T34', from: '2024', until: '2024-05', withAbstract: true },
      undefined,
      'api.openalex.org/works',
      {
        search: 'a',
        cursor: '*',
        'per-page': '100',
        filter:
          'primary_topic.id:T34,primary_location.source.id:S12,from_publication_date:2024-01-01,to_publication_date:2024-05-31,has_abstract:true',
      },
    ],
    [
      'openalex',
      { venue: '1234-567X' },
      'NEXT',
      'api.openalex.org/works',
      { cursor: 'NEXT', filter: 'primary_location.source.issn:1234-567X' },
    ],
    [
      'crossref',
      { query: 'a', venue: 'Some Journal', from: '2024', changedSince: '2026-01-01' },
      'NEXT',
      'api.crossref.org/works',
      {
        query: 'a',
        'query.container-title': 'Some Journal',
        filter: 'from-pub-date:2024-01-01,from-index-date:2026-01-01',
        cursor: 'NEXT',
      },
    ],
    ['crossref', { venue: '1234-567X' }, undefined, 'api.crossref.org/works', { filter: 'issn:1234-567X' }],
  ])('%s %j from %s', (service, selection, cursor, place, parameters) => {
    expect(asked(service, selection, cursor)).toEqual([place, expect.objectContaining(parameters)]);
  });

  test('sends a resumption token alone', () => {
    expect(asked('arxiv', { category: 'cs' }, 'a|1')[1]).toEqual({
      verb: 'ListRecords',
      resumptionToken: 'a|1',
    });
  });
});

test.each([
  ['cs', 'cs'],
  ['cs.LG', 'cs:cs:LG'],
  ['q-bio.NC', 'q-bio:q-bio:NC'],
  ['hep-th', 'physics:hep-th'],
  ['astro-ph.GA', 'physics:astro-ph:GA'],
  ['physics', 'physics'],
  ['physics.plasm-ph', 'physics:physics:plasm-ph'],
])('the set of %s is %s', (category, set) => {
  expect(setOf(category)).toBe(set);
});

describe('what a page says', () => {
  test.each<[string, PageReading, PageReading]>([
    [
      'arXiv, more to come',
      read('arxiv', arxivFeed(names('2402.0000', 3), 5), { query: 'a' }),
      { kind: 'page', papers: 3, total: 5, next: '3' },
    ],
    [
      'arXiv, the end',
      read('arxiv', arxivFeed(['2402.00004'], 4, 3), { query: 'a' }, '3'),
      { kind: 'page', papers: 1, total: 4 },
    ],
    [
      'arXiv, nothing',
      read('arxiv', arxivFeed([], 0), { query: 'a' }),
      { kind: 'page', papers: 0, total: 0 },
    ],
    [
      'arXiv, an error',
      read('arxiv', ARXIV_ERROR, { query: 'a' }),
      { kind: 'refused', reason: 'malformed query near "AND"' },
    ],
    [
      'OAI-PMH, more to come',
      read('arxiv', oaiPage(names('2501.0000', 2), 'x|2&amp;y', 9), { category: 'cs' }),
      { kind: 'page', papers: 2, total: 9, next: 'x|2&y' },
    ],
    [
      'OAI-PMH, the end of several pages',
      read('arxiv', oaiPage(['2501.00009'], '', 9), { category: 'cs' }, 'x|8'),
      { kind: 'page', papers: 1, total: 9 },
    ],
    [
      'OAI-PMH, one page',
      read('arxiv', oaiPage(['2501.00009']), { category: 'cs' }),
      { kind: 'page', papers: 1 },
    ],
    [
      'OAI-PMH, nothing',
      read('arxiv', oaiError('noRecordsMatch', 'none'), { category: 'cs' }),
      { kind: 'page', papers: 0, total: 0 },
    ],
    [
      'OAI-PMH, an old token',
      read('arxiv', oaiError('badResumptionToken', 'expired'), { category: 'cs' }, 'x'),
      { kind: 'stale', reason: 'badResumptionToken: expired' },
    ],
    [
      'OAI-PMH, an error',
      read('arxiv', oaiError('badArgument', 'no such set'), { category: 'cs' }),
      { kind: 'refused', reason: 'badArgument: no such set' },
    ],
    [
      'OpenReview, with a count',
      read('openreview', openReviewNotes(['a', 'b'], 5), {}, '2'),
      { kind: 'page', papers: 2, total: 5, next: '4' },
    ],
    [
      'OpenReview, the end',
      read('openreview', openReviewNotes(['e'], 5), {}, '4'),
      { kind: 'page', papers: 1, total: 5 },
    ],
    [
      'OpenReview, a full page without a count',
      read('openreview', openReviewNotes(names('n', 1000))),
      { kind: 'page', papers: 1000, next: '1000' },
    ],
    [
      'OpenReview, nothing',
      read('openreview', openReviewNotes([], 0)),
      { kind: 'page', papers: 0, total: 0 },
    ],
    [
      'ACL, one of two',
      read('acl', aclCollection('2024.acl', 3), { collections: ['2024.acl', 'P19'] }),
      { kind: 'page', papers: 3, next: 'P19' },
    ],
    [
      'ACL, the last',
      read('acl', aclCollection('2024.acl', 3), { collections: ['P19', '2024.acl'] }, '2024.acl'),
      { kind: 'page', papers: 3 },
    ],
    [
      'Semantic Scholar, more to come',
      read('semanticscholar', semanticScholarPage(['a', 'b'], 3, 'T')),
      { kind: 'page', papers: 2, total: 3, next: 'T' },
    ],
    [
      'Semantic Scholar, the end',
      read('semanticscholar', semanticScholarPage(['c'], 3, null)),
      { kind: 'page', papers: 1, total: 3 },
    ],
    [
      'Semantic Scholar, nothing',
      read('semanticscholar', { total: 0, token: null }),
      { kind: 'page', papers: 0, total: 0 },
    ],
    [
      'OpenAlex, more to come',
      read('openalex', openAlexPage(['W1'], 2, 'N')),
      { kind: 'page', papers: 1, total: 2, next: 'N' },
    ],
    [
      'OpenAlex, past the end',
      read('openalex', openAlexPage([], 2, 'N')),
      { kind: 'page', papers: 0, total: 2 },
    ],
    [
      'Crossref, a full page',
      read('crossref', crossrefPage(names('10.5555/', 500), 501, 'N')),
      { kind: 'page', papers: 500, total: 501, next: 'N' },
    ],
    [
      'Crossref, the end',
      read('crossref', crossrefPage(['10.5555/1'], 501, 'N'), {}, 'N'),
      { kind: 'page', papers: 1, total: 501 },
    ],
  ])('%s', (_, reading, expected) => {
    expect(reading).toEqual(expected);
  });

  test.each<[ServiceName, Selection, string]>([
    ['arxiv', { query: 'a' }, arxivFeed(['2402.00001'], 1)],
    ['arxiv', { category: 'cs' }, oaiPage(['2501.00001'])],
    ['acl', { venue: 'acl' }, aclCollection('2024.acl', 2)],
    ['openreview', {}, JSON.stringify(openReviewNotes(['a']))],
    ['semanticscholar', {}, JSON.stringify(semanticScholarPage(['a'], 1, null))],
    ['openalex', {}, JSON.stringify(openAlexPage(['W1'], 1, null))],
    ['crossref', {}, JSON.stringify(crossrefPage(['10.5555/1'], 1, 'N'))],
  ])('requests a page again that is cut anywhere: %s %j', (service, selection, text) => {
    const whole = text.trimEnd();
    for (let length = 0; length < whole.length; length += 7) {
      expect(read(service, whole.slice(0, length), selection).kind).toBe('again');
    }
    expect(read(service, text, selection).kind).toBe('page');
  });

  test.each(SERVICE_NAMES)('%s: a web page or another kind of content is asked for again', (service) => {
    for (const text of ['<!doctype html><html><body>Busy</body></html>', '{"error":"busy"}', '[]', 'null']) {
      expect(read(service, text, { query: 'a', venue: 'acl' }).kind).toBe('again');
    }
  });

  test.each(SERVICE_NAMES)('%s: distinguishes a page from anything else', (service) => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((inside) => `<feed>${inside}</feed>`),
    );
    fc.assert(
      fc.property(text, (content) => {
        expect(read(service, content, { query: 'a', venue: 'acl' }).kind).toBe('again');
      }),
    );
  });

  test('requests an arXiv page again that lacks expected papers', () => {
    expect(read('arxiv', arxivFeed([], 700), { query: 'a' }, '500').kind).toBe('again');
  });

  test('refuses a search with more results than arXiv returns, unless a limit is below that', () => {
    const text = arxivFeed(['2402.00001'], 30_001);
    expect(read('arxiv', text, { query: 'a' })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('30001 papers match'),
    });
    expect(read('arxiv', text, { query: 'a', limit: 100 }).kind).toBe('page');
  });
});

describe('selections', () => {
  test.each<[ServiceName, Selection, RegExp]>([
    ['arxiv', {}, /--query, --category/],
    ['arxiv', { category: 'cs/LG' }, /Expected a category/],
    ['arxiv', { query: 'a', changedSince: '2026-01-01' }, /only with --category/],
    ['openreview', {}, /--venue .* or --invitation/],
    ['openreview', { venue: 'a', invitation: 'b' }, /either/],
    ['openreview', { venue: 'a', api: '1' }, /API 1/],
    ['acl', {}, /--collections/],
    ['acl', { collections: ['../../secret'] }, /Expected a collection.*secret/],
    ['acl', { venue: 'a/b' }, /Expected a collection/],
    ['acl', { collections: ['P19'], from: '2020' }, /cannot be combined/],
    ['semanticscholar', { venue: 'ACL' }, /--query/],
    ['openalex', { from: '2024' }, /both --from and --until/],
    ['openalex', { venue: 'Nature,is_oa:true' }, /Expected a source/],
    ['openalex', { category: 'cs' }, /Expected a topic/],
    ['crossref', { until: '2024' }, /Say what/],
  ])('%s objects to %j', (service, selection, objection) => {
    expect(connector(service).objection(selection)).toMatch(objection);
  });

  test.each<[ServiceName, Selection]>([
    ['arxiv', { from: '2024-01', until: '2024-01' }],
    ['arxiv', { changedSince: '2026-01-01' }],
    ['openreview', { invitation: 'b', api: '1' }],
    ['acl', { venue: 'emnlp', from: '2021' }],
    ['semanticscholar', { query: 'a' }],
    ['openalex', { venue: 'S1' }],
    ['crossref', { changedSince: '2026-01-01' }],
  ])('%s takes %j', (service, selection) => {
    expect(checkSelection(service, connector(service).takes, selection)).toEqual(selection);
    expect(connector(service).objection(selection)).toBeUndefined();
  });

  test('requests a collection a year for an ACL venue', () => {
    const { request, read: readPage, afterMissing } = connector('acl');
    const selection = { venue: 'emnlp', from: '2024' };
    expect(request(selection, undefined, TODAY).href).toMatch(/2024\.emnlp\.xml$/);
    expect(readPage(aclCollection('2024.emnlp', 1), selection, undefined, TODAY)).toMatchObject({
      next: '2025.emnlp',
    });
    expect(afterMissing!(selection, '2025.emnlp', TODAY)).toMatchObject({ papers: 0, next: '2026.emnlp' });
    expect(afterMissing!(selection, '2026.emnlp', TODAY)).not.toMatchObject({ next: expect.anything() });
  });
});

describe('what may be new since 2026-02-20', () => {
  test.each<[ServiceName, Selection, Selection | undefined]>([
    ['arxiv', { category: 'cs.LG' }, { category: 'cs.LG', changedSince: '2026-02-19' }],
    ['arxiv', { query: 'a' }, { query: 'a', from: '2026-02-13' }],
    ['arxiv', { query: 'a', from: '2024' }, { query: 'a', from: '2026-02-13' }],
    ['arxiv', { query: 'a', from: '2026-02-18' }, { query: 'a', from: '2026-02-18' }],
    ['crossref', { query: 'a' }, { query: 'a', changedSince: '2026-02-19' }],
    ['openalex', { query: 'a' }, { query: 'a', from: '2026-01-21' }],
    ['openreview', { venue: 'a' }, undefined],
    ['acl', { venue: 'acl' }, undefined],
    ['semanticscholar', { query: 'a' }, undefined],
  ])('%s %j', (service, selection, expected) => {
    expect(connector(service).since(selection, '2026-02-20')).toEqual(expected);
  });
});

test.each(SERVICE_NAMES)('%s is asked over https, at most once a second', (service) => {
  const { prefixes, intervalMs } = connector(service);
  for (const prefix of prefixes) expect(prefix).toMatch(/^https:\/\/[\w.]+\/(?:.*\/)?$/);
  expect(intervalMs).toBeGreaterThanOrEqual(service === 'arxiv' ? 3000 : 1000);
});
