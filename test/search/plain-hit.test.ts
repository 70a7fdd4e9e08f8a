import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import { highlightsOf } from '../../src/search/highlight.ts';
import { plainHit, plainPaper } from '../../src/search/plain-hit.ts';
import { analyze } from '../../src/text/analyzer.ts';
import { paperOf as makePaper } from '../support/papers.ts';

function hitOf(paper: Paper, query: string) {
  const highlights = highlightsOf(paper, new Set(analyze(query).map(({ term }) => term)));
  return { paper, highlights };
}

describe('plainHit', () => {
  test('has the words that a query matched, in plain characters', () => {
    const paper = makePaper({ title: 'An $\\alpha$-stable *law*', abstract: 'CO$_2$ and $x_i$ of~rivers.' });
    const { paper: plain, highlights } = plainHit(hitOf(paper, 'α-stable law CO2 rivers'));
    expect([plain.title, plain.abstract]).toEqual(['An α-stable law', 'CO₂ and xᵢ of rivers.']);
    expect(highlights.map(({ text }) => text)).toEqual(['α-stable', 'law', 'CO₂', 'rivers']);
    for (const { field, start, end, text } of highlights) expect(plain[field].slice(start, end)).toBe(text);
  });

  test('is the hit itself where there is no markup', () => {
    const hit = hitOf(makePaper({ title: 'Rivers', abstract: 'Water costs $5.' }), 'rivers');
    expect(plainHit(hit)).toBe(hit);
    expect(plainPaper(hit.paper)).toBe(hit.paper);
  });
});
