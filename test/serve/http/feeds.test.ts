import { parseFeed } from '@rowanmanning/feed-parser';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
];

let url = '';
let close = () => {};
beforeAll(async () => {
  const { engine } = await snapshotOver(PAPERS);
  ({ url, close } = await listening(createApp({ engine, page: undefined })));
});
afterAll(() => close());

async function ask(path: string) {
  const response = await validatedFetch(url + path);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}
async function feedOf(path: string) {
  const { text } = await ask(path);
  expect(XMLValidator.validate(text)).toBe(true);
  return { feed: parseFeed(text), text };
}
const idOf = (id: string) => `tag:paper-search.invalid,2026:paper/${encodeURIComponent(id)}`;

describe('GET /search.atom', () => {
  test('is a feed with new papers first', async () => {
    expect((await ask('/search.atom?q=ti')).type).toBe('application/atom+xml; charset=utf-8');
    const { feed } = await feedOf('/search.atom?q=title:gap');
    expect(feed.meta).toMatchObject({ type: 'atom', version: '1.0' });
    expect(feed.title).toBe('paper-search: title:gap');
    expect(feed.items.map(({ id }) => id)).toEqual(['doi:10.1/a b', 'middle', 'old', 'undated'].map(idOf));
    expect(feed.items[0]).toMatchObject({
      title: 'New gaps <script>alert(1)</script> & more',
      url: `${url}/paper/doi%3A10.1%2Fa%20b`,
      published: new Date('2025-03-01'),
      updated: new Date('2025-03-01'),
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
    expect(text).toMatch(/<updated>0001-01-01T00:00:00Z</);
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
      expect(linkOf('previous') === undefined).toBe(seen.length === 1);
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

  test.each([
    ['/search.atom?sort=relevance'],
    ['/search.atom?q=x&facets=year'],
    ['/search.atom?q=x&limit=0'],
  ])('%s is refused', async (path) => {
    expect((await ask(path)).status).toBe(400);
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
