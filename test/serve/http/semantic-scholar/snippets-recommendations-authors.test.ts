import { describe, expect, test } from 'vitest';
import { S2_ID } from '../../compat/semantic-scholar/sample-corpus.ts';
import { sampleServer, titles } from './sample-server.ts';

const { url, ask, post } = sampleServer();

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
    const withoutSlash = await fetch(`${url()}/recommendations/v1/papers?limit=2`, {
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
