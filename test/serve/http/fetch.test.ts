import { describe, expect, test } from 'vitest';
import { PaperSearchError } from '../../../src/errors.ts';
import type { IdentifierSource } from '../../../src/ingest/fetch/by-identifier.ts';
import { accessByToken } from '../../../src/serve/access/access.ts';
import type { PaperFetcher } from '../../../src/serve/live/paper-writer.ts';
import { servedApp } from '../../support/app.ts';
import { reportOf } from '../../support/ingest-report.ts';
import { paperOf } from '../../support/papers.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const TOKEN = 'a-token-of-the-test';
const WRITER = { add: async () => reportOf(), remove: async () => ({}) };
const PAPER = paperOf({ id: 'doi:10.1000/182', title: 'Worms', externalIds: { doi: '10.1000/182' } });
const fetched = (ingest: ReturnType<typeof reportOf> | null) => ({ fetched: [], ingest });

async function setUp(fetch?: PaperFetcher) {
  const app = await servedApp({ writing: { writer: WRITER, fetch }, access: accessByToken(TOKEN) });
  let there = false;
  app.snapshot.paper = async (id) => {
    if (there) return PAPER;
    throw new PaperSearchError('NOT_FOUND', `No paper has the id "${id}".`);
  };
  const ask = async (identifier: string, token: string | undefined = TOKEN) => {
    const response = await validatedFetch(`${app.url}/v1/fetch`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ identifier }),
    });
    return { status: response.status, body: (await response.json()) as { error: { message: string } } };
  };
  return {
    ...app,
    ask,
    arrive: () => {
      there = true;
    },
  };
}

describe('POST /v1/fetch', () => {
  test('asks one service after the other, and answers with the paper', async () => {
    const asked: IdentifierSource[] = [];
    const served = await setUp(async (source) => {
      asked.push(source);
      if (source.service === 'crossref') return fetched(null);
      served.arrive();
      return fetched(reportOf());
    });
    const { status, body } = await served.ask('https://doi.org/10.1000/182');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'doi:10.1000/182', title: 'Worms', service: 'openalex' });
    expect(asked).toEqual([
      { service: 'crossref', id: '10.1000/182' },
      { service: 'openalex', id: '10.1000/182' },
    ]);
  });

  test('says so when no service has the paper', async () => {
    const { ask } = await setUp(async () => fetched(null));
    const { status, body } = await ask('10.1000/none');
    expect(status).toBe(404);
    expect(body.error.message).toContain('at Crossref and OpenAlex');
  });

  test.each(['worms', 'http://169.254.169.254/latest', 'file:///etc/passwd', 'https://example.org/10'])(
    'refuses %j and asks no service',
    async (identifier) => {
      const { ask } = await setUp(async () => {
        throw new Error('asked');
      });
      expect((await ask(identifier)).status).toBe(400);
    },
  );

  test('needs the token, and a server that may fetch', async () => {
    const open = await setUp(async () => fetched(null));
    expect((await open.ask('2101.11408', '')).status).toBe(401);
    const closed = await setUp();
    const { status, body } = await closed.ask('2101.11408');
    expect(status).toBe(403);
    expect(body.error.message).toContain('--allow-fetch');
  });

  test('passes on that a service cannot be reached', async () => {
    const { ask } = await setUp(async () => {
      throw new PaperSearchError('FETCH_FAILED', 'arXiv cannot be reached.');
    });
    expect(await ask('2101.11408')).toMatchObject({
      status: 502,
      body: { error: { code: 'FETCH_FAILED', message: 'arXiv cannot be reached.' } },
    });
  });
});

test.each([
  ['2101.11408', true, ['arXiv']],
  ['worms', true, []],
  ['10.1000/182', false, ['Crossref', 'OpenAlex']],
])('GET /v1/fetch offers %j: allowed %s, at %j', async (identifier, allowed, services) => {
  const { url } = await setUp(allowed ? async () => fetched(null) : undefined);
  const response = await validatedFetch(`${url}/v1/fetch?${new URLSearchParams({ identifier })}`);
  expect(await response.json()).toEqual({ identifier, allowed, services });
});
