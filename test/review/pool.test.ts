import { expect, test } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import { paperOf } from '../support/papers.ts';
import { ADA, BEN, beesAndWasps, reviewed } from './world.ts';

const papers = beesAndWasps();
const late = paperOf({
  id: 'late',
  title: 'Honey bees that came late',
  abstract: 'Honey bees were fed with pollen, and the colony grew.',
});
const without = (...ids: string[]) => papers.filter(({ id }) => !ids.includes(id));

test('new papers come in at their rank, and removed ones are kept with what was said', async () => {
  const { reviews, id, ingest } = await reviewed();
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  await ingest([...without('wasp-1', 'bee-3'), late]);
  expect(await reviews.read(id)).toMatchObject({ poolOutdated: true });
  const review = await reviews.updatePool(id, BEN);
  expect(review).toMatchObject({
    poolOutdated: false,
    papers: 11,
    decided: 2,
    pool: [
      { added: 12, removed: 0, by: 'Ada' },
      { added: 1, removed: 2, papers: 11, by: 'Ben' },
    ],
  });
  expect(await reviews.paper(id, 'wasp-1', ADA)).toMatchObject({ removed: true, abstract: 'exclude' });
  expect(await reviews.paper(id, 'bee-3', ADA)).toMatchObject({ removed: true, abstract: 'unread' });
  const next = await reviews.next(id, ADA, { count: 50 });
  expect(next.slice(0, 3).map(({ paper }) => paper.id)).toContain('late');
  expect(next).toHaveLength(10);
  expect(await reviews.progress(id, ADA)).toMatchObject({ abstract: { papers: 12, unread: 10 } });
  await reviews.label(id, { paper: 'late', decision: 'include', chosenBy: 'rank' }, ADA);
  expect((await reviews.replay(id)).same).toBe(true);
});

test('a paper that comes back has its labels again', async () => {
  const { reviews, id, ingest } = await reviewed();
  await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  await ingest(without('wasp-1'));
  await reviews.updatePool(id, ADA);
  await ingest(papers);
  expect(await reviews.updatePool(id, ADA)).toMatchObject({
    papers: 12,
    pool: [{}, { removed: 1 }, { added: 1 }],
  });
  expect(await reviews.paper(id, 'wasp-1', ADA)).toMatchObject({ removed: false, abstract: 'exclude' });
});

test('a paper under a new id keeps its place and labels, and is found by both ids', async () => {
  const { reviews, id, ingest } = await reviewed();
  const { label } = await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  const { label: second } = await reviews.label(id, { paper: 'wasp-1', decision: 'exclude' }, ADA);
  const renamed = (paper: Paper): Paper =>
    paper.id === 'bee-0' ? { ...paper, id: 'new-0', aliases: ['bee-0'] } : paper;
  await ingest(papers.map(renamed));
  expect(await reviews.updatePool(id, ADA)).toMatchObject({
    papers: 12,
    pool: [{}, { added: 0, removed: 0 }],
  });
  for (const paper of ['bee-0', 'new-0', '10.1000/0']) {
    expect(await reviews.paper(id, paper, ADA)).toMatchObject({
      paper: { id: 'new-0' },
      abstract: 'include',
      labels: [{ number: label.number, paper: 'new-0' }],
    });
  }
  await reviews.label(id, { paper: 'bee-0', decision: 'exclude', replaces: label.number }, ADA);
  await reviews.undo(id, ADA);
  await reviews.undo(id, ADA, second.number);
  expect(await reviews.read(id)).toMatchObject({ decided: 1, included: 1 });
  expect((await reviews.replay(id)).same).toBe(true);
});

test('papers that became one have the labels of both', async () => {
  const { reviews, id, ingest } = await reviewed(papers, { reviewersPerPaper: 2 });
  await reviews.label(id, { paper: 'bee-0', decision: 'include' }, ADA);
  await reviews.label(id, { paper: 'bee-3', decision: 'include' }, BEN);
  const merged = papers.find((paper) => paper.id === 'bee-3')!;
  const sources = [merged.source, { file: 'a.ris', format: 'ris', record: 1 }];
  await ingest([...without('bee-0', 'bee-3'), { ...merged, aliases: ['bee-0'], sources }]);
  expect(await reviews.updatePool(id, ADA)).toMatchObject({
    papers: 11,
    included: 1,
    pool: [{ duplicates: 0 }, { removed: 1, duplicates: 1, records: [{ records: 6 }, { records: 6 }] }],
  });
  expect(await reviews.paper(id, 'bee-0', ADA)).toMatchObject({
    paper: { id: 'bee-3' },
    abstract: 'include',
    labels: [{ by: 'Ada' }, { by: 'Ben' }],
  });
  expect((await reviews.replay(id)).same).toBe(true);
});

test('a query and filters choose the pool, and another request can replace them', async () => {
  const { reviews } = await reviewed();
  const made = await reviews.create(
    { name: 'Wasps', protocol: { question: 'wasps' }, pool: { query: 'title:wasps', mode: 'keyword' } },
    ADA,
  );
  expect(made).toMatchObject({ papers: 8, pool: [{ request: { query: 'title:wasps', mode: 'keyword' } }] });
  expect(await reviews.updatePool(made.id, ADA, {})).toMatchObject({ papers: 12, pool: [{}, { added: 4 }] });
});

test('counts the records that each paper was merged from, by source', async () => {
  const doubled = papers.map((paper, i) =>
    i < 3 ? { ...paper, sources: [paper.source, { file: 'c.csv', format: 'csv', record: i }] } : paper,
  );
  const { reviews, id } = await reviewed(doubled);
  const [pool] = (await reviews.read(id)).pool;
  expect(pool!.duplicates).toBe(3);
  expect(Object.fromEntries(pool!.records.map(({ source, records }) => [source, records]))).toEqual({
    'a.ris': 6,
    'b.ris': 6,
    'c.csv': 3,
  });
  const { all } = await reviews.whole(id);
  expect(all.map(({ records }) => records).filter((records) => records === 2)).toHaveLength(3);
});

test('a long abstract is kept whole, for reviewers and the learner', async () => {
  const abstract = 'Honey bees were fed. '.repeat(400).trim();
  const { reviews, id } = await reviewed([...papers, paperOf({ id: 'long', title: 'Long', abstract })]);
  expect((await reviews.paper(id, 'long', ADA)).paper.abstract).toBe(abstract);
});
