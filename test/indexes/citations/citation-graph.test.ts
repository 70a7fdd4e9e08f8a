import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packArrays, unpackArrays } from '../../../src/indexes/binary/arrays.ts';
import {
  type CitationArrays,
  citationGraphOf,
  withoutCitations,
} from '../../../src/indexes/citations/citation-graph.ts';
import { LinkBuilder } from '../../../src/indexes/citations/link-builder.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { keyDigest, workKey } from '../../../src/papers/references.ts';
import { paperOf } from '../../support/papers.ts';

function arraysOf(papers: readonly Paper[]): CitationArrays {
  const builder = new LinkBuilder();
  papers.forEach((paper, doc) => {
    builder.add(doc, paper);
  });
  return builder.finish(papers.length);
}

const graphOf = (papers: readonly Paper[]) => citationGraphOf(arraysOf(papers), papers.length)!;

describe('LinkBuilder', () => {
  test('finds papers by id, alias and external id', () => {
    const graph = graphOf([
      paperOf({ title: 'A', references: ['b', 'was-c', 'doi:10.1000/D', 'arxiv:2101.11408'] }),
      paperOf({ title: 'B' }),
      paperOf({ title: 'C', aliases: ['was-c'] }),
      paperOf({ title: 'D', externalIds: { doi: '10.1000/d' } }),
      paperOf({ title: 'E', externalIds: { arxiv: '2101.11408' } }),
    ]);
    expect([...graph.referencesOf(0)]).toEqual([1, 2, 3, 4]);
    expect([...graph.citationsOf(3)]).toEqual([0]);
    expect(graph.counts()).toEqual({ citing: 1, cited: 4, references: 4, resolved: 4, unresolved: 0 });
  });

  test('reads a list of citing papers as their references', () => {
    const graph = graphOf([
      paperOf({ title: 'A', citedBy: ['b', 'doi:10.1000/not-here'] }),
      paperOf({ title: 'B', references: ['a'] }),
      paperOf({ title: 'C' }),
    ]);
    expect([...graph.citationsOf(0)]).toEqual([1]);
    expect(graph.counts()).toMatchObject({ references: 1, resolved: 1 });
  });

  test('counts a work once, and a paper never cites itself', () => {
    const graph = graphOf([
      paperOf({ title: 'A', references: ['a', 'b', 'doi:10.1000/b', 'doi:10.1000/z', 'doi:10.1000/z'] }),
      paperOf({ title: 'B', externalIds: { doi: '10.1000/b' } }),
    ]);
    expect(graph.count(0, 'references')).toBe(2);
    expect(graph.works).toBe(1);
    expect(graph.count(0, 'citations')).toBe(0);
  });

  test('links to no paper of several with the identifier, but to the one with the id', () => {
    const chapter = (title: string) => paperOf({ title, externalIds: { doi: '10.1000/book' } });
    const graph = graphOf([
      paperOf({ title: 'A', references: ['doi:10.1000/book', 'X', 'x'] }),
      chapter('B'),
      chapter('C'),
      paperOf({ title: 'D', id: 'X' }),
      paperOf({ title: 'E', id: 'x' }),
    ]);
    expect([...graph.referencesOf(0)]).toEqual([3, 4]);
    expect(graph.works).toBe(1);
  });

  test('knows which papers cite a work that is not in the index', () => {
    const graph = graphOf([
      paperOf({ title: 'A', references: ['doi:10.1000/Z', 'doi:10.1000/y'] }),
      paperOf({ title: 'B', references: ['doi:10.1000/z'] }),
    ]);
    const work = graph.workWith(keyDigest(workKey('doi:10.1000/z')));
    expect([...graph.citationsOf(work)]).toEqual([0, 1]);
    expect(graph.workWith(keyDigest(workKey('doi:10.1000/none')))).toBe(-1);
    expect(graph.worksOf(0)).toContain(work);
  });
});

describe('the graph of any papers', () => {
  const SIZE = 12;
  const links = fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(2 * SIZE - 1)));

  test('has exactly the links of their references, in both directions, written and read back', () => {
    fc.assert(
      fc.property(links, (pairs) => {
        const name = (work: number) => `work-${String(work).padStart(2, '0')}`;
        const papers = Array.from({ length: SIZE }, (_, doc) =>
          paperOf({
            title: 'T',
            id: name(doc),
            references: pairs.filter(([from]) => from === doc).map(([, to]) => name(to)),
          }),
        );
        const packed = Buffer.concat(packArrays('graph', arraysOf(papers)));
        const bytes = new Uint8Array(packed.length);
        bytes.set(packed);
        const graph = citationGraphOf(unpackArrays('graph', bytes), SIZE)!;
        for (let doc = 0; doc < SIZE; doc++) {
          const cited = new Set(pairs.filter(([from, to]) => from === doc && to !== doc).map(([, to]) => to));
          const citing = new Set(
            pairs.filter(([from, to]) => to === doc && from !== doc).map(([from]) => from),
          );
          expect([...graph.referencesOf(doc)]).toEqual(
            [...cited].filter((to) => to < SIZE).sort((a, b) => a - b),
          );
          expect(graph.count(doc, 'references')).toBe(cited.size);
          expect([...graph.citationsOf(doc)]).toEqual([...citing].sort((a, b) => a - b));
        }
        const outside = new Set(pairs.filter(([, to]) => to >= SIZE).map(([, to]) => to));
        expect(graph.works).toBe(outside.size);
        for (const to of outside) {
          const work = graph.workWith(keyDigest(workKey(name(to))));
          const citing = new Set(pairs.filter(([, each]) => each === to).map(([from]) => from));
          expect([...graph.citationsOf(work)]).toEqual([...citing].sort((a, b) => a - b));
        }
      }),
    );
  });

  test.each([
    ['other ends', { citesEnds: Uint32Array.of(2, 1) }],
    ['ends beyond the targets', { citesEnds: Uint32Array.of(1, 3) }],
    ['targets without a paper', { citesEnds: Uint32Array.of(1, 1) }],
    ['a paper that cites itself', { citesTargets: Uint32Array.of(0, 2) }],
    ['an unknown work', { citesTargets: Uint32Array.of(1, 3) }],
    ['targets in another order', { citesTargets: Uint32Array.of(2, 1), citesEnds: Uint32Array.of(2, 2) }],
    ['half a digest', { citesWorks: Uint32Array.of(1) }],
    ['bytes', { citesTargets: Uint8Array.of(1, 2) }],
    ['a missing part', { citesWorks: undefined }],
  ])('is not read with %s', (_, wrong) => {
    const whole = {
      citesEnds: Uint32Array.of(1, 2),
      citesTargets: Uint32Array.of(1, 2),
      citesWorks: Uint32Array.of(0, 7),
    };
    expect(citationGraphOf(whole, 2)?.counts().references).toBe(2);
    expect(citationGraphOf({ ...whole, ...wrong } as never, 2)).toBeUndefined();
  });
});

test('a graph without links has none', () => {
  const graph = citationGraphOf(withoutCitations(3), 3)!;
  expect(graph.isEmpty).toBe(true);
  expect([0, 1, 2].map((doc) => graph.count(doc, 'citations') + graph.count(doc, 'references'))).toEqual([
    0, 0, 0,
  ]);
});
