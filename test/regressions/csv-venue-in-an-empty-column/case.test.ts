import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test('reads each field of a Zotero table from the column that has it in the row', async () => {
  const { papers, events } = await readInput(import.meta.url, 'input.csv');
  expect(papers).toMatchObject([
    {
      venue: 'Journal of Worms',
      authors: ['Anna Berg'],
      keywords: ['worms', 'talks', 'cs.LG'],
      externalIds: { doi: '10.1000/zz2', arxiv: expect.stringMatching(/^1901\.00001/) },
    },
  ]);
  expect(events.flatMap((event) => (event.kind === 'unread' ? event.unread.names : []))).toEqual([
    { name: 'Key', records: 1 },
    { name: 'Item Type', records: 1 },
  ]);
});
