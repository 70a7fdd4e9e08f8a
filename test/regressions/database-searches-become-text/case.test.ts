import { expect, test } from 'vitest';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const { snapshot } = await snapshotOver([
  paperOf({
    id: 'thyroid',
    title: 'Surgery of thyroid neoplasms',
    abstract: 'A therapy for adults.',
    year: 2015,
  }),
  paperOf({ id: 'language', title: 'Large language models', abstract: 'They model languages.', year: 2020 }),
  paperOf({ id: 'asthma', title: 'Asthma in children', abstract: 'Wheezing is treated.', year: 1999 }),
  paperOf({ id: 'mesh', title: 'tiab MeSH tw adj3', abstract: 'Words of a syntax.', year: 2021 }),
]);
const found = async (query: string) => {
  const { hits, understood } = await snapshot.search({ query, mode: 'keyword' });
  return {
    ids: hits.map(({ paper }) => paper.id).sort(),
    notices: understood.notices.map(({ message }) => message),
  };
};

test.each([
  ['"Thyroid Neoplasms"[MeSH] AND therapy[tiab]', ['thyroid']],
  ['(languag$ adj3 model$).tw.', ['language']],
  ['(large adj2 model).ti.', ['language']],
  ['1. exp Asthma/\n2. wheez$.tw.\n3. 1 or 2\n4. limit 3 to yr="1990 - 2000"', ['asthma']],
  ['1 exp Asthma/ 2 languag$.ti. 3 or/1-2', ['asthma', 'language']],
  ['#1 asthma:ti,ab\n#2 thyroid:ti,ab\n#3 #1 OR #2', ['asthma', 'thyroid']],
  ['1 or 2', []],
])('%s finds what it asks for, and says how it was read', async (query, ids) => {
  const answer = await found(query);
  expect(answer.ids).toEqual(ids);
  expect(answer.notices[0]).toContain('This was read as');
});

test('a search is not corrected as if it were misspelt', async () => {
  const { fallback, didYouMean } = await snapshot.search({ query: 'asthmaa[tiab]', mode: 'keyword' });
  expect(fallback).toBeUndefined();
  expect(didYouMean).toBeUndefined();
});

test('a search is text when that is said', async () => {
  const { hits } = await snapshot.search({ query: 'MeSH[tiab]', mode: 'keyword', plain: true });
  expect(hits.map(({ paper }) => paper.id)).toEqual(['mesh']);
});
