import { expect, test } from 'vitest';
import { PaperSet } from '../../src/ingest/merge.ts';
import { paperOf } from '../support/papers.ts';

const first = paperOf({
  id: 'x',
  title: 'One Paper',
  abstract: 'Its abstract.',
  urls: { pdf: 'https://a.org/1.pdf' },
  externalIds: { doi: '10.1/x', arxiv: '2101.1' },
  source: { file: 'a.jsonl', format: 'jsonl', record: 1 },
});
const second = paperOf({
  id: 'x',
  title: 'One paper',
  authors: ['Ann Lee'],
  externalIds: { doi: '10.1/x' },
  source: { file: 'b.jsonl', format: 'jsonl', record: 1 },
});

test('a second source adds what it knows and takes nothing away', () => {
  const papers = new PaperSet([first]);
  expect(papers.add(second, 1).outcome).toBe('updated');
  expect(papers.sorted()).toMatchObject([
    {
      title: 'One paper',
      abstract: 'Its abstract.',
      authors: ['Ann Lee'],
      urls: { pdf: 'https://a.org/1.pdf' },
      externalIds: { doi: '10.1/x', arxiv: '2101.1' },
    },
  ]);
});

test('both sources again leave it as it is', () => {
  const papers = new PaperSet([first]);
  papers.add(second, 1);
  const before = papers.sorted();
  const again = new PaperSet(before);
  again.add(first, 1);
  again.add(second, 1);
  expect(again.sorted()).toEqual(before);
});

test('another title under the same id in the same file is another paper: nothing of the old one clings to it', () => {
  const papers = new PaperSet([first]);
  const other = paperOf({ id: 'x', title: 'Another Paper', source: first.source });
  expect(papers.add(other, 1).outcome).toBe('updated');
  expect(papers.sorted()).toEqual([other]);
});
