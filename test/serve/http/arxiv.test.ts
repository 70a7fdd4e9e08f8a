import { request } from 'node:http';
import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectReader } from '../../../src/papers/read/formats.ts';
import { normalizePaper } from '../../../src/papers/read/normalize.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { papersOf, readAll } from '../../support/lines.ts';
import { listening } from '../../support/listening.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';
import { PAPERS } from '../compat/arxiv/papers.ts';

let url = '';
let close = () => {};
beforeAll(async () => {
  const { engine } = await snapshotOver(PAPERS);
  ({ url, close } = await listening(createApp({ engine, page: undefined })));
});
afterAll(() => close());

async function ask(query: string, init: RequestInit = {}) {
  const response = await validatedFetch(`${url}/api/query${query}`, init);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}
const totalIn = (feed: string) => Number(/<opensearch:totalResults>(\d+)</.exec(feed)?.[1]);

test("answers in arXiv's format", async () => {
  const { status, type, text } = await ask('?search_query=ti:minding&max_results=5');
  expect({ status, type }).toEqual({ status: 200, type: 'application/atom+xml; charset=utf-8' });
  expect(
    text.replace(/<updated>2\d{3}[^<]*Z<\/updated>/, '<updated/>'),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>${/<id>(.*)<\/id>/.exec(text)?.[1]}</id>
  <title>arXiv Query: search_query=ti:minding&amp;id_list=&amp;start=0&amp;max_results=5</title>
  <updated/>
  <link href="${url}/api/query?search_query=ti:minding&amp;max_results=5" rel="self" type="application/atom+xml"/>
  <opensearch:itemsPerPage>5</opensearch:itemsPerPage>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <entry>
    <id>http://arxiv.org/abs/2412.02674</id>
    <title>Minding the Gap in Self-Improvement</title>
    <updated>2024-12-03T00:00:00Z</updated>
    <link href="https://arxiv.org/abs/2412.02674" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/2412.02674" rel="related" type="application/pdf" title="pdf"/>
    <summary>A gap &amp; more.

We mind &lt;it&gt; .</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.AI" scheme="http://arxiv.org/schemas/atom"/>
    <published>2024-12-03T00:00:00Z</published>
    <arxiv:journal_ref>ICLR</arxiv:journal_ref>
    <arxiv:doi>10.1000/gap</arxiv:doi>
    <arxiv:primary_category term="cs.LG"/>
    <author>
      <name>Yuda Song</name>
    </author>
    <author>
      <name>Adrian Del Maestro</name>
    </author>
  </entry>
</feed>
`);
});

test('returns a feed that can be ingested like one of arXiv', async () => {
  const { text } = await ask('?search_query=ti:gap&sortBy=submittedDate');
  const reader = detectReader(text, 'query');
  expect(reader?.format).toBe('arxiv-atom');
  const source = { file: 'query', format: 'arxiv-atom', record: 1 };
  const papers = papersOf(await readAll(reader!, text)).map((paper) => normalizePaper(paper, source, {}));
  expect(papers).toMatchObject([
    {
      id: 'doi:10.1000/gap',
      title: PAPERS[0]!.title,
      date: '2024-12-03',
      externalIds: PAPERS[0]!.externalIds,
    },
    { title: 'The Gap', abstract: 'Of a gap.', authors: ['Adrian G. Del Maestro'] },
    { title: 'Strings without a Gap', urls: { pdf: 'https://example.org/old.pdf' }, categories: ['hep-th'] },
    // What has no date is read without one.
    { title: 'A Gap in Time', year: undefined, date: undefined },
  ]);
});

describe('requests as clients send them', () => {
  test.each([
    ['?search_query=ti:gap+AND+au:del_maestro', 2],
    ['?search_query=ti:gap%20AND%20au:del_maestro', 2],
    ['?search_query=ti:gap AND au:del_maestro', 2],
    ['?search_query=ti:%22minding+the+gap%22', 1],
    ['?search_query=&id_list=2412.02674&start=0&max_results=100', 1],
    ['?search_query=&id_list=', 0],
    ['', 0],
    ['?search_query=ti:gap&search_query=ti:kind', 4],
    ['?search_query=ti:gap&unknown=1', 4],
    ['?search_query=submittedDate:[20241203+TO+20241203]', 1],
    ['?id_list=9999.99999', 0],
  ])('%s finds %i', async (query, total) => {
    const { status, text } = await ask(query);
    expect(status).toBe(200);
    expect(totalIn(text)).toBe(total);
  });

  test('POST with a form, or with the parameters in the URL', async () => {
    expect(totalIn((await ask('?search_query=ti:gap', { method: 'POST' })).text)).toBe(4);
    const body = new URLSearchParams({ search_query: 'ti:gap AND au:song' });
    expect(totalIn((await ask('', { method: 'POST', body })).text)).toBe(1);
  });
});

describe('an error is a feed with one entry', () => {
  test.each([
    ['?start=-1', 'start_must_be_non-negative'],
    ['?max_results=x', 'max_results_must_be_an_integer'],
    ['?id_list=abc', 'incorrect_id_format_for_abc'],
    ['?id_list=%3Cb%3E%22', 'incorrect_id_format_for_%3Cb%3E%22'],
    ['?search_query=(a', 'malformed_query%3A_an_opening_bracket_has_no_closing_bracket'],
  ])('%s', async (query, slug) => {
    const { status, type, text } = await ask(query);
    expect({ status, type }).toEqual({ status: 400, type: 'application/atom+xml; charset=utf-8' });
    expect(text).toContain(`<id>https://arxiv.org/api/errors#${slug}</id>`);
    expect(text).toContain('<title>Error</title>');
    expect(text).toContain('<name>arXiv api core</name>');
    expect(text).not.toContain('<b>');
    const items = await readAll(detectReader(text, 'x')!, text);
    expect(items).toMatchObject([{ kind: 'rejected' }]);
  });

  test('also for an unsupported method', async () => {
    expect(await ask('', { method: 'PUT' })).toMatchObject({
      status: 405,
      type: expect.stringContaining('atom'),
    });
  });
});

test('does not copy a hostile Host to the feed', async () => {
  const { port } = new URL(url);
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { Host: 'evil"><script>.org' };
    request({ port, host: '127.0.0.1', path: '/api/query?id_list=b', headers }, async (response) => {
      let body = '';
      for await (const piece of response) body += piece;
      resolve(body);
    })
      .on('error', reject)
      .end();
  });
  expect(text).not.toContain('evil');
  expect(text).toContain(`href="${url}/api/query?id_list=b"`);
  expect(text).toContain(`<id>${url}/paper/b</id>`);
});

test('answers any query with well-formed XML', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (wild) => {
      // Halves of surrogate pairs cannot be sent.
      const sent = encodeURIComponent(Buffer.from(wild).toString());
      const { text } = await ask(`?search_query=${sent}`);
      expect(XMLValidator.validate(text)).toBe(true);
      expect(text).not.toMatch(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u);
    }),
    { numRuns: 50 },
  );
});
