import { describe, expect, test } from 'vitest';
import { LabelCollector, type LabelRow } from '../../../../src/review/records/labels/label-row.ts';
import { matchLabels } from '../../../../src/review/records/labels/match.ts';
import { paperOf } from '../../../support/papers.ts';

const PAPERS = [
  paperOf({ id: 'a', title: 'Statins and the risk of stroke in adults', externalIds: { doi: '10.1000/a' } }),
  paperOf({ id: 'b', title: 'Aspirin for primary prevention of disease', externalIds: { pmid: '17' } }),
  paperOf({ id: 'c', title: 'Exercise and sleep in older adults' }),
  paperOf({ id: 'd', title: 'Exercise and sleep in older adults' }),
  paperOf({ id: 'e', title: 'Editorial' }),
];

function match(rows: readonly (Partial<LabelRow> & { identifiers?: string[]; title?: string })[]) {
  const file = new LabelCollector();
  rows.forEach(({ identifiers = [], title = '', decision = 'include', stage = 'abstract', by }, at) => {
    const place = { file: 'f.csv', line: at + 2, record: at + 1 };
    file.add({ place, identifiers, title }, [{ stage, decision, reasons: [], note: '', by }]);
  });
  const { labels, unmatched, problems } = matchLabels(file.finish(), PAPERS);
  return {
    papers: labels.map(({ paper, row }) => `${paper} ${row.decision}`),
    unmatched: unmatched.map(({ place }) => place.line),
    problems: problems.map(({ line, reason }) => `${line}: ${reason}`),
  };
}

describe('finds the paper of a row', () => {
  test.each([
    ['an identifier in any spelling', { identifiers: ['doi:10.1000/A'] }, 'a'],
    ['a number of PubMed', { identifiers: ['pmid:17'], title: 'Another title' }, 'b'],
    ['an id of the pool', { identifiers: ['c'] }, 'c'],
    ['the title in another spelling', { title: 'ASPIRIN for primary-prevention of disease.' }, 'b'],
    ['the title where no identifier is known', { identifiers: ['pmid:99'], title: PAPERS[0]!.title }, 'a'],
  ])('by %s', (_, row, paper) => {
    expect(match([row])).toEqual({ papers: [`${paper} include`], unmatched: [], problems: [] });
  });
});

test('leaves no row out silently', () => {
  expect(
    match([
      { title: 'A paper that the pool lacks' },
      { title: 'Editorial' },
      { title: 'Exercise and sleep in older adults' },
    ]),
  ).toEqual({
    papers: [],
    unmatched: [2, 3],
    problems: [
      '4: 2 papers of the pool have this title, and no identifier says which: "Exercise and sleep in older adults".',
    ],
  });
});

test('keeps the first of two decisions on one paper, and reports the second if it differs', () => {
  expect(
    match([
      { identifiers: ['a'] },
      { identifiers: ['doi:10.1000/a'] },
      { identifiers: ['a'], decision: 'exclude' },
      { identifiers: ['a'], decision: 'exclude', by: 'Kofi' },
      { identifiers: ['a'], decision: 'exclude', stage: 'full-text' },
    ]),
  ).toEqual({
    papers: ['a include', 'a exclude', 'a exclude'],
    unmatched: [],
    problems: ['4: It is the paper of line 2 with another decision: include was kept, not exclude.'],
  });
});
