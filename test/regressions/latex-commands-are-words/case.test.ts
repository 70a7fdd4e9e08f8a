import { expect, test } from 'vitest';
import { tokenize } from '../../../src/text/tokenizer.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const wordsOf = (text: string) => tokenize(text).map(({ surface }) => surface);

test.each([
  ['$3 \\times 3$ filters in time', ['3', '3', 'filters', 'in', 'time']],
  ['CO$_2$', ['co2']],
  ['CO\\textsubscript{2}', ['co2']],
  ['$\\mathcal{O}(n \\log n)$', ['o', 'n', 'log', 'n']],
  ['$\\ell_1$ penalties', ['l1', 'penalties']],
  ['$n$-gram \\emph{models}', ['n', 'gram', 'ngram', 'models']],
  ['costs $5 and $10 or', ['costs', '5', 'and', '10', 'or']],
  ['\\alpha and\\or snake_case', ['α', 'and', 'or', 'snake', 'case']],
])('%s has the words of its plain characters', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('words keep their places in the text', () => {
  const text = 'Oxides: CO$_2$ $\\times$ time';
  for (const { surface, kind, start, end } of tokenize(text)) {
    // Without the marks of the formula, which is one word with what is before it.
    const written = text.slice(start, end).replace(/[$_]/g, '').toLowerCase();
    if (kind === 'word') expect(written).toBe(surface);
  }
});

test('a command is not highlighted, and a formula is found by its characters', async () => {
  const { engine, snapshot } = await snapshotOver([
    paperOf({ id: 'net', title: 'Filters of $3 \\times 3$ for time series' }),
    paperOf({ id: 'gas', title: 'Reduction of CO$_2$ with $\\ell_1$ penalties' }),
    paperOf({ id: 'sign', title: 'A product $a \\times b$' }),
  ]);
  const { hits } = await snapshot.search({ query: 'times', mode: 'keyword' });
  expect(hits.map(({ paper, highlights }) => [paper.id, highlights.map(({ text }) => text)])).toEqual([
    ['net', ['time']],
  ]);
  for (const query of ['CO2', 'CO_2', 'co₂']) {
    const found = await snapshot.search({ query, mode: 'keyword' });
    expect(found.hits[0]?.paper.id).toBe('gas');
  }
  await engine.close();
});
