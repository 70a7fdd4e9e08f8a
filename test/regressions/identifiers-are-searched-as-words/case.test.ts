import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identifierKey } from '../../../src/papers/identifiers.ts';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const PAPERS = [
  paperOf({
    id: 'arxiv:1805.00009',
    title: 'New archive worms',
    externalIds: { arxiv: '1805.00009', pmid: '123456', openreview: 'aVh9KRZdRk' },
  }),
  paperOf({
    id: 'doi:10.1007/978-3-030-00942-5_12',
    title: 'Hundred percent worms',
    externalIds: { doi: '10.1007/978-3-030-00942-5_12' },
  }),
  paperOf({ id: 'sp12', title: 'Arxiv abs worms', externalIds: { acl: 'P19-1001', pmcid: 'PMC1234567' } }),
  paperOf({ id: 'first', title: 'First chapter', externalIds: { doi: '10.1000/book' } }),
  paperOf({ id: 'second', title: 'Second chapter', externalIds: { doi: '10.1000/book' } }),
];
const FORMS = [
  ['1805.00009', 'New archive worms'],
  ['arXiv:1805.00009v3', 'New archive worms'],
  ['ARXIV: 1805.00009', 'New archive worms'],
  ['https://arxiv.org/abs/1805.00009v3', 'New archive worms'],
  ['http://www.arxiv.org/pdf/1805.00009.pdf', 'New archive worms'],
  ['PMID 123456', 'New archive worms'],
  ['https://pubmed.ncbi.nlm.nih.gov/123456/', 'New archive worms'],
  ['https://openreview.net/forum?id=aVh9KRZdRk', 'New archive worms'],
  ['10.1007/978-3-030-00942-5_12', 'Hundred percent worms'],
  ['DOI:10.1007/978-3-030-00942-5_12', 'Hundred percent worms'],
  ['https://www.doi.org/10.1007/978-3-030-00942-5_12', 'Hundred percent worms'],
  ['https://link.springer.com/chapter/10.1007/978-3-030-00942-5_12', 'Hundred percent worms'],
  ['p19-1001', 'Arxiv abs worms'],
  ['https://aclanthology.org/P19-1001.pdf', 'Arxiv abs worms'],
  ['https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/', 'Arxiv abs worms'],
  ['sp12', 'Arxiv abs worms'],
] as const;

let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

describe.each(FORMS)('%s', (written, title) => {
  test.each(['hybrid', 'keyword', 'semantic'] as const)('finds the paper as a query, %s', async (mode) => {
    const { hits, confidence, understood } = await snapshot.search({ query: ` ${written} `, mode });
    expect(hits.map(({ paper }) => paper.title)).toEqual([title]);
    expect(confidence.level).toBe('strong');
    expect(understood.notices[0]?.message).toContain('was recognised as');
  });

  test('names the paper and a seed', async () => {
    expect(await snapshot.paper(written)).toMatchObject({ title });
    const { seeds } = await snapshot.related({ positive: [written] });
    expect(seeds.positive.map((seed) => seed.title)).toEqual([title]);
  });
});

test('says that no paper has an identifier, and searches its text', async () => {
  const { hits, understood } = await snapshot.search({ query: 'https://arxiv.org/abs/2001.00001' });
  expect(hits.length).toBeGreaterThan(1);
  expect(understood.notices.at(-1)?.message).toMatch(/^No paper has the arXiv identifier/);
});

test.each(['worms', 'GPT-4', '2020', 'attention first'])('searches %s as words', async (query) => {
  const { understood } = await snapshot.search({ query });
  expect(understood.notices).toEqual([]);
  expect(understood.ranking).toBe(query);
});

test('an identifier of several papers finds all of them, and names none', async () => {
  const { hits } = await snapshot.search({ query: '10.1000/BOOK' });
  expect(hits.map(({ paper }) => paper.id).sort()).toEqual(['first', 'second']);
  await expect(snapshot.paper('10.1000/BOOK')).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: '2 papers have the identifier "10.1000/BOOK". Use the id of one of them: first, second.',
  });
});

test('one paper by two of its identifiers is one seed', async () => {
  const { seeds } = await snapshot.related({ positive: ['1805.00009', 'PMID:123456'] });
  expect(seeds.positive).toHaveLength(1);
  await expect(
    snapshot.related({ positive: ['1805.00009'], negative: ['pmid:123456'] }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test.each([
  [
    'https://www.semanticscholar.org/paper/Attention/204e3073870fae3d05bcbc2f6a8e263d9b72e776',
    '204e3073870fae3d05bcbc2f6a8e263d9b72e776',
  ],
  ['https://dblp.org/rec/conf/nips/VaswaniSPUJGKP17.html', 'conf/nips/vaswanispujgkp17'],
  ['https://openalex.org/W2741809807', 'w2741809807'],
  ['https://aclanthology.org/2020.acl-main.1.pdf', '2020.acl-main.1'],
  ['ISBN 978-3-16-148410-0', '9783161484100'],
])('reads %s', (written, key) => {
  expect(identifierKey(written)).toBe(key);
});
