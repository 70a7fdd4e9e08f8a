import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { renderHit, renderHits, renderReading, renderReport } from '../../src/cli/render.ts';
import type { Hit } from '../../src/search/api.ts';
import { reportOf } from '../support/ingest-report.ts';
import { paperOf } from '../support/papers.ts';

const filler = 'Nothing of interest is said here. '.repeat(20);
const abstract = `${filler}Then the squeezing effect is named. ${filler}`;
const start = abstract.indexOf('squeezing');
const hit: Hit = {
  rank: 3,
  score: 0.51239,
  paper: paperOf({
    title: 'A Title',
    abstract,
    authors: ['A', 'B', 'C', 'D', 'E'],
    venue: 'ICLR',
    year: 2025,
  }),
  highlights: [{ field: 'abstract', start, end: start + 9, text: 'squeezing' }],
};

describe('a hit', () => {
  test('shows authors, venue, the best passage and the id', () => {
    const [title, byline, passage, id] = stripVTControlCharacters(renderHit(hit)).split('\n');
    expect(title).toContain('3. A Title');
    expect(byline).toContain('A, B, C, D, … · ICLR 2025');
    expect(passage).toContain('squeezing effect is named');
    expect(passage!.length).toBeLessThan(280);
    expect(id).toContain('a-title  (score 0.5124)');
  });

  test('shows formulas and markup in plain characters, and what matched in them', () => {
    const text = 'An $\\alpha$-stable *law* of~rivers.';
    const at = text.indexOf('\\alpha');
    const paper = { ...hit.paper, title: 'On CO$_2$', abstract: text };
    const highlights = [{ field: 'abstract' as const, start: at, end: at + 6, text: '\\alpha' }];
    const shown = stripVTControlCharacters(renderHit({ ...hit, paper, highlights }));
    expect(shown).toContain('3. On CO₂');
    expect(shown).toContain('An α-stable law of rivers.');
  });

  test('has no score in an unranked answer', () => {
    expect(stripVTControlCharacters(renderHit({ ...hit, score: 0 }))).toMatch(/\n {4}a-title$/);
  });

  test('says first that a paper was retracted, and that a venue rejected it', () => {
    const status = { kind: 'retracted', reason: 'Wrong.', source: 'PubMed' } as const;
    const paper = { ...hit.paper, status, acceptance: 'reject' as const };
    const text = stripVTControlCharacters(renderHit({ ...hit, paper }));
    expect(text).toContain('3. [RETRACTED] A Title');
    expect(text).toContain('Retracted (PubMed): Wrong.');
    expect(text).toContain('Submitted to ICLR 2025 (rejected)');
  });

  test('says if the abstract or the title is missing', () => {
    const bare = { ...hit, paper: paperOf({ title: '', id: 'x' }), highlights: [] };
    expect(stripVTControlCharacters(renderHit(bare))).toMatch(/\(no title\)[\s\S]*\(no abstract\)/);
  });
});

test('an empty page says whether the ranking is empty', () => {
  expect(renderHits([], 0, 'keyword', 1)).toBe('No papers match.');
  expect(renderHits([], 6, 'keyword', 1)).toContain('the ranking has 6 papers');
});

test('a report names the place of a rejected record', () => {
  const report = renderReport(
    reportOf({
      rejected: [{ file: 'a.jsonl', line: 7, field: 'title', reason: 'Bad.' }],
      unread: [{ file: 'a.json', what: 'members', names: [{ name: 'rating', records: 2 }] }],
      marked: 1,
      tookMs: 1234,
    }),
  );
  expect(report).toContain('Read 2 papers in 1.2 s: 1 added.');
  expect(report).toContain('a.jsonl:7:title: Bad.');
});

test('shows the first places and counts the others', () => {
  const rejected = Array.from({ length: 12 }, (_, n) => ({ file: 'a.json', record: n + 1, reason: 'Bad.' }));
  const lines = renderReading({ rejected, warnings: [], skipped: [], unread: [] });
  expect(lines).toHaveLength(12);
  expect(lines.slice(0, 2)).toEqual(['Rejected: 12', '  a.json:record 1: Bad.']);
  expect(lines.at(-1)).toContain('and 2 more');
});
