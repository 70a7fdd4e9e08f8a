import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SemanticScholar } from 'semanticscholarjs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../src/serve/http/app.ts';
import { S2_ID, SAMPLE } from '../serve/compat/semantic-scholar/sample-corpus.ts';
import { listening } from '../support/listening.ts';
import { paperOf } from '../support/papers.ts';
import { snapshotOver } from '../support/snapshot-over.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/clients/semantic_scholar.py', import.meta.url));
/** A Python with the package, if there is one. */
const PYTHON = process.env.PAPER_SEARCH_TEST_PYTHON ?? 'python3';

const more = Array.from({ length: 30 }, (_, i) => paperOf({ title: `Parsing in language number ${i}` }));
const TITLE = 'Parsing with graphs: a study';
const DOI = 'DOI:10.18653/v1/N18-3011';

let url = '';
let close = () => {};
beforeAll(async () => {
  const { engine } = await snapshotOver([...SAMPLE, ...more]);
  ({ url, close } = await listening(createApp({ engine })));
});
afterAll(() => close());

// It retries refused requests, each time after 30 seconds.
describe('the npm package semanticscholarjs', { timeout: 20_000 }, () => {
  // It prints every request.
  beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => {}));
  afterAll(() => void vi.restoreAllMocks());
  const client = () => new SemanticScholar(5000, null, url);

  test('reads a paper and a batch of papers', async () => {
    expect(await client().get_paper(DOI)).toMatchObject({ title: TITLE, year: 2019 });
    const papers = await client().get_papers([S2_ID, 'URL:https://arxiv.org/abs/2106.15928']);
    expect(papers.map(({ title }) => title)).toEqual(['Translation of speech', TITLE]);
  });

  test('reads all pages of a search', async () => {
    const results = await client().search_paper(
      'parsing & graphs',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      ['title'],
      10,
    );
    const sizes: number[] = [];
    do {
      await results.nextPage();
      sizes.push(results.Items.length);
    } while (results.Next !== 0);
    expect(results.Total).toBe(32);
    expect(sizes).toEqual([10, 20, 30, 32]);
  });

  test('filters a search', async () => {
    const results = await client().search_paper('parsing', '2016-2020', ['Conference'], true);
    await results.nextPage();
    expect(results.Items.map(({ title }) => title)).toEqual([TITLE]);
  });

  test('reads authors', async () => {
    const found = await client().search_author('ejemplo');
    await found.nextPage();
    const [author] = found.Items;
    expect(author).toMatchObject({ name: 'Juan Ejemplo', paperCount: 2 });
    expect(await client().get_author(author!.authorId!)).toMatchObject({ name: 'Juan Ejemplo' });
    expect(await client().get_authors([author!.authorId!])).toHaveLength(1);
    const papers = await client().get_author_papers(author!.authorId!);
    await papers.nextPage();
    expect(papers.Total).toBe(0);
    expect(papers.Items).toHaveLength(2);
  });

  test('reads citations and references', async () => {
    const citations = client().getPaperCitations(DOI, undefined, 1);
    await citations.nextPage();
    await citations.nextPage();
    expect(citations.Next).toBe(0);
    expect(citations.Items.map(({ paper }) => paper?.title)).toEqual([
      'Translation of speech',
      'Notes without a date',
    ]);
    expect(citations.Items[0]).toMatchObject({ contexts: [], intents: [], isInfluential: false });
    const references = client().getPaperReferences(S2_ID);
    await references.nextPage();
    expect(references.Items.map(({ paper }) => [paper?.title, paper?.citationCount])).toEqual([
      [TITLE, 2],
      ['Neural networks of old', 1],
    ]);
    const paper = await client().get_paper(S2_ID);
    expect([paper.referenceCount, paper.references?.map(({ title }) => title)]).toEqual([
      3,
      [TITLE, 'Neural networks of old'],
    ]);
  });

  test('gets recommendations', async () => {
    expect(await client().get_recommended_papers(DOI, null, 3)).toHaveLength(3);
    expect(await client().get_recommended_papers_from_lists([DOI], null, null, 3)).toHaveLength(3);
  });
});

function hasPackage(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import semanticscholar'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(
      `Skipped: "${PYTHON}" does not have the package semanticscholar. Install semanticscholar==0.12.0, or set PAPER_SEARCH_TEST_PYTHON to a Python that has it.`,
    );
    return false;
  }
}

test.skipIf(!hasPackage())('the Python package semanticscholar understands every answer', async () => {
  const { stdout } = await promisify(execFile)(PYTHON, [SCRIPT, url]);
  expect(JSON.parse(stdout)).toEqual({
    paper: [TITLE, 2019, 'Proceedings of the Conference on Parsing', true, 2, null],
    date: '2019-03-05',
    embedding: 16,
    url: TITLE,
    corpusId: TITLE,
    unknown: ['ObjectNotFoundException', 'Paper with id DOI:10.1/none not found'],
    badField: ['BadQueryParametersException', 'Unrecognized or unsupported fields: [colour]'],
    papers: [TITLE, TITLE],
    paperAuthors: ['Ada Müller', 'Juan Ejemplo', 'Kim Lee'],
    citations: 2,
    references: 0,
    search: [32, 10, 32],
    ampersand: 32,
    openAccess: 1,
    filters: [TITLE],
    bulk: 31,
    match: TITLE,
    noMatch: ['ObjectNotFoundException', 'Title match not found'],
    author: 'Ada Müller',
    authors: ['Ada Müller'],
    authorPapers: 2,
    authorSearch: ['Ada Müller'],
    recommended: 5,
    recommendedFromLists: 5,
    recommendedAwayFrom: 32,
    autocomplete: ['Translation of speech'],
    snippets: ['Trees are not enough for translation.'],
  });
});
