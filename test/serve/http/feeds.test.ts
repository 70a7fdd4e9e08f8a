import { parseFeed } from '@rowanmanning/feed-parser';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedPage } from '../../../src/serve/compat/feeds/feed-page.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { listening } from '../../support/listening.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const PAPERS = [
  paperOf({ id: 'old', title: 'Gaps of old', year: 1999 }),
  paperOf({
    id: 'doi:10.1/a b',
    title: 'New gaps <script>alert(1)</script> & more',
    abstract: 'First.\n\nSecond ]]> &amp; \u000b.',
    authors: ['Ada Song', 'B & C'],
    categories: ['cs.LG'],
    date: '2025-03-01',
    urls: { landing: 'https://example.org/?a=1&b="2', pdf: 'https://example.org/a.pdf' },
  }),
  paperOf({ id: 'middle', title: 'Gaps', date: '2024-05' }),
  paperOf({ id: 'undated', title: 'A gap without a date' }),
  paperOf({ id: 'other', title: 'Nothing', year: 2030 }),
  paperOf({ id: 'formula', title: 'The $\\alpha$-stable *law*', abstract: 'Of CO$_2$.' }),
];

let url = '';
let close = () => {};
beforeAll(async () => {
  const { engine } = await snapshotOver(PAPERS);
  ({ url, close } = await listening(createApp({ engine, page: undefined })));
});
afterAll(() => close());

async function ask(path: string, accept?: string) {
  const response = await validatedFetch(url + path, accept === undefined ? {} : { headers: { accept } });
  const { status, headers } = response;
  return { status, headers, type: headers.get('content-type'), text: await response.text() };
}
async function feedOf(path: string) {
  const { text } = await ask(path);
  expect(XMLValidator.validate(text)).toBe(true);
  return { feed: parseFeed(text), text };
}
const idOf = (id: string) => `tag:paper-search.invalid,2026:paper/${encodeURIComponent(id)}`;

describe('GET /search.atom', () => {
  test('has formulas and markup in plain characters', async () => {
    const { feed } = await feedOf('/search.atom?q=alpha-stable');
    expect(feed.items[0]).toMatchObject({ title: 'The α-stable law', description: 'Of CO₂.' });
  });

  test('is a feed; papers of one ingest are in order of publication', async () => {
    expect((await ask('/search.atom?q=ti')).type).toBe('application/atom+xml; charset=utf-8');
    const { feed } = await feedOf('/search.atom?q=title:gap');
    expect(feed.meta).toMatchObject({ type: 'atom', version: '1.0' });
    expect(feed.title).toBe('paper-search: title:gap');
    expect(feed.items.map(({ id }) => id)).toEqual(['doi:10.1/a b', 'middle', 'old', 'undated'].map(idOf));
    expect(feed.items[0]).toMatchObject({
      title: 'New gaps <script>alert(1)</script> & more',
      url: `${url}/paper/doi%3A10.1%2Fa%20b`,
      published: new Date('2025-03-01'),
      updated: new Date('2026-01-01'),
      authors: [{ name: 'Ada Song' }, { name: 'B & C' }],
    });
    expect(feed.items[1]!.published).toEqual(new Date('2024-05-01'));
  });

  test('has all elements that RFC 4287 requires', async () => {
    const { text } = await feedOf('/v1/search.atom?q=title:gap');
    const [head = '', ...entries] = text.split('<entry>');
    for (const element of ['<id>', '<title>', '<updated>', '<author>', 'rel="self"'])
      expect(head).toContain(element);
    expect(entries.length).toBe(4);
    for (const entry of entries) {
      for (const element of ['<id>', '<title>', '<updated>', 'rel="alternate"'])
        expect(entry).toContain(element);
    }
    expect(text).toContain('<summary>First.\n\nSecond ]]&gt; &amp;amp; .</summary>');
    expect(text).toContain('href="https://example.org/?a=1&amp;b=&quot;2"');
    // When a paper came in is known, also where its date of publication is not.
    expect(entries.map((entry) => entry.includes('<published>'))).toEqual([true, true, true, false]);
    expect(head).toContain('<updated>2026-01-01T00:00:00.000Z</updated>');
  });

  test('has an id that does not depend on the page or the order of parameters', async () => {
    const idIn = async (query: string) =>
      (await feedOf(`/search.atom?${query}`)).text.match(/<id>(.*)<\/id>/)?.[1];
    const id = await idIn('q=title:gap&mode=keyword');
    expect(id).toBe('tag:paper-search.invalid,2026:search?mode=keyword&amp;q=title%3Agap');
    expect(await idIn('mode=keyword&q=title:gap&offset=1&limit=2')).toBe(id);
    expect(await idIn('q=title:gap')).not.toBe(id);
  });

  test('links pages to each other and to themselves', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/search.atom?q=title:gap&limit=1';
    while (path !== undefined) {
      const { feed, text }: Awaited<ReturnType<typeof feedOf>> = await feedOf(path);
      seen.push(...feed.items.map(({ id }) => id!));
      const linkOf = (rel: string) => {
        const link = new RegExp(`rel="${rel}" type="application/atom\\+xml" href="([^"]*)"`).exec(text)?.[1];
        return link?.replaceAll('&amp;', '&').replace(url, '');
      };
      expect(linkOf('self')).toBe(path);
      expect(linkOf('first')).toBe('/search.atom?q=title%3Agap&limit=1');
      expect(linkOf('last')).toBe('/search.atom?q=title%3Agap&offset=3&limit=1');
      const before =
        seen.length < 3 ? linkOf('first') : `/search.atom?q=title%3Agap&offset=${seen.length - 2}&limit=1`;
      expect(linkOf('previous')).toBe(seen.length === 1 ? undefined : before);
      path = linkOf('next');
    }
    expect(seen).toEqual(['doi:10.1/a b', 'middle', 'old', 'undated'].map(idOf));
  });

  test.each([
    ['/search.atom?q=title:gap&year=2025', 1],
    ['/search.atom?q=title:gap&sort=relevance&offset=&limit=', 4],
    ['/search.atom?year=2030', 1],
    ['/search.atom?q=title:zzz', 0],
  ])('%s has %i entries', async (path, count) => {
    expect((await feedOf(path)).feed.items.length).toBe(count);
  });

  test('contains all papers without a query', async () => {
    const { feed } = await feedOf('/search.atom');
    expect(feed.items.map(({ id }) => id)).toEqual(
      (await feedOf('/search.atom?q=-venue:none')).feed.items.map(({ id }) => id),
    );
    expect(feed.title).toBe('paper-search');
  });

  test('lists the relevant papers of a query', async () => {
    const { feed } = await feedOf('/search.atom?q=gaps');
    expect(feed.items.map(({ id }) => id)).not.toContain(idOf('other'));
    expect(feed.items.length).toBeGreaterThan(1);
  });

  test.each([
    ['after=2026-01-01T00:00:00.000Z%20middle', ['old', 'undated']],
    ['after=2026-01-01T00:00:00.000Z%20nobody', ['doi:10.1/a b', 'middle', 'old', 'undated']],
    ['after=2025-12-31T00:00:00.000Z%20nobody', []],
    ['after=2026-01-01T00:00:00.000Z%20undated', []],
  ])('begins after a paper, or with those of its ingest where it is not there: %s', async (query, ids) => {
    const { feed } = await feedOf(`/search.atom?q=title:gap&${query}`);
    expect(feed.items.map(({ id }) => id)).toEqual(ids.map(idOf));
  });

  test.each([
    ['/search.atom?q=x&after=yesterday'],
    ['/search.atom?q=x&after=yesterday%20x'],
    ['/search.atom?q=x&sort=date&after=2026-01-01T00:00:00.000Z%20middle'],
    ['/search.atom?sort=relevance'],
    ['/search.atom?q=x&facets=year'],
    ['/search.atom?q=x&limit=0'],
  ])('%s is refused', async (path) => {
    expect((await ask(path)).status).toBe(400);
  });
});

describe('GET /related.atom', () => {
  test('is a feed of the relevant papers like some and unlike others, without them', async () => {
    const { feed, text } = await feedOf('/v1/related.atom?like=middle&unlike=other&q=gaps+of+old');
    expect(feed.title).toBe('paper-search: like “Gaps”; unlike “Nothing”; gaps of old');
    const ids = feed.items.map(({ id }) => id);
    expect(ids).toContain(idOf('old'));
    for (const seed of ['middle', 'other']) expect(ids).not.toContain(idOf(seed));
    expect(text).toContain('<id>tag:paper-search.invalid,2026:related?like=middle&amp;q=gaps+of+old');
    expect(text).toContain(`href="${url}/?like=middle&amp;q=gaps+of+old&amp;unlike=other"`);
    const related = await ask('/v1/related?like=middle&unlike=other&q=gaps+of+old&sort=added');
    const { hits } = JSON.parse(related.text);
    expect(ids).toEqual(hits.map(({ paper }: { paper: { id: string } }) => idOf(paper.id)));
  });

  test('links pages that begin after a paper', async () => {
    const all = (await feedOf('/related.atom?q=gaps')).feed.items.map(({ id }) => id);
    expect(all.length).toBeGreaterThan(2);
    const seen: (string | null)[] = [];
    for (let path: string | undefined = '/related.atom?q=gaps&limit=1'; path !== undefined; ) {
      const { feed, text }: Awaited<ReturnType<typeof feedOf>> = await feedOf(path);
      seen.push(...feed.items.map(({ id }) => id));
      const next = /rel="next" type="[^"]*" href="([^"]*)"/.exec(text)?.[1];
      path = next?.replaceAll('&amp;', '&').slice(url.length);
      if (path !== undefined) expect(path).toContain('&after=2026-01-01T00%3A00%3A00.000Z+');
    }
    expect(seen).toEqual(all);
  });

  test.each([
    ['/related.atom', 400],
    ['/related.atom?like=nobody', 404],
    ['/related.atom?q=gaps&facets=year', 400],
    ['/related.atom?q=gaps&sort=date&after=2026-01-01T00:00:00.000Z%20middle', 400],
  ])('%s is answered with %i', async (path, status) => {
    expect((await ask(path)).status).toBe(status);
  });

  test('is a page in a browser', async () => {
    const { text } = await ask('/related.atom?like=old', 'text/html');
    expect(text).toContain('<h1>paper-search: like “Gaps of old”</h1>');
  });
});

describe('a feed in a browser', () => {
  const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  const READER = 'text/html, application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.8';

  test.each<[string | undefined, 'page' | 'feed']>([
    [BROWSER, 'page'],
    ['text/html', 'page'],
    [READER, 'feed'],
    ['application/atom+xml', 'feed'],
    ['application/rss+xml, text/html, */*', 'feed'],
    ['*/*', 'feed'],
    [undefined, 'feed'],
  ])('Accept: %s gets a %s', async (accept, kind) => {
    const { type, headers } = await ask('/search.atom?q=gaps', accept);
    expect(type).toBe(kind === 'page' ? 'text/html; charset=utf-8' : 'application/atom+xml; charset=utf-8');
    expect(headers.get('vary')).toMatch(/\bAccept\b/);
    expect(headers.get('etag')).toBeTruthy();
  });

  test('is a page that says what a feed is, with its address, entries and links to other pages', async () => {
    const { text, headers } = await ask('/v1/search.atom?q=title:gap&limit=2', BROWSER);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    expect(text).toContain('<title>Feed · paper-search: title:gap</title>');
    expect(text).toContain(`<code class="address">${url}/v1/search.atom?q=title%3Agap&amp;limit=2</code>`);
    expect(text).toContain(`href="${url}/docs.css"`);
    expect(text).toContain('1–2 of 4 papers');
    expect(text).toContain(
      `<a href="${url}/paper/doi%3A10.1%2Fa%20b">New gaps &lt;script&gt;alert(1)&lt;/script&gt; &amp; more</a>`,
    );
    expect(text).not.toContain('<script');
    expect(text).toContain('<a href="https://example.org/a.pdf">PDF</a>');
    expect(text).toContain('<time datetime="2026-01-01T00:00:00.000Z">2026-01-01 00:00 UTC</time>');
    const older = /<a href="([^"]*)">Older<\/a>/.exec(text)![1]!.replaceAll('&amp;', '&').replace(url, '');
    const next = await ask(older, BROWSER);
    expect(next.text).toContain('3–4 of 4 papers');
    expect(next.text).toContain('>Latest</a>');
    expect(next.text).not.toContain('>Older</a>');
  });

  test('names the order by arrival only where it is in that order', async () => {
    const headingOf = async (query: string) =>
      /<h2>(.*)<\/h2>/.exec((await ask(`/search.atom?${query}`, BROWSER)).text)?.[1];
    expect(await headingOf('q=gaps')).toBe('Papers, the latest arrivals first');
    expect(await headingOf('q=gaps&sort=date')).toBe('Papers');
  });

  test('links nothing but web pages', async () => {
    const hostile = paperOf({
      title: 'Gaps',
      urls: { landing: 'javascript:alert(1)', pdf: 'data:text/html,x' },
    });
    const html = feedPage({
      title: '"><img src=x>',
      request: 'search?',
      papers: [hostile],
      byArrival: true,
      total: 1,
      offset: 0,
      limit: 1,
      updated: '2026-01-01T00:00:00.000Z',
      base: 'http://a.org',
      links: {
        self: 'http://a.org/"x',
        alternate: 'http://a.org',
        first: 'http://a.org',
        last: 'http://a.org',
      },
    });
    expect(html).not.toMatch(/javascript:|data:text|<img/);
    expect(html).toContain('1–1 of 1 paper<');
  });
});

describe('OpenSearch', () => {
  test('describes the search with absolute URLs', async () => {
    const { type, text } = await ask('/opensearch.xml');
    expect(type).toBe('application/opensearchdescription+xml; charset=utf-8');
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toContain(`type="text/html" template="${url}/?q={searchTerms}"`);
    expect(text).toContain(
      `type="application/atom+xml" template="${url}/search.atom?q={searchTerms}&amp;offset={startIndex?}&amp;limit={count?}"`,
    );
    expect(text).toMatch(/<ShortName>.{1,16}<\/ShortName>/);
  });

  test('returns suggestions as the typed text and a list', async () => {
    const path = '/opensearch/suggestions?q=gap';
    const { type, text } = await ask(path);
    expect(type).toBe('application/x-suggestions+json; charset=utf-8');
    const [typed, completions] = JSON.parse(text);
    expect(typed).toBe('gap');
    expect(completions).toContain('Gaps of old');
  });
});
