import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads entries whose type has an underscore or a hyphen', async () => {
  const { papers } = await readInput(import.meta.url, 'input.bib');
  expect(papers.map(({ title, publication }) => [title, publication?.type])).toEqual([
    ['Web page entry', 'webpage'],
    ['Book section entry', 'chapter'],
    ['Hyphen entry', 'paper-conference'],
    ['Normal', 'article-journal'],
  ]);
});
