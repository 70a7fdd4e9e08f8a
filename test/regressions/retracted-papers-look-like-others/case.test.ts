import { expect, test } from 'vitest';
import { readInput } from '../../support/regression.ts';

test.each([
  ['acl.xml', [{ kind: 'retracted', reason: 'Wrong.', date: '2021-09-09', source: 'ACL Anthology' }]],
  ['openalex.json', [{ kind: 'retracted', source: 'OpenAlex' }]],
  [
    'crossref.json',
    [
      {
        kind: 'retracted',
        reason: 'see https://doi.org/10.1000/cr1r',
        date: '2022-03-04',
        source: 'Crossref',
      },
      { kind: 'corrected', reason: 'see https://doi.org/10.1000/cr2c', source: 'Crossref' },
      { kind: 'retracted', source: 'title' },
    ],
  ],
  [
    'arxiv.jsonl',
    [
      {
        kind: 'withdrawn',
        reason: 'This paper has been withdrawn by the author due to an error in Lemma 2',
        source: 'arXiv',
      },
      undefined,
    ],
  ],
])('reads what %s says has become of its papers', async (name, expected) => {
  const { papers, rejected } = await readInput(import.meta.url, name);
  expect(rejected).toEqual([]);
  expect(papers.map(({ status }) => status)).toEqual(expected);
});
