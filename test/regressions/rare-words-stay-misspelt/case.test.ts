import { expect, test } from 'vitest';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ id: 'soil', title: 'John Smith on soil', abstract: 'Earthworms.' }),
  paperOf({
    id: 'sugar',
    title: 'Non-invasive glucose monitoring',
    abstract: 'A sensor measures blood sugar.',
  }),
  paperOf({ id: 'attention', title: 'Attention Is All You Need', abstract: 'An architecture.' }),
  // More than a hundred papers, so that a word of one paper is a rare one.
  ...Array.from({ length: 120 }, (_, n) => paperOf({ id: `p${n}`, title: `Study number ${n} of networks` })),
];

test.each([
  ['earthwroms', 'earthworms', 'soil'],
  ['non-invasve', 'non-invasive', 'sugar'],
  ['non invasve glucse', 'non invasive glucose', 'sugar'],
  ['attenton is all yu need', 'attention is all yu need', 'attention'],
])('corrects %s to %s, which one paper has', async (query, corrected, id) => {
  const { engine, snapshot } = await snapshotOver(PAPERS);
  const { didYouMean, hits } = await snapshot.search({ query, mode: 'keyword' });
  expect(didYouMean?.text).toBe(corrected);
  expect(hits[0]?.paper.id).toBe(id);
  await engine.close();
});

test('does not replace a word by a rare one with another first letter', async () => {
  const { engine, snapshot } = await snapshotOver([
    ...PAPERS,
    paperOf({ id: 'data', title: 'Scarce data', abstract: 'Labels are lacking.' }),
  ]);
  const { didYouMean } = await snapshot.search({ query: 'reward hacking', mode: 'keyword' });
  expect(didYouMean).toBeUndefined();
  await engine.close();
});
