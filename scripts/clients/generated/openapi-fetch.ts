// A client by openapi-typescript and openapi-fetch: compiled with `strict`, then run against a server.
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

const client = createClient<paths>({ baseUrl: process.argv[2]! });
const search = await client.GET('/v1/search', {
  params: { query: { q: 'papers about self-improvement', facets: ['year', 'venue'], limit: 3 } },
});
if (search.error) throw new Error(search.error.error.message);
const titles: string[] = search.data.hits.map(({ paper }) => paper.title);
const ids: string[] = search.data.hits.map(({ paper }) => paper.id);
const years = search.data.facets?.values.year ?? [];

const related = await client.POST('/v1/related', { body: { positive: ids.slice(0, 1), limit: 2 } });
if (related.error) throw new Error(related.error.error.message);
const nearest: number[] = related.data.hits.map(({ nearest }) => nearest.score);

const exported = await client.POST('/v1/export', { body: { ids, format: 'bibtex' }, parseAs: 'text' });
if (exported.error) throw new Error(exported.error.error.message);
const file: string = exported.data;

const unknown = await client.GET('/v1/papers/{id}', { params: { path: { id: 'nothing' } } });
console.log(
  JSON.stringify({
    titles,
    years: years.length,
    related: nearest.length,
    entries: file.split('@').length - 1,
    error: unknown.error?.error.code,
  }),
);
