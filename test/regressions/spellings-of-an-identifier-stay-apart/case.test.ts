import { expect, test } from 'vitest';
import { ingested } from '../../support/ingested.ts';

test('reads every spelling of a DOI and of an arXiv id as the same identifier', async () => {
  const { papers, report } = await ingested(import.meta.url, ['input.jsonl'], { keepDuplicates: true });
  expect(papers).toHaveLength(14);
  const ids = (start: string) =>
    new Set(
      papers
        .filter(({ title }) => title.startsWith(start))
        .map(({ externalIds: { doi, arxiv } }) => doi ?? arxiv),
    );
  expect(ids('doi')).toEqual(new Set(['10.1000/abc']));
  expect(ids('arxiv')).toEqual(new Set(['1706.03762']));
  const links = new Set(papers.map(({ urls }) => urls.landing));
  expect(links).toEqual(new Set(['https://doi.org/10.1000/abc', 'https://arxiv.org/abs/1706.03762']));
  expect(report.warnings.map(({ reason }) => reason)).toEqual([
    'The field names several: "10.1000/abc; 10.1000/def". The first was kept, not 10.1000/def.',
  ]);
});

test('makes one paper of the records of each', async () => {
  const { papers } = await ingested(import.meta.url, ['input.jsonl']);
  expect(papers.map(({ id }) => id).sort()).toEqual(['arxiv:1706.03762', 'doi:10.1000/abc']);
});
