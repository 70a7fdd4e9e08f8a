import { describe, expect, test } from 'vitest';
import { citationGraphOf } from '../../../src/indexes/citations/citation-graph.ts';
import { LinkBuilder } from '../../../src/indexes/citations/link-builder.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import type { RelatedResponse } from '../../../src/search/api.ts';
import { linkSimilarities, sharedLinks, vicinityOf } from '../../../src/search/related/link-similarity.ts';
import { linksText } from '../../../src/search/related/links-text.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

/** The seed, a copy of its text without links, and papers on another subject with links to it. */
const text = (words: string) => ({ title: words, abstract: `${words} ${words}` });
const LINKED: readonly Paper[] = [
  paperOf({ id: 'cited', ...text('granite quartz') }),
  paperOf({ id: 'citing', ...text('basalt magma'), references: ['seed', 'coupled'] }),
  paperOf({ id: 'coupled', ...text('strata lava'), references: ['doi:10.1000/lost', 'cited'] }),
  paperOf({ id: 'far', ...text('slate ore') }),
  paperOf({ id: 'near', ...text('cat fur milk') }),
  paperOf({ id: 'seed', ...text('cat fur purr'), references: ['doi:10.1000/lost', 'cited'] }),
];
const UNLINKED = LINKED.map(({ references: _, ...paper }) => paper);

const { snapshot } = await snapshotOver(LINKED);
const { snapshot: bare } = await snapshotOver(UNLINKED);
const scoresOf = ({ hits }: RelatedResponse) => new Map(hits.map(({ paper, score }) => [paper.id, score]));

function graphOf(papers: readonly Paper[]) {
  const builder = new LinkBuilder();
  papers.forEach((paper, doc) => {
    builder.add(doc, paper);
  });
  return citationGraphOf(builder.finish(papers.length), papers.length)!;
}

describe('linkSimilarities', () => {
  const graph = graphOf(LINKED);

  test('adds up shared works by how few links they have, and direct links', () => {
    // Linked with the seed (5): cited (0), citing (1) and the lost work, which has two links; cited has two as well.
    const similarities = linkSimilarities(5, graph)!;
    const saturated = (sum: number) => sum / (sum + 1);
    const two = 1 / Math.log(3);
    const direct = 1 / Math.log(2);
    // Coupled (2) shares cited, the lost work, and citing, which cites both.
    expect(similarities.get(2)).toBeCloseTo(saturated(3 * two), 12);
    expect(similarities.get(0)).toBeCloseTo(saturated(direct), 12);
    expect(similarities.get(1)).toBeCloseTo(saturated(direct), 12);
    expect([...similarities.keys()].sort()).toEqual([0, 1, 2]);
  });

  test('is undefined for a paper without links', () => {
    expect(linkSimilarities(3, graph)).toBeUndefined();
  });
});

test('vicinityOf averages the vectors of linked papers of the index', () => {
  const graph = graphOf(LINKED);
  const vectorAt = (doc: number) => Float32Array.of(doc === 0 ? 1 : 0, doc === 1 ? 1 : 0);
  // Two papers; the lost work has no vector.
  expect([...vicinityOf(5, graph, vectorAt)!]).toEqual([Math.fround(1 / 3), Math.fround(1 / 3)]);
  expect(vicinityOf(3, graph, vectorAt)).toBeUndefined();
});

test('sharedLinks counts what links two papers', () => {
  const graph = graphOf(LINKED);
  expect(sharedLinks(2, 5, graph)).toEqual({
    cites: false,
    citedBy: false,
    citedTogether: 1,
    sharedReferences: 2,
  });
  expect(sharedLinks(1, 5, graph)).toMatchObject({ cites: true, citedBy: false, citedTogether: 0 });
  expect(sharedLinks(0, 5, graph)).toMatchObject({ cites: false, citedBy: true });
  expect(sharedLinks(4, 5, graph)).toBeUndefined();
});

describe('related', () => {
  test('ranks linked papers higher, and says how they are linked', async () => {
    const before = await bare.related({ positive: ['seed'] });
    const after = await snapshot.related({ positive: ['seed'] });
    const gains = (id: string) => scoresOf(after).get(id)! - scoresOf(before).get(id)!;
    expect(gains('coupled')).toBeGreaterThan(0.2);
    expect(gains('cited')).toBeGreaterThan(0.2);
    expect(scoresOf(after).get('coupled')!).toBeGreaterThan(scoresOf(after).get('far')!);
    const links = new Map(after.hits.map(({ paper, nearest }) => [paper.id, nearest.links]));
    expect(links.get('coupled')).toEqual({
      cites: false,
      citedBy: false,
      citedTogether: 1,
      sharedReferences: 2,
    });
    expect(links.get('far')).toBeUndefined();
  });

  test.each(['near', 'far'])('changes nothing for %s, which has no links', async (seed) => {
    const before = await bare.related({ positive: [seed] });
    const after = await snapshot.related({ positive: [seed] });
    expect(after.hits.map(({ paper, score }) => [paper.id, score])).toEqual(
      before.hits.map(({ paper, score }) => [paper.id, score]),
    );
    expect(after.hits.every(({ nearest }) => !('links' in nearest))).toBe(true);
  });

  test.each(['keyword', 'semantic'] as const)('changes nothing in %s mode', async (mode) => {
    const before = await bare.related({ positive: ['seed'], mode });
    const after = await snapshot.related({ positive: ['seed'], mode });
    expect([...scoresOf(after)]).toEqual([...scoresOf(before)]);
  });

  test('ranks papers that are linked with a negative seed lower', async () => {
    const scores = scoresOf(await snapshot.related({ positive: ['near'], negative: ['seed'] }));
    const without = scoresOf(await bare.related({ positive: ['near'], negative: ['seed'] }));
    expect(scores.get('coupled')!).toBeLessThan(without.get('coupled')!);
  });
});

test.each([
  [{ cites: true, citedBy: false, citedTogether: 0, sharedReferences: 0 }, ['cites it']],
  [
    { cites: false, citedBy: true, citedTogether: 4, sharedReferences: 0 },
    ['cited by it', 'cited together by 4 papers'],
  ],
  [
    { cites: false, citedBy: false, citedTogether: 1, sharedReferences: 6 },
    ['cited together by 1 paper', 'share 6 references'],
  ],
  [{ cites: false, citedBy: false, citedTogether: 0, sharedReferences: 1 }, ['share 1 reference']],
])('%j in words', (links, words) => {
  expect(linksText(links)).toEqual(words);
});
