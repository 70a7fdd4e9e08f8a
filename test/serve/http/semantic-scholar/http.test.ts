import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../../src/serve/http/app.ts';
import { FakeEngine, FakeSnapshot } from '../../../support/fake-engine.ts';
import { listening } from '../../../support/listening.ts';
import { paperOf } from '../../../support/papers.ts';
import { snapshotOver } from '../../../support/snapshot-over.ts';
import { validatedFetch } from '../../../support/validated-fetch.ts';
import { S2_ID, SAMPLE } from '../../compat/semantic-scholar/sample-corpus.ts';

const more = Array.from({ length: 30 }, (_, i) =>
  paperOf({
    id: `more-${i}`,
    title: `Parsing in language number ${i}`,
    authors: ['Kim Lee'],
    ...(i > 0 && { references: ['more-0'] }),
  }),
);

let url = '';
let close = () => {};
const logged: unknown[] = [];
beforeAll(async () => {
  const { engine } = await snapshotOver([...SAMPLE, ...more]);
  ({ url, close } = await listening(createApp({ engine, log: (error) => logged.push(error) })));
});
afterAll(() => close());

// biome-ignore lint/suspicious/noExplicitAny: what the tests look at is checked against its schema.
async function ask(path: string, init?: RequestInit): Promise<{ status: number; body: any }> {
  const response = await validatedFetch(url + path, init);
  return { status: response.status, body: await response.json() };
}

function post(path: string, body: unknown) {
  return ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const titles = (papers: readonly { title: string }[]) => papers.map(({ title }) => title);
const PAPER = '/graph/v1/paper';

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

describe('GET /graph/v1/snippet/search', () => {
  test('returns the sentence that matches', async () => {
    const { body } = await ask('/graph/v1/snippet/search?query=trees+for+translation&limit=3');
    const [first] = body.data;
    expect(first.snippet).toEqual({
      text: 'Trees are not enough for translation.',
      snippetKind: 'abstract',
      section: null,
      snippetOffset: { start: 32, end: 69 },
      annotations: { sentences: [{ start: 0, end: 37 }], refMentions: [] },
    });
    expect(first.paper).toMatchObject({ title: 'Parsing with graphs: a study', authors: expect.any(Array) });
    const scores = body.data.map(({ score }: { score: number }) => score);
    expect(scores).toEqual(scores.toSorted((a: number, b: number) => b - a));
    expect(scores).toHaveLength(3);
  });

  test.each([
    ['paperIds=DOI:10.18653/v1/N18-3011,none', ['Parsing with graphs: a study']],
    ['authors=Muler,Kim%20Lee', ['Parsing with graphs: a study', 'Translation of speech']],
    ['year=2021', ['Translation of speech']],
    ['paperIds=none', []],
  ])('accepts %s', async (filter, expected) => {
    const { body } = await ask(`/graph/v1/snippet/search?query=speech+graphs&limit=100&${filter}`);
    const found = new Set(body.data.map(({ paper }: { paper: { title: string } }) => paper.title));
    expect([...found].sort()).toEqual(expected);
  });

  test('returns the requested fields', async () => {
    const { body } = await ask(
      '/graph/v1/snippet/search?query=speech&limit=1&fields=snippet.text,snippet.annotations.sentences',
    );
    expect(Object.keys(body.data[0].snippet)).toEqual(['text', 'annotations']);
    expect(Object.keys(body.data[0].snippet.annotations)).toEqual(['sentences']);
  });

  test.each(['limit=1001', 'insertedBefore=once', `authors=${'a,'.repeat(11)}`, 'fields=snippet.colour'])(
    'refuses %s',
    async (parameters) => {
      expect((await ask(`/graph/v1/snippet/search?query=x&${parameters}`)).status).toBe(400);
    },
  );
});

describe('recommendations', () => {
  test('for one paper', async () => {
    const { body } = await ask(
      `/recommendations/v1/papers/forpaper/${S2_ID}?limit=3&from=all-cs&fields=title,year`,
    );
    expect(body.recommendedPapers).toHaveLength(3);
    expect(titles(body.recommendedPapers)).not.toContain('Translation of speech');
  });

  test('for several', async () => {
    const seeds = { positivePaperIds: ['ARXIV:2106.15928', S2_ID], negativePaperIds: null };
    const { body } = await post('/recommendations/v1/papers/?limit=2', seeds);
    expect(body.recommendedPapers).toHaveLength(2);
    // The document has the path as Semantic Scholar writes it.
    const withoutSlash = await fetch(`${url}/recommendations/v1/papers?limit=2`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(seeds),
    });
    expect(await withoutSlash.json()).toEqual(body);
  });

  test('unlike others', async () => {
    const { body } = await post('/recommendations/v1/papers/', {
      positivePaperIds: ['graphs'],
      negativePaperIds: ['more-1'],
    });
    expect(titles(body.recommendedPapers)).not.toContain('Parsing in language number 1');
    expect(body.recommendedPapers).toHaveLength(32);
  });

  test.each([
    ['an unknown paper', { positivePaperIds: ['none'] }, 404],
    ['an unknown paper to keep away from', { positivePaperIds: ['graphs'], negativePaperIds: ['none'] }, 404],
    ['none', { positivePaperIds: [] }, 400],
    ['one that is both', { positivePaperIds: ['graphs'], negativePaperIds: ['graphs'] }, 400],
    ['too many', { positivePaperIds: Array(101).fill('graphs') }, 400],
  ])('refuses %s', async (_, body, status) => {
    const answer = await post('/recommendations/v1/papers/', body);
    expect([answer.status, Object.keys(answer.body)]).toEqual([status, ['error']]);
  });

  test.each(['fields=tldr', 'fields=citations', 'limit=501', 'from=nowhere'])(
    'refuses %s',
    async (parameters) => {
      expect((await ask(`/recommendations/v1/papers/forpaper/graphs?${parameters}`)).status).toBe(400);
    },
  );
});

describe('authors', () => {
  test('are found by name, and have their papers', async () => {
    const { body } = await ask('/graph/v1/author/search?query=lee&fields=name,paperCount,papers.year');
    expect(body).toMatchObject({ total: 1, data: [{ name: 'Kim Lee', paperCount: 32 }] });
    expect(body.data[0].papers).toHaveLength(32);
    const { authorId } = body.data[0];
    expect((await ask(`/graph/v1/author/${authorId}`)).body).toEqual({ authorId, name: 'Kim Lee' });
    const papers = (await ask(`/graph/v1/author/${authorId}/papers?limit=2`)).body;
    expect(papers).toMatchObject({ offset: 0, next: 2 });
    expect(titles(papers.data)).toEqual(['Translation of speech', 'Parsing with graphs: a study']);
    expect((await post('/graph/v1/author/batch', { ids: [authorId, '1'] })).body).toEqual([
      { authorId, name: 'Kim Lee' },
      null,
    ]);
  });

  test.each(['/graph/v1/author/1', '/graph/v1/author/nobody/papers'])('are not at %s', async (path) => {
    const { status, body } = await ask(path);
    expect([status, body.error]).toEqual([404, expect.stringMatching(/^Author with id \w+ not found$/)]);
  });

  test('returns no authors for an unknown name', async () => {
    expect((await ask('/graph/v1/author/search?query=nobody')).body).toEqual({
      total: 0,
      offset: 0,
      data: [],
    });
  });
});

test.each([
  ['/graph/v1/paper', 404],
  ['/graph/v1/nothing', 404],
  ['/recommendations/v1', 404],
  ['/graph/v1/paper/%E0%A4%A', 400],
  [`/graph/v1/paper/${'x'.repeat(16_000)}`, 414],
])('answers %s in the format of that API', async (path, status) => {
  const response = await fetch(url + path);
  expect([response.status, await response.json()]).toEqual([status, { error: expect.any(String) }]);
});

test('names an unknown path in full', async () => {
  const { error } = (await (await fetch(`${url}/graph/v1/nothing`)).json()) as { error: string };
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

test('no request caused an unexpected error', () => {
  expect(logged).toEqual([]);
});
