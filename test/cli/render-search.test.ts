import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderSearch } from '../../src/cli/render-search.ts';
import type { SearchResponse } from '../../src/search/api.ts';
import type { Explanation } from '../../src/search/explain/explanation.ts';
import { paperOf } from '../support/papers.ts';

const hit = { rank: 1, score: 0.5, paper: paperOf({ title: 'A Title' }), highlights: [] };
const answer: SearchResponse = {
  query: 'x',
  mode: 'hybrid',
  understood: { text: 'x', ranking: 'x', notices: [] },
  confidence: { level: 'strong', score: 0.9 },
  verdict: { level: 'strong', evidence: 0.9 },
  total: 1,
  limit: 10,
  offset: 0,
  tookMs: 1,
  hits: [hit],
};
const rendered = (changes: Partial<SearchResponse>) =>
  stripVTControlCharacters(renderSearch({ ...answer, ...changes }));

const spelling = {
  text: 'models',
  replacements: [{ from: 'modles', to: 'models', span: { start: 0, end: 6 } }],
};

describe('remarks before the hits', () => {
  test('are absent from a strong answer', () => {
    expect(rendered({})).toMatch(/^hybrid: 1–1 of 1/);
  });

  test.each([
    ['Only weak matches.', { confidence: { level: 'weak', score: 0.5 } }],
    ['No relevant papers were found.', { confidence: { level: 'none', score: 0.1 } }],
    ['Did you mean: models', { didYouMean: spelling }],
    [
      'Showing results for: models',
      {
        didYouMean: spelling,
        fallback: {
          kind: 'spelling',
          query: 'models',
          replacements: spelling.replacements,
          first: { level: 'none', score: 0 },
        },
      },
    ],
    [
      'Note: A lone quote.',
      {
        understood: {
          text: 'x',
          ranking: 'x',
          notices: [{ span: { start: 0, end: 1 }, message: 'A lone quote.' }],
        },
      },
    ],
    ['The first 5 papers were reranked by tiny.', { reranked: { by: 'tiny', papers: 5, outOfTime: false } }],
    [
      'The first 5 papers were reranked by tiny; then the time was up.',
      { reranked: { by: 'tiny', papers: 5, outOfTime: true } },
    ],
    [
      'These papers were not reranked: sentences cannot rerank this order.',
      { reranked: { by: 'sentences', papers: 0, outOfTime: false } },
    ],
  ] as [string, Partial<SearchResponse>][])('“%s”', (remark, changes) => {
    const lines = rendered(changes).split('\n');
    expect(lines[0]).toContain(remark);
    expect(lines.filter((line) => /^(Did you mean|Showing results)/.test(line)).length).toBeLessThan(2);
  });

  test('of an empty answer do not mention close papers', () => {
    expect(rendered({ hits: [], total: 0, confidence: { level: 'none', score: 0 } })).toBe(
      'No papers match.',
    );
  });
});

describe('reasons', () => {
  const explanation: Explanation = {
    score: 0.5,
    keyword: {
      score: 2,
      most: 4,
      rank: 3,
      terms: [
        { text: 'rare', term: 'rare', documentFrequency: 1, score: 0.5, fields: [] },
        {
          text: 'models',
          term: 'model',
          documentFrequency: 2,
          score: 1.5,
          fields: [
            { field: 'title', frequency: 1, score: 1 },
            { field: 'abstract', frequency: 2, score: 0.5 },
          ],
        },
      ],
    },
    semantic: { cosine: 0.5, rank: 2, sentence: { start: 0, end: 2, text: 'A.', cosine: 0.6 } },
    parts: [
      { name: 'keyword', formula: '0.6 × 2 / 4', score: 0.3 },
      { name: 'semantic', formula: '0.4 × 0.5', score: 0.2 },
    ],
    without: [],
    summary: 'A summary.',
  };

  test('are the sum, the words that count most, the sentence and the summary', () => {
    expect(
      rendered({ hits: [{ ...hit, explanation }] })
        .split('\n')
        .slice(-4),
    ).toEqual([
      '    = 0.5000: keyword 0.3000 (0.6 × 2 / 4) + semantic 0.2000 (0.4 × 0.5); rank 3 by keyword, 2 by meaning',
      '    words: models 1.50 (title, abstract ×2); rare 0.50',
      '    closest sentence: “A.”',
      '    A summary.',
    ]);
  });

  test('omit what is absent', () => {
    const bare = {
      ...explanation,
      keyword: { score: 0, most: 4, rank: undefined, terms: [] },
      semantic: undefined,
      parts: [{ name: 'keyword', formula: 'sum of its terms', score: 0 }],
      summary: '',
    } as const;
    const lines = rendered({ hits: [{ ...hit, explanation: bare }] }).split('\n');
    expect(lines.at(-1)).toBe('    = 0.5000: keyword 0.0000 (sum of its terms)');
  });
});

test('prints facets last, with the most frequent values of each', () => {
  const values = Array.from({ length: 9 }, (_, i) => ({ value: `v${i}`, count: 9 - i }));
  expect(
    rendered({ facets: { papers: 45, values: { venue: values, year: [] } } })
      .split('\n')
      .slice(-3),
  ).toEqual([
    'Of 45 relevant papers:',
    '  venue  v0 9, v1 8, v2 7, v3 6, v4 5, v5 4, v6 3, v7 2, …',
    '  year   –',
  ]);
});

describe('control characters of papers do not reach the terminal', () => {
  const HOSTILE = 'a\u001b]0;owned\u0007b\u009b2Jc\r\u202ed';
  const paper = paperOf({
    id: HOSTILE,
    title: HOSTILE,
    abstract: HOSTILE,
    authors: [HOSTILE],
    venue: HOSTILE,
    session: { name: HOSTILE },
    urls: { landing: `https://example.org/${HOSTILE}` },
  });
  const hostile = { ...hit, paper, highlights: [{ field: 'title' as const, start: 0, end: 1, text: 'a' }] };
  const facets = { papers: 1, values: { venue: [{ value: HOSTILE, count: 1 }] } };
  const didYouMean = { ...spelling, text: HOSTILE };

  test.each([{}, { whole: true }])('%j', (options) => {
    const text = stripVTControlCharacters(
      renderSearch({ ...answer, hits: [hostile], facets, didYouMean }, options),
    );
    expect(text).toContain('owned');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

test('prints the whole abstract with --abstract', () => {
  const abstract = `${'First words. '.repeat(40)}\n\nLast words.`;
  const long = { ...hit, paper: paperOf({ title: 'A Title', abstract }) };
  const shown = (options: object) =>
    stripVTControlCharacters(renderSearch({ ...answer, hits: [long] }, options));
  expect(shown({})).not.toContain('Last words.');
  expect(shown({ whole: true })).toContain('\n\n    Last words.');
});

test('prints the short summary and the link to the code with --abstract', () => {
  const paper = paperOf({
    title: 'A Title',
    abstract: 'An abstract.',
    tldr: 'It is **short**.',
    urls: { code: 'https://example.org/code' },
  });
  const shown = (whole: boolean) =>
    stripVTControlCharacters(renderSearch({ ...answer, hits: [{ ...hit, paper }] }, { whole }));
  expect(shown(true)).toMatch(
    /Short summary: It is short\.\n +An abstract\.\n +Code: https:\/\/example\.org\/code\n/,
  );
  expect(shown(false)).not.toMatch(/summary|Code/);
});
