import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Snapshot } from '../../../src/search/engine.ts';
import { answerArxiv } from '../../../src/serve/compat/arxiv/answer.ts';
import { arxivRequest } from '../../../src/serve/compat/arxiv/request.ts';
import { paperOf } from '../../support/papers.ts';
import { snapshotOver } from '../../support/snapshot-over.ts';

const PAPERS = [
  paperOf({ id: 'john', title: 'Soil of worms', authors: ['John Smith'] }),
  paperOf({ id: 'two', title: 'Other soil', authors: ['John Adams', 'Mary Smith'] }),
  paperOf({ id: 'jones', title: 'Soil again', authors: ['Smith Jones'] }),
  paperOf({ id: 'kops', title: 'Turbulence', authors: ['Steven M. de Bruyn Kops', 'James J. Riley'] }),
  paperOf({ id: 'maten', title: 'Visualising data', authors: ['Laurens van der Maten', 'Geoff Hint'] }),
  paperOf({ id: 'godel', title: 'Incomplete', authors: ['Kurt Gödel'] }),
  paperOf({ id: 'muller', title: 'Cells of the retina', authors: ['Hans Müller', 'Jørn Århus'] }),
  paperOf({ id: 'prieve', title: 'Colloids', authors: ['D. C. Prieve'] }),
  paperOf({ id: 'pooch', title: 'Simulation', authors: ['Udo W. Pooch'] }),
];
let engine: Engine;
let snapshot: Snapshot;
beforeAll(async () => {
  ({ engine, snapshot } = await snapshotOver(PAPERS));
});
afterAll(() => engine.close());

const NAMES = [
  ['John Smith', ['john']],
  ['J. Smith', ['john']],
  ['Smith, J.', ['john']],
  ['Smith, John', ['john']],
  ['Smith J', ['john']],
  ['John A. Smith', ['john']],
  ['Jones, S', ['jones']],
  ['Mary Adams', []],
  ['Prieve David', []],
  ['David Prieve', ['prieve']],
  ['de Bruyn Kops, S M', ['kops']],
  ['S. M. de Bruyn Kops', ['kops']],
  ['L. van der Maten', ['maten']],
  ['van der Maten', ['maten']],
  ['Goedel', ['godel']],
  ['K. Godel', ['godel']],
  ['Mueller, H.', ['muller']],
  ['Aarhus', ['muller']],
  ['Joern Århus', ['muller']],
] as const;

describe.each(NAMES)('%s', (name, expected) => {
  test('is that author in filters and queries', async () => {
    const idsOf = async (request: Parameters<Snapshot['search']>[0]) =>
      (await snapshot.search({ mode: 'keyword', ...request })).hits.map(({ paper }) => paper.id);
    expect(await idsOf({ query: '', filters: { author: [name] } })).toEqual(expected);
    expect(await idsOf({ query: `author:"${name}"` })).toEqual(expected);
    expect(await idsOf({ query: `author:(${name})` })).toEqual(expected);
  });

  test('is that author in the API of arXiv', async () => {
    const { papers } = await answerArxiv(arxivRequest({ search_query: `au:"${name}"` }), snapshot);
    expect(papers.map(({ id }) => id)).toEqual(expected);
  });
});

test.each([
  ...NAMES.filter(([, expected]) => expected.length > 0),
  ['articles by Prieve or Udo Pooch', ['pooch', 'prieve']],
  ['papers by J. Smith', ['john']],
  ['Maten and Hint', ['maten']],
  ['Adams Smith', ['two']],
] as const)('is sure of the plain words %s, and puts that author first', async (query, expected) => {
  // By meaning, the encoder of the tests puts any paper first.
  const modes = query === 'Adams Smith' ? (['keyword'] as const) : (['hybrid', 'keyword'] as const);
  for (const mode of modes) {
    const { confidence, hits } = await snapshot.search({ query, mode });
    expect(confidence.level).toBe('strong');
    const first = hits.slice(0, mode === 'keyword' ? expected.length : 1).map(({ paper }) => paper.id);
    expect(expected).toEqual(expect.arrayContaining(first));
    expect(first).toHaveLength(mode === 'keyword' ? expected.length : 1);
  }
});

test('is not sure of a name that is mixed from two people', async () => {
  for (const query of ['Mary Adams', 'author:(James Steven)']) {
    const { confidence } = await snapshot.search({ query, mode: 'keyword', fallback: false });
    expect(confidence.score).toBeLessThan(0.9);
  }
});

test('pages through an answer with authors first without losing or repeating a paper', async () => {
  const pages = await Promise.all(
    PAPERS.map((_, offset) => snapshot.search({ query: 'Goedel', offset, limit: 1, fallback: false })),
  );
  const ids = pages.flatMap(({ hits }) => hits.map(({ paper }) => paper.id));
  expect(ids[0]).toBe('godel');
  expect(new Set(ids).size).toBe(PAPERS.length);
});
