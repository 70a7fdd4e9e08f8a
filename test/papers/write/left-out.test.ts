import { expect, test } from 'vitest';
import { leftOut } from '../../../src/papers/write/left-out.ts';
import { paperOf } from '../../support/papers.ts';

const PAPERS = [
  paperOf({ title: 'A', publication: { other: { 'bibtex:annote': 'x', 'ris:M1': 'y' } } }),
  paperOf({ title: 'B', publication: { other: { 'bibtex:annote': 'x' } }, editors: [{ literal: 'E' }] }),
  paperOf({ title: 'C', tldr: 'Bees.', urls: { code: 'https://github.com/ann/bees' } }),
];

test.each([
  ['bibtex', ['ris:M1 (1 paper)']],
  ['ris', ['bibtex:annote (2 papers)', 'link to the code (1 paper)', 'short summary (1 paper)']],
  ['csl-json', []],
  ['csv', ['publication details (type, volume, pages, publisher, …) (2 papers)', 'editors (1 paper)']],
  ['json', []],
] as const)('names what %s cannot say', (format, names) => {
  expect(leftOut(PAPERS, format)).toEqual(names);
});

test('names how a paper was presented, but not a rejection, which is a note', () => {
  const papers = [
    paperOf({ title: 'A', acceptance: 'oral', session: { name: 'S' } }),
    paperOf({ title: 'B', acceptance: 'reject' }),
  ];
  for (const format of ['bibtex', 'ris', 'csl-json'] as const) {
    expect(leftOut(papers, format)).toEqual(['session (1 paper)', 'acceptance (1 paper)']);
  }
  expect(leftOut(papers, 'csv')).toEqual(['session (1 paper)']);
});
