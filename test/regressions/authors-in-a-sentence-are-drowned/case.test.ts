import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentOf } from '../../../src/query/intent.ts';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ id: 'paging', title: 'Page replacement in operating systems', authors: ['B. G. Prieve'] }),
  paperOf({ id: 'tables', title: 'Translation of decision tables', authors: ['Udo W. Pooch'] }),
  paperOf({ id: 'ward', title: 'Hierarchical grouping', authors: ['Joe H. Ward'] }),
  paperOf({
    id: 'articles',
    title: 'Articles written by hand',
    abstract: 'Interested in articles written by hand.',
  }),
  paperOf({
    id: 'clusters',
    title: 'Clustering of operating systems',
    abstract: 'Clustering by Ward and others.',
  }),
  paperOf({ id: 'systems', title: 'Operating systems', abstract: 'Operating systems, and their pages.' }),
];
let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

const found = async (query: string) => {
  const { hits, confidence } = await snapshot.search({ query, fallback: false });
  return { ids: hits.map(({ paper }) => paper.id), level: confidence.level };
};

describe('a sentence that only asks for the papers of authors', () => {
  test.each([
    'I am interested in articles written either by Prieve or Udo Pooch',
    'articles by Prieve or Udo Pooch',
    'Prieve and Udo Pooch',
    'Prieve, Pooch',
  ])('%s finds them first, with confidence', async (query) => {
    const { ids, level } = await found(query);
    expect(ids.slice(0, 2).sort()).toEqual(['paging', 'tables']);
    expect(level).toBe('strong');
  });
});

describe('a subject and authors', () => {
  test.each([
    ['articles on operating systems by Prieve', 'paging'],
    ['operating systems by Udo Pooch', 'tables'],
  ])('%s finds the papers of the authors first', async (query, first) => {
    expect((await found(query)).ids[0]).toBe(first);
  });

  test('are not confident for the authors alone', async () => {
    expect((await found('zebras in Africa by Udo Pooch')).level).not.toBe('strong');
  });

  test('a family name after "by" is a method where the query does not ask for papers', async () => {
    expect((await found('clustering by Ward')).ids[0]).toBe('clusters');
  });
});

test('"I am interested in" is a filler phrase', () => {
  expect(contentOf('I am interested in operating systems')).toBe('operating systems');
  expect(contentOf("I'm interested in papers by Udo Pooch.")).toBe('Udo Pooch');
});
