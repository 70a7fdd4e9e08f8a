import { describe, expect, test } from 'vitest';
import { clusterTerms } from '../../../src/indexes/map/cluster-terms.ts';
import { paperOf } from '../../support/papers.ts';

const titled = (...titles: string[]) => titles.map((title, i) => paperOf({ title, id: `${i}` }));

describe('clusterTerms', () => {
  test('names clusters by what their titles have more than others, as it is written there', async () => {
    const papers = titled(
      'Neural Machine Translation with BERT',
      'Low-Resource Machine Translation',
      'Machine translations of the Bible with BERT',
      'Grasping of Soft Objects',
      'Soft Grasping with BERT',
      'A Soft Hand for Grasping',
    );
    const [first, second] = await clusterTerms(papers, [0, 0, 0, 1, 1, 1], 2);
    expect(first![0]).toBe('machine translation');
    expect(first).toContain('BERT');
    expect(second!.join(' ')).toContain('grasping');
    expect(second!.join(' ')).not.toContain('translation');
  });

  test('does not say a word twice, nor stop words, nor half of a pair', async () => {
    const papers = titled('The State of the Art', 'State of the Art', 'Art and State', 'Of the');
    const [terms] = await clusterTerms(papers, [0, 0, 0, 0], 1);
    expect(terms!.toSorted()).toEqual(['art', 'state']);
  });

  test('gives two clusters of the same words different names', async () => {
    const titles = ['Graph Kernels One Alpha', 'Graph Kernels Two Alpha', 'Graph Kernels Three Alpha'];
    const names = (await clusterTerms(titled(...titles, ...titles), [0, 0, 0, 1, 1, 1], 2)).map(String);
    expect(names[0]).not.toBe(names[1]);
  });

  test('a cluster of papers without words has no terms', async () => {
    expect(await clusterTerms(titled('12', '34', 'Words'), [0, 0, 1], 2)).toEqual([[], ['words']]);
  });
});
