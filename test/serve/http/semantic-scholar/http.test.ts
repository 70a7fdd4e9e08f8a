import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../../support/fake-engine.ts';
import { listening } from '../../../support/listening.ts';
import { validatedFetch } from '../../../support/validated-fetch.ts';
import { S2_ID } from '../../compat/semantic-scholar/sample-corpus.ts';
import { PAPER, sampleServer, titles } from './sample-server.ts';

const { url, ask, post } = sampleServer();

describe('GET /graph/v1/paper/search', () => {
  test('pages to the end of the ranking', async () => {
    const seen: string[] = [];
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const { body } = await ask(`${PAPER}/search?query=parsing&limit=10&offset=${offset}`);
      expect(body).toMatchObject({ total: 32, offset });
      if (body.next !== undefined) expect(body.next).toBe(offset + 10);
      seen.push(...body.data.map(({ paperId }: { paperId: string }) => paperId));
      offset = body.next;
    }
    expect(new Set(seen).size).toBe(32);
    expect(seen).toHaveLength(32);
  });

  test('has its defaults: 100 papers, id and title', async () => {
    const { body } = await ask(`${PAPER}/search?query=parsing+graphs`);
    expect(body).toMatchObject({ total: 1 });
    expect(body).not.toHaveProperty('next');
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toEqual({ paperId: expect.any(String), title: 'Parsing with graphs: a study' });
  });

  test('returns an empty answer as clients expect it', async () => {
    const nothing = { total: 0, offset: 0, data: [] };
    expect((await ask(`${PAPER}/search?query=qqqzzz`)).body).toEqual(nothing);
    expect((await ask(`${PAPER}/search?query=parsing&year=1900`)).body).toEqual(nothing);
  });

  test('ignores unknown parameters', async () => {
    // As Python's client sends "graphs & speech".
    const { status, body } = await ask(`${PAPER}/search?query=graphs%20&%20speech=&openAccessPdf`);
    expect(status).toBe(200);
    expect(titles(body.data)).toEqual(['Parsing with graphs: a study']);
  });

  test('reads operators as text', async () => {
    const { body } = await ask(`${PAPER}/search?query=${encodeURIComponent('"graphs" -parsing (')}`);
    expect(titles(body.data)).toEqual(['Parsing with graphs: a study']);
  });

  test.each([
    ['query=x&fields=title,colour,size', 'Unrecognized or unsupported fields: [colour, size]'],
    ['query=x&limit=101', 'Unacceptable query params: [limit=101]'],
    ['query=x&limit=0&offset=-1', 'Unacceptable query params: [offset=-1, limit=0]'],
    ['query=x&offset=1000', 'Unacceptable query params: [offset=1000]'],
    ['query=x&year=soon', 'Unacceptable query params: [year=soon]'],
    ['query=%20', 'Unacceptable query params: [query= ]'],
  ])('refuses %s', async (parameters, error) => {
    expect(await ask(`${PAPER}/search?${parameters}`)).toEqual({ status: 400, body: { error } });
  });

  test('refuses a request without a query', async () => {
    const { status, body } = await ask(`${PAPER}/search`);
    expect([status, Object.keys(body)]).toEqual([400, ['error']]);
  });
});

describe('GET /graph/v1/paper/search/bulk', () => {
  test('answers a boolean query, and ignores paging parameters', async () => {
    const { body } = await ask(
      `${PAPER}/search/bulk?query=${encodeURIComponent('(speech | graphs) -neural')}&limit=1&offset=7&fields=title,year`,
    );
    expect(body.total).toBe(2);
    expect(titles(body.data).sort()).toEqual(['Notes without a date', 'Parsing with graphs: a study']);
    expect(body).not.toHaveProperty('token');
  });

  test('returns all papers without a query', async () => {
    expect((await ask(`${PAPER}/search/bulk`)).body.total).toBe(34);
  });

  test.each(['fields=citations.title', 'sort=title', 'token=old', `query=${'('.repeat(70)}a`])(
    'refuses %s',
    async (parameters) => {
      const { status, body } = await ask(`${PAPER}/search/bulk?${parameters}`);
      expect([status, Object.keys(body)]).toEqual([400, ['error']]);
    },
  );
});

describe('GET /graph/v1/paper/search/match', () => {
  test('finds a title', async () => {
    const { body } = await ask(
      `${PAPER}/search/match?query=translation+of+speach&offset=0&limit=100&fields=year`,
    );
    expect(body.data).toEqual([{ paperId: S2_ID, year: 2021, matchScore: expect.any(Number) }]);
    expect(body.data[0].matchScore).toBeGreaterThan(80);
  });

  test.each(['something+else+altogether', 'translation+of+speech&year=2020'])(
    'finds none for %s',
    async (query) => {
      expect(await ask(`${PAPER}/search/match?query=${query}`)).toEqual({
        status: 404,
        body: { error: 'Title match not found' },
      });
    },
  );
});

describe('GET /graph/v1/paper/autocomplete', () => {
  test('completes what is typed', async () => {
    const { body } = await ask(`${PAPER}/autocomplete?query=transl`);
    expect(body.matches).toEqual([
      { id: S2_ID, title: 'Translation of speech', authorsYear: 'Lee & Muller, 2021' },
    ]);
  });

  test('uses 100 characters, and returns nothing for empty text', async () => {
    const long = `${'translation of speech'.padEnd(100)}and more`;
    expect((await ask(`${PAPER}/autocomplete?query=${encodeURIComponent(long)}`)).body.matches).toHaveLength(
      1,
    );
    expect((await ask(`${PAPER}/autocomplete?query=`)).body).toEqual({ matches: [] });
  });
});

describe('GET /graph/v1/paper/{id}', () => {
  test.each([
    ['DOI:10.18653/v1/N18-3011', 'Parsing with graphs: a study'],
    ['URL:https://arxiv.org/abs/2106.15928v1', 'Parsing with graphs: a study'],
    ['URL:https%3A%2F%2Fwww.example.org%2FGraphs%2F', 'Parsing with graphs: a study'],
    ['odd%2Fid%20with%20%22signs%22', 'Neural networks of old'],
    [S2_ID, 'Translation of speech'],
  ])('finds %s', async (id, title) => {
    expect((await ask(`${PAPER}/${id}?fields=title`)).body).toEqual({ paperId: expect.any(String), title });
  });

  test('has a valid BibTeX entry', async () => {
    const { body } = await ask(`${PAPER}/graphs?fields=citationStyles`);
    expect(body.citationStyles.bibtex).toMatch(/^@inproceedings\{[\w-]+,\n/);
  });

  test('names an unknown id', async () => {
    expect(await ask(`${PAPER}/DOI:10.1/none`)).toEqual({
      status: 404,
      body: { error: 'Paper with id DOI:10.1/none not found' },
    });
  });

  test('has the authors', async () => {
    const { body } = await ask(`${PAPER}/DOI:10.18653/v1/N18-3011/authors?fields=name,papers.year&limit=2`);
    expect(body).toMatchObject({
      offset: 0,
      next: 2,
      data: [{ name: 'Ada Müller' }, { name: 'Juan Ejemplo' }],
    });
    expect(body.data[0].papers.map(({ year }: { year: number }) => year).sort()).toEqual([2019, 2021]);
  });

  test('has citations and references, a page at a time', async () => {
    const { body } = await ask(`${PAPER}/DOI:10.18653/v1/N18-3011/citations`);
    expect(body).toEqual({
      offset: 0,
      data: [
        { citingPaper: { paperId: S2_ID, title: 'Translation of speech' } },
        { citingPaper: { paperId: expect.any(String), title: 'Notes without a date' } },
      ],
    });
    const first = (await ask(`${PAPER}/graphs/citations?limit=1&fields=contexts,intents,isInfluential,year`))
      .body;
    expect(first).toEqual({
      offset: 0,
      next: 1,
      data: [
        { contexts: [], intents: [], isInfluential: false, citingPaper: { paperId: S2_ID, year: 2021 } },
      ],
    });
    const last = (await ask(`${PAPER}/graphs/citations?limit=1&offset=1&fields=citingPaper.title`)).body;
    expect(last).toEqual({ offset: 1, data: [{ citingPaper: body.data[1].citingPaper }] });
    const references = (await ask(`${PAPER}/${S2_ID}/references/?fields=citedPaper,citationCount`)).body;
    expect(references.data).toEqual([
      {
        citedPaper: { paperId: expect.any(String), title: 'Parsing with graphs: a study', citationCount: 2 },
      },
      { citedPaper: { paperId: expect.any(String), title: 'Neural networks of old', citationCount: 1 } },
    ]);
    expect((await ask(`${PAPER}/graphs/references`)).body).toEqual({ offset: 0, data: [] });
    expect((await ask(`${PAPER}/none/citations`)).status).toBe(404);
  });

  test('counts links, those to works of elsewhere too, and lists the papers at their ends', async () => {
    const fields = 'referenceCount,citationCount,references.title,citations,influentialCitationCount';
    expect((await ask(`${PAPER}/${S2_ID}?fields=${fields}`)).body).toEqual({
      paperId: S2_ID,
      referenceCount: 3,
      citationCount: 0,
      influentialCitationCount: 0,
      citations: [],
      references: [
        { paperId: expect.any(String), title: 'Parsing with graphs: a study' },
        { paperId: expect.any(String), title: 'Neural networks of old' },
      ],
    });
    const { body } = await ask(`${PAPER}/graphs?fields=citations,authors.citationCount,authors.hIndex`);
    expect(titles(body.citations)).toEqual(['Translation of speech', 'Notes without a date']);
    const authorId = expect.any(String);
    expect(body.authors).toEqual([
      { authorId, citationCount: 2, hIndex: 1 },
      { authorId, citationCount: 2 + 1, hIndex: 1 },
      { authorId, citationCount: 29 + 2, hIndex: 2 },
    ]);
    const { data } = (await ask('/graph/v1/author/search?query=ejemplo&fields=citationCount,hIndex')).body;
    expect(data).toEqual([{ authorId, citationCount: 3, hIndex: 1 }]);
  });

  test('refuses an answer with more than 9,999 citations', async () => {
    const ids = Array.from({ length: 500 }, () => 'more-0');
    const { status, body } = await post(`${PAPER}/batch?fields=citations.title`, { ids });
    expect([status, body.error]).toEqual([400, expect.stringContaining('maximum size')]);
  });

  test('answers other methods in its error format', async () => {
    const { status, body } = await post(`${PAPER}/graphs`, {});
    expect([status, Object.keys(body)]).toEqual([405, ['error']]);
  });
});

describe('POST /graph/v1/paper/batch', () => {
  test('answers in order, with null for unknown ids', async () => {
    const { body } = await post(`${PAPER}/batch?fields=year`, { ids: ['none', 'graphs', S2_ID, 'graphs'] });
    expect(body.map((paper: { year: number } | null) => paper?.year)).toEqual([undefined, 2019, 2021, 2019]);
    expect(body[0]).toBeNull();
  });

  test('accepts at most 500 ids', async () => {
    expect((await post(`${PAPER}/batch`, { ids: Array(500).fill('graphs') })).body).toHaveLength(500);
    const { status, body } = await post(`${PAPER}/batch`, { ids: Array(501).fill('graphs') });
    expect([status, Object.keys(body)]).toEqual([400, ['error']]);
  });

  test.each([{}, { ids: 'graphs' }, [], { ids: [1] }])('refuses %j', async (body) => {
    const answer = await post(`${PAPER}/batch`, body);
    expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['error']]);
  });

  test('refuses a body that is not JSON', async () => {
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{' };
    expect((await ask(`${PAPER}/batch`, init)).status).toBe(400);
  });
});

test.each([
  ['/graph/v1/paper', 404],
  ['/graph/v1/nothing', 404],
  ['/recommendations/v1', 404],
  ['/graph/v1/paper/%E0%A4%A', 400],
  [`/graph/v1/paper/${'x'.repeat(16_000)}`, 414],
])('answers %s in the format of that API', async (path, status) => {
  const response = await fetch(url() + path);
  expect([response.status, await response.json()]).toEqual([status, { error: expect.any(String) }]);
});

test('names an unknown path in full', async () => {
  const { error } = (await (await fetch(`${url()}/graph/v1/nothing`)).json()) as { error: string };
  expect(error).toMatch(/^There is no route \/graph\/v1\/nothing\./);
});

test('refuses a batch that is too large in that format', async () => {
  const { status, body } = await post(`${PAPER}/batch`, { ids: ['x'.repeat(600_000)] });
  expect([status, body]).toEqual([413, { error: expect.any(String) }]);
});

test('answers any query of the bulk search and any id', async () => {
  const piece = fc.constantFrom(
    'a',
    'graphs',
    '"',
    '(',
    ')',
    '|',
    '+',
    '-',
    '~',
    '~1',
    '*',
    '\\',
    ' ',
    '…',
    ':',
    '/',
  );
  const wild = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(piece, { maxLength: 30 }).map((all) => all.join('')),
  );
  await fc.assert(
    fc.asyncProperty(wild, async (text) => {
      const bulk = await ask(`${PAPER}/search/bulk?query=${encodeURIComponent(text)}`);
      expect([200, 400]).toContain(bulk.status);
      const paper = await ask(`${PAPER}/id${encodeURIComponent(text)}`);
      expect(paper.status).toBe(404);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['crash', 500],
  ['no model', 503],
])('reports an error of the server (%s) without details', async (query, status) => {
  const told: unknown[] = [];
  const app = createApp({ engine: new FakeEngine(new FakeSnapshot()), log: (error) => told.push(error) });
  const failing = await listening(app);
  const response = await validatedFetch(`${failing.url}${PAPER}/search?query=${query}`);
  expect([response.status, await response.json()]).toEqual([
    status,
    { message: expect.not.stringContaining('secret') },
  ]);
  expect(told).toHaveLength(status === 500 ? 1 : 0);
  failing.close();
});
