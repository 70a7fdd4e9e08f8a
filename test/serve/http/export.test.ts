import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/search/engine.ts';
import { createApp } from '../../../src/serve/http/app.ts';
import { listening } from '../../support/listening.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';
import { validatedFetch } from '../../support/validated-fetch.ts';

const papers = [
  paperOf({ id: 'doi:10.1/a b', title: 'Minding Gaps', authors: ['Yuda Song'], year: 2025 }),
  paperOf({ id: 'odd.bib', title: 'An Odd Name "; x=y\r\n', authors: ['A\r\nSet-Cookie: b'], year: 2024 }),
];
let engine: Engine;
let url = '';
let close = () => {};
beforeAll(async () => {
  ({ engine } = await snapshotOver(papers));
  ({ url, close } = await listening(createApp({ engine, page: undefined })));
});
afterAll(async () => {
  close();
  await engine.close();
});

async function ask(path: string, init: RequestInit = {}) {
  const response = await validatedFetch(url + path, init);
  const { headers, status } = response;
  return {
    status,
    type: headers.get('content-type'),
    file: headers.get('content-disposition'),
    vary: headers.get('vary'),
    text: await response.text(),
  };
}
const accept = (type: string) => ({ headers: { Accept: type } });
const post = (body: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const GAPS = '/v1/papers/doi%3A10.1%2Fa%20b';

describe('a paper with an extension is a file', () => {
  test.each([
    ['bib', 'application/x-bibtex; charset=utf-8', '@misc{song2025minding,'],
    ['ris', 'application/x-research-info-systems; charset=utf-8', 'TY  - GEN'],
    ['csl.json', 'application/vnd.citationstyles.csl+json; charset=utf-8', '"song2025minding"'],
    ['csv', 'text/csv; charset=utf-8', 'paper-search-id,title'],
    ['md', 'text/markdown; charset=utf-8', '**Minding Gaps**'],
    ['jsonl', 'application/x-ndjson; charset=utf-8', '"Minding Gaps"'],
    ['txt', 'text/plain; charset=utf-8', 'Yuda Song (2025). Minding Gaps.'],
  ])('.%s', async (extension, type, text) => {
    const answer = await ask(`${GAPS}.${extension}`);
    expect(answer).toMatchObject({ status: 200, type });
    expect(answer.file).toBe(`attachment; filename="song2025minding.${extension}"`);
    expect(answer.text).toContain(text);
  });

  test('.json is the paper', async () => {
    const { text, type } = await ask(`${GAPS}.json`);
    expect(type).toContain('application/json');
    expect(JSON.parse(text)).toEqual(JSON.parse((await ask(GAPS)).text));
  });

  test('prefers the paper with exactly that id, which has a file too', async () => {
    expect(JSON.parse((await ask('/papers/odd.bib')).text)).toMatchObject({ id: 'odd.bib' });
    const { text, file } = await ask('/papers/odd.bib.bib');
    expect(text).toContain('An Odd Name');
    expect(file).toMatch(/^attachment; filename="[a-z0-9-]+\.bib"$/);
  });

  test('is 404 for an unknown paper', async () => {
    expect((await ask('/papers/nobody.bib')).status).toBe(404);
  });
});

describe('Accept', () => {
  test.each([
    ['application/x-bibtex', 'application/x-bibtex; charset=utf-8'],
    ['application/vnd.citationstyles.csl+json', 'application/vnd.citationstyles.csl+json; charset=utf-8'],
    ['application/x-research-info-systems', 'application/x-research-info-systems; charset=utf-8'],
    ['text/html;q=0.9, application/x-bibtex;q=0.5, */*;q=0.1', 'application/x-bibtex; charset=utf-8'],
    ['text/html, */*', 'application/json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
  ])('%s returns %s', async (wanted, type) => {
    for (const path of [GAPS, '/search?q=gaps&mode=keyword']) {
      const answer = await ask(path, accept(wanted));
      expect(answer).toMatchObject({ status: 200, type, file: null });
      expect(answer.vary).toContain('Accept');
    }
  });

  test.each([GAPS, '/search?q=gaps'])('without an available type is 406: %s', async (path) => {
    const { status, text } = await ask(path, accept('image/png'));
    expect(status).toBe(406);
    expect(JSON.parse(text).error).toMatchObject({ code: 'NOT_ACCEPTABLE' });
  });
});

test('format= of a search overrides Accept', async () => {
  const { type, text } = await ask('/search?q=gaps&mode=keyword&format=ris', accept('text/csv'));
  expect(type).toContain('application/x-research-info-systems');
  expect(text).toContain('TI  - Minding Gaps');
  expect((await ask('/search?q=gaps&format=docx')).status).toBe(400);
});

describe('POST /v1/export', () => {
  test('returns papers in the requested order without duplicates', async () => {
    const ids = ['odd.bib', 'doi:10.1/a b', 'odd.bib'];
    const answer = await ask('/v1/export', post({ ids, format: 'jsonl' }));
    expect(answer.file).toBe('attachment; filename="papers.jsonl"');
    expect(
      answer.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['odd.bib', 'doi:10.1/a b']);
    const json = await ask('/v1/export', post({ ids, format: 'json' }));
    expect(JSON.parse(json.text).length).toBe(2);
  });

  test('reports unknown ids, or skips them', async () => {
    const ids = ['nobody', 'odd.bib', 'none'];
    const { status, text } = await ask('/v1/export', post({ ids, format: 'bibtex' }));
    expect(status).toBe(404);
    expect(JSON.parse(text).error.details).toEqual({ ids: ['nobody', 'none'] });
    const skipped = await ask('/v1/export', post({ ids, format: 'bibtex', skipUnknown: true }));
    expect(skipped.text.match(/^@/gm)?.length).toBe(1);
  });

  test.each([
    [{ ids: [], format: 'bibtex' }],
    [{ ids: ['a'], format: 'docx' }],
    [{ ids: ['a'] }],
    [{ ids: Array.from({ length: 1001 }, (_, i) => `p${i}`), format: 'csv' }],
    [{ ids: ['a'], format: 'csv', extra: 1 }],
  ])('refuses %j', async (body) => {
    expect((await ask('/v1/export', post(body))).status).toBe(400);
  });

  test('is served under /v1 only', async () => {
    const response = await fetch(`${url}/export`, post({ ids: ['a'], format: 'csv' }));
    expect(response.status).toBe(404);
  });
});

describe('the relevant papers of a search', () => {
  test('are a file in the order of the search', async () => {
    const { status, type, file, text } = await ask(
      '/v1/export?q=title:gaps+OR+title:odd&sort=title&format=csv',
    );
    expect({ status, type, file }).toEqual({
      status: 200,
      type: 'text/csv; charset=utf-8',
      file: 'attachment; filename="papers.csv"',
    });
    expect(text.indexOf('Odd Name')).toBeGreaterThan(0);
    expect(text.indexOf('Minding Gaps')).toBeGreaterThan(text.indexOf('Odd Name'));
  });

  test('do not include those that are only the nearest', async () => {
    const { text } = await ask('/v1/export?q=minding+gaps&format=jsonl&mode=keyword');
    expect(text.trim().split('\n')).toHaveLength(1);
    expect((await ask('/v1/export?q=lentils&format=jsonl')).text).toBe('');
  });

  test('are limited, and the header counts the others', async () => {
    const response = await fetch(`${url}/v1/export?q=year:2024..2025&format=json&limit=1`);
    expect(response.headers.get('Papers-Left-Out')).toBe('limit=1');
    expect(await response.json()).toHaveLength(1);
    expect((await ask('/v1/export?q=year:2024..2025&format=json&limit=1001')).status).toBe(400);
    expect((await ask('/v1/export?q=gaps')).status).toBe(400);
  });
});
