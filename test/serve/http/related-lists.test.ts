import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../src/serve/http/app.ts';
import { listening } from '../../support/listening.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const WORDS = { cat: 'purr whiskers claws fur milk', rock: 'basalt granite magma quartz strata' };
let base = '';
let close = () => {};
beforeAll(async () => {
  const { engine } = await snapshotOver(
    Object.entries(WORDS).flatMap(([field, words]) =>
      [2021, 2020, 2022, 2023, 2019, 2024].map((year, i) =>
        paperOf({
          id: `${field}-${i}`,
          title: `${field} ${words}`,
          abstract: `${words} ${words}`,
          year,
          venue: i % 2 === 0 ? 'ICLR' : 'ACL',
          ...(i === 5 && { acceptance: 'reject' }),
        }),
      ),
    ),
  );
  ({ url: base, close } = await listening(createApp({ engine })));
});
afterAll(() => close());

const get = async (path: string) => JSON.parse(await (await validatedFetch(`${base}${path}`)).text());
const post = (path: string, body: object) =>
  validatedFetch(`${base}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
const untimed = (answer: Record<string, unknown>) => ({ ...answer, tookMs: 0 });

test('GET and POST give the same answer, with facets of the relevant papers', async () => {
  const url =
    '/v1/related?like=cat-0&like=cat-1&unlike=rock-0&q=milk&facets=venue,year&year=2019..2023&limit=2';
  const answer = await get(url);
  expect(answer).toMatchObject({
    seeds: { positive: [{ id: 'cat-0' }, { id: 'cat-1' }], negative: [{ id: 'rock-0' }], text: 'milk' },
    confidence: { level: 'strong' },
    relevant: 3,
    total: 7,
    facets: {
      papers: 3,
      values: {
        venue: [
          { value: 'ICLR', count: 2 },
          { value: 'ACL', count: 1 },
        ],
      },
    },
    hits: [{ confidence: { level: 'strong' } }, { confidence: { level: 'strong' } }],
  });
  const body = {
    positive: ['cat-0', 'cat-1'],
    negative: ['rock-0'],
    text: 'milk',
    facets: ['venue', 'year'],
    filters: { year: '2019..2023' },
    limit: 2,
  };
  const posted = JSON.parse(await (await post('/v1/related', body)).text());
  expect(untimed(posted)).toEqual(untimed(answer));
});

test('GET sorts the relevant papers, and its pages follow one another', async () => {
  const yearsOf = async (page: string) => {
    const { hits } = await get(`/v1/related?like=cat-0&sort=date&${page}`);
    return hits.map(({ paper }: { paper: { year: number } }) => paper.year);
  };
  expect(await yearsOf('limit=10')).toEqual([2023, 2022, 2020, 2019]);
  expect(await yearsOf('limit=2&offset=2')).toEqual([2020, 2019]);
  expect(await yearsOf('limit=10&rejected=show')).toEqual([2024, 2023, 2022, 2020, 2019]);
});

test('GET of one paper sorts and counts, too', async () => {
  expect(await get('/v1/papers/cat-0/related?sort=date&facets=venue&limit=1')).toMatchObject({
    total: 5,
    hits: [{ paper: { id: 'cat-5' } }],
    facets: { papers: 5 },
  });
});

describe('an export', () => {
  const query = 'like=cat-0&like=cat-1&format=jsonl';
  const idsIn = (text: string) =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).id as string]));

  test('has the relevant papers only, as a download that says what is left out', async () => {
    const response = await validatedFetch(`${base}/v1/related/export?${query}&sort=date`);
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="related-papers.jsonl"');
    // Without the rejected cat-5.
    expect(idsIn(await response.text())).toEqual(['cat-3', 'cat-2', 'cat-4']);
    expect(response.headers.get('Papers-Left-Out')).toBe('rejected=1');
  });

  test('has at most the papers of the limit', async () => {
    const response = await validatedFetch(`${base}/v1/related/export?${query}&limit=2&rejected=show`);
    expect(idsIn(await response.text())).toHaveLength(2);
    expect(response.headers.get('Papers-Left-Out')).toBe('limit=2');
  });

  test('by POST is the same', async () => {
    const body = {
      positive: ['cat-0', 'cat-1'],
      sort: 'date',
      format: 'bibtex',
      filters: { venue: ['ICLR'] },
    };
    const response = await post('/v1/related/export', body);
    expect(response.headers.get('Content-Type')).toMatch('application/x-bibtex');
    const text = await response.text();
    expect(text.match(/^@/gm)).toHaveLength(2);
    const link = '/v1/related/export?like=cat-0&like=cat-1&sort=date&format=bibtex&venue=ICLR';
    expect(await (await validatedFetch(`${base}${link}`)).text()).toBe(text);
  });
});

test.each([
  ['/v1/related', 400],
  ['/v1/related?like=cat-0&sort=length', 400],
  ['/v1/related?like=cat-0&facets=colour', 400],
  [`/v1/related?${Array.from({ length: 21 }, (_, i) => `like=cat-${i}`).join('&')}`, 400],
  ['/v1/related?like=cat-0&unlike=cat-0', 400],
  ['/v1/related?like=nobody', 404],
  ['/v1/related/export?like=cat-0', 400],
  ['/v1/related/export?like=cat-0&format=ris&limit=1001', 400],
  ['/v1/related/export?like=cat-0&format=ris&offset=1', 400],
])('%s is %i', async (path, status) => {
  const response = await validatedFetch(`${base}${path}`);
  expect(response.status).toBe(status);
});
