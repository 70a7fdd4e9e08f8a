import { expect, test } from 'vitest';
import { exportPapers } from '../../../src/papers/write/formats.ts';
import { readInput } from '../../support/regression.ts';

test('cites a rejected submission as submitted and an accepted one as published', async () => {
  const { papers } = await readInput(import.meta.url, 'iclr2018.json');
  expect(papers).toMatchObject([
    { venue: 'ICLR', acceptance: 'reject', categories: ['main'] },
    { venue: 'ICLR', acceptance: 'oral', categories: ['main'] },
  ]);
  const [rejected, accepted] = papers.map((paper) => exportPapers([paper], 'bibtex'));
  expect(rejected).toContain('note = {Submitted to ICLR 2018');
  expect(rejected).not.toContain('booktitle');
  expect(accepted).toContain('booktitle = {ICLR}');
});
